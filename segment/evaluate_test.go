package segment_test

import (
	"math"
	"testing"
	"time"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/segment"
)

// anna is the contact of the tables, at noon of 10 March 2026 in Paris.
func anna() (contact, time.Time) {
	paris := time.FixedZone("CET", 3600)
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, paris)
	at := func(year int, month time.Month, day, hour int) segment.Value {
		return segment.At(lifecycle.MillisOf(time.Date(year, month, day, hour, 0, 0, 0, paris)))
	}
	windowed := segment.Event("Demo", segment.Count)
	windowed.Window = segment.Span{N: 30, Unit: segment.Day}
	return contact{
		segment.Plain(segment.FieldName):          segment.Text("Anna Öberg"),
		segment.Plain(segment.FieldExternalID):    segment.Text("A-1"),
		segment.Plain(segment.FieldStage):         segment.Text("hot_lead"),
		segment.Plain(segment.FieldStageKind):     segment.Text("progress"),
		segment.Plain(segment.FieldDaysInStage):   segment.Days(lifecycle.MillisOf(now.Add(-7*24*time.Hour-time.Minute)), now),
		segment.Plain(segment.FieldCreatedAt):     at(2026, 1, 31, 0),
		segment.Plain(segment.FieldList):          segment.Texts("Partners", "Newsletter"),
		segment.Plain(segment.FieldValue):         segment.Number(1200.5),
		segment.Event("Demo", segment.Count):      segment.Number(3),
		segment.Event("Demo", segment.Last):       at(2026, 3, 3, 12),
		windowed:                                  segment.Number(1),
		segment.Property("size"):                  segment.Text("50"),
		segment.Property("zip"):                   segment.Text("01234"),
		segment.Property("year"):                  segment.Number(2026),
		segment.Property("vip"):                   segment.Flag(true),
		segment.Property("said"):                  segment.Text("False"),
		segment.Property("empty"):                 segment.List(),
		segment.Property("none"):                  {},
		segment.Property("tags"):                  segment.Texts("Red", "blue"),
		segment.Property("renewal"):               segment.Text("2026-03-20"),
		segment.Property("broken"):                segment.Number(math.NaN()),
		segment.Property("nested"):                segment.List(segment.List(segment.Text("x")), segment.Text("y")),
		segment.Plain(segment.FieldJourneyOrigin): segment.Text("new"),
	}, now
}

func TestEvaluate(t *testing.T) {
	t.Parallel()
	const yes, no, unknown = segment.True, segment.False, segment.Unknown
	who, now := anna()
	for text, want := range map[string]segment.Truth{
		// texts fold, keys and ids do not
		`name = "anna öberg"`:           yes,
		`name != "ANNA ÖBERG"`:          no,
		`name contains "öB"`:            yes,
		`name contains "ÖBERG"`:         yes,
		`name starts anna`:              yes,
		`name starts "öberg"`:           no,
		`name in ("bob", "ANNA ÖBERG")`: yes,
		`external_id = "A-1"`:           yes,
		`external_id = "a-1"`:           no,
		`external_id starts "a"`:        no,
		`stage = "Hot_lead"`:            no,
		`stage in (new, hot_lead)`:      yes,
		`property.tags contains RED`:    yes,
		`property.zip = "01234"`:        yes,
		`property.zip = "1234"`:         no,
		`property.zip contains 1`:       unknown,
		`name > "Aaa"`:                  unknown,
		// numbers
		`property.size > 7`:             yes,
		`property.size = 50.0`:          yes,
		`property.size > "7"`:           yes,
		`property.year = "2026"`:        yes,
		`property.year < 2026`:          no,
		`property.year <= 2026`:         yes,
		`property.zip >= 1234`:          yes,
		`name = 5`:                      no,
		`name != 5`:                     yes,
		`name < 5`:                      unknown,
		`value > 1200 and value < 1201`: yes,
		`value in (1, 1200.5)`:          yes,
		`days_in_stage > 7`:             yes,
		`days_in_stage > 7.1`:           no,
		`property.broken < 1`:           unknown,
		`property.broken = 1`:           no,
		// flags
		`property.vip = true`:   yes,
		`property.vip != true`:  no,
		`property.vip = "TRUE"`: yes,
		`property.said = false`: yes,
		`property.size = true`:  no,
		// what is absent
		`owner = "Bob"`:                  unknown,
		`owner != "Bob"`:                 unknown,
		`not owner = "Bob"`:              unknown,
		`owner exists`:                   no,
		`not owner exists`:               yes,
		`owner in ("Bob")`:               unknown,
		`owner contains b`:               unknown,
		`property.none exists`:           no,
		`property.empty exists`:          no,
		`property.empty = 1`:             unknown,
		`owner = x or stage = hot_lead`:  yes,
		`owner = x and stage = hot_lead`: unknown,
		`owner = x and stage = new`:      no,
		`owner = x or stage = new`:       unknown,
		`all()`:                          yes,
		`any()`:                          no,
		// several values
		`property.tags = RED`:            yes,
		`property.tags != red`:           no,
		`property.tags != green`:         yes,
		`property.tags in (green, BLUE)`: yes,
		`property.nested = y`:            yes,
		`property.nested = x`:            no,
		`in_list("partners")`:            yes,
		`in_list("Other", "Newsletter")`: yes,
		`not in_list("Other")`:           yes,
		// events
		`event("Demo").count = 3`:                 yes,
		`event("Demo").count within 30 days >= 2`: no,
		`event("Demo").last within 7 days`:        yes,
		`event("Demo").last within 6 days`:        no,
		`event("Demo").last < 2026-03-03`:         no,
		// days begin where the workspace is: 31 January 00:00 in Paris is the 30th in UTC
		`created_at = 2026-01-31`:                   yes,
		`created_at = 2026-01-30`:                   no,
		`created_at before 2026-01-31`:              no,
		`created_at after 2026-01-30`:               yes,
		`created_at > 2026-01-31`:                   no,
		`created_at >= 2026-01-31`:                  yes,
		`created_at <= 2026-01-31`:                  yes,
		`created_at <= 2026-01-30`:                  no,
		`created_at = 2026-01-30T23:00:00Z`:         yes,
		`created_at > 2026-01-30T23:00:00Z`:         no,
		`created_at after 2026-01-30T22:59:59.999Z`: yes,
		`created_at before 1 month ago`:             yes,
		`created_at before 2 months ago`:            no,
		`created_at within 39 days`:                 yes,
		`created_at within 38 days`:                 no,
		`created_at < 7`:                            unknown,
		`created_at within 7`:                       unknown,
		`property.renewal within next 10 days`:      yes,
		`property.renewal within next 9 days`:       no,
		`property.renewal within 100 days`:          no,
		`property.renewal after 9 days from now`:    yes,
		`property.renewal after 10 days from now`:   no,
		`property.renewal = 2026-03-20`:             yes,
		`property.renewal = 2026-03-19T23:00:00Z`:   yes,
		`property.renewal = 2026-03-20T12:00:00Z`:   no,
		`name within 7 days`:                        unknown,
	} {
		e, err := segment.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := segment.Evaluate(e, who, now); got != want {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
	}
}

// To be in no list is known, whether the subject says so or has no answer.
func TestInNoList(t *testing.T) {
	t.Parallel()
	for _, who := range []contact{{}, {segment.Plain(segment.FieldList): segment.List()}} {
		for text, want := range map[string]segment.Truth{
			`in_list("A")`: segment.False, `not in_list("A")`: segment.True, `list exists`: segment.False,
		} {
			e, _ := segment.Parse(text)
			if got := segment.Evaluate(e, who, noon); got != want {
				t.Errorf("%s is %v, want %v", text, got, want)
			}
		}
	}
}

func TestOnlyTrueSelects(t *testing.T) {
	t.Parallel()
	for truth, want := range map[segment.Truth]bool{segment.False: false, segment.Unknown: false, segment.True: true} {
		if truth.Selects() != want {
			t.Errorf("%v selects: %v", truth, !want)
		}
	}
}

// What no parser makes is refused by Check and harmless elsewhere.
func TestBrokenTrees(t *testing.T) {
	t.Parallel()
	deep := segment.Expr(segment.All{})
	for range 10_001 {
		deep = segment.Not{Expr: deep}
	}
	for _, e := range []segment.Expr{
		nil,
		segment.Not{},
		segment.All{nil},
		segment.Term{},
		deep,
		segment.Term{Field: segment.Plain("stage"), Op: "like", Value: segment.Text("x")},
		segment.Term{Field: segment.Plain("value"), Op: segment.More, Value: segment.Number(math.Inf(1))},
		segment.Term{Field: segment.Plain("name"), Op: segment.Equal, Value: segment.Text("\xff")},
		segment.Term{Field: segment.Plain("name"), Op: segment.In, Value: segment.List(segment.List())},
		segment.Term{Field: segment.Event("x", "median"), Op: segment.More, Value: segment.Number(1)},
		segment.Term{Field: segment.Field{Name: "event", Of: "x", Part: "count", Window: segment.Span{N: -1, Unit: "eon"}}, Op: segment.More, Value: segment.Number(1)},
		segment.Term{Field: segment.Field{Name: "stage", Window: segment.Span{N: 1, Unit: segment.Day}}, Op: segment.Exists},
	} {
		if len(segment.Check(e, segment.Catalogue{})) == 0 {
			t.Errorf("%v passes the check", e)
		}
		if segment.Evaluate(e, contact{}, noon) == segment.True {
			t.Errorf("%v selects", e)
		}
		segment.HasTimeTerms(e)
		if text := segment.English(segment.Explain(e), segment.Catalogue{}); text == "" {
			t.Errorf("%v is not explained", e)
		}
	}
}

// The subject is not asked for what cannot matter: counts may cost a query.
func TestEvaluateIsLazy(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"a = 1 and b = 1 and c = 1":       3,
		"stage = new and b = 1 and c = 1": 1,
		"stage = hot_lead or b = 1":       1,
	} {
		e, _ := segment.Parse(text)
		who := &counting{contact: contact{segment.Plain("stage"): segment.Text("hot_lead")}}
		segment.Evaluate(e, who, noon)
		if who.asked != want {
			t.Errorf("%s asked %d times, want %d", text, who.asked, want)
		}
	}
}

type counting struct {
	contact
	asked int
}

func (c *counting) Value(f segment.Field) (segment.Value, bool) {
	c.asked++
	return c.contact.Value(f)
}

func TestHasTimeTerms(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"stage = new":                                   false,
		"created_at before 2026-01-31":                  false,
		"created_at before 3 months ago":                true,
		"created_at < 3 months ago":                     true,
		"stage = new or not (created_at within 7 days)": true,
		"property.renewal within next 7 days":           true,
		"days_in_stage > 7":                             true,
		"days_in_stage exists":                          false,
		`event("Demo").count > 1`:                       false,
		`event("Demo").count within 1 day > 1`:          true,
		`event("Demo").last within 1 day exists`:        true,
		`property.note = "7 days"`:                      false,
		`property.note in ("7 days", "3 months ago")`:   false,
	} {
		e, err := segment.Parse(text)
		if err != nil || segment.HasTimeTerms(e) != want {
			t.Errorf("%s: %v, want %v", text, err, want)
		}
	}
}
