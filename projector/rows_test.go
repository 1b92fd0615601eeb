package projector

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

const testDay = lifecycle.Millis(24 * 60 * 60 * 1000)

// testConfiguration has the stages of the worked examples: 1 New, 2 Hot,
// 3 Payment, 4 Won, 5 lost A.
func testConfiguration() journal.Configuration {
	c := journal.Configuration{TimeZone: "UTC"}
	for i, kind := range []lifecycle.Kind{lifecycle.Progress, lifecycle.Progress, lifecycle.Progress, lifecycle.Won, lifecycle.Lost} {
		c.Lifecycle.Stages = append(c.Lifecycle.Stages, lifecycle.Stage{ID: lifecycle.StageID(i + 1), Kind: kind})
	}
	return c
}

// history is a contact that goes to these stages, one a day.
func history(stages ...lifecycle.StageID) []journal.Entry {
	entries := []journal.Entry{{Seq: 1, Contact: 9, Kind: journal.KindContact, Edit: &journal.ContactEdit{
		CreatedBy: "form", Source: &journal.SourceEdit{To: touch.Source{Campaign: "Spring"}},
		Fields: map[string]journal.FieldEdit{
			"owner": {To: json.RawMessage(`"Ann"`)}, "property.size": {To: json.RawMessage(`42`)},
			"property.empty": {To: json.RawMessage(`""`)}, "email": {To: json.RawMessage(`"a@b.c"`)},
		},
	}}}
	for i, stage := range stages {
		entries = append(entries, journal.Entry{
			Seq: int64(i + 2), Contact: 9, Kind: journal.KindChange, At: lifecycle.Millis(i) * testDay, Stage: stage,
		})
	}
	return entries
}

// testNumbers numbers what the rows of a contact need, in any way.
func testNumbers(f Folded) Numbers {
	n := Numbers{
		JourneyCells: map[funnel.JourneyCell]int32{}, StayCells: map[funnel.StayCell]int32{},
		Sources: map[touch.Source]int64{f.Person.Source: 7},
		Texts:   map[string]int64{"owner": 1, "Ann": 2, "property.size": 3, "42": 4},
	}
	for i := range f.Journeys {
		n.JourneyCells[funnel.CellOf(&f.Journeys[i])] = int32(i + 100)
		for k, c := range funnel.StayCells(&f.Journeys[i]) {
			n.StayCells[c] = int32(i*10 + k)
		}
	}
	return n
}

func TestRowsOfTwoJourneys(t *testing.T) {
	t.Parallel()
	c := testConfiguration()
	r, err := rulesOf(&c)
	if err != nil {
		t.Fatal(err)
	}
	// Lost after two days, and back in a second journey.
	f := r.fold(9, history(1, 2, 5, 1))
	rows := Rows(&f, r.zone, testNumbers(f))
	want := []JourneyRow{
		{1, 9, 1, 0, 0, 100, 2 * testDay, Sources{7, 7, 7}, 4, FirstEver, true},
		{1, 9, 2, 3 * testDay, 3, 101, Never, Sources{7, 7, 7}, 4, 0, true},
	}
	if diff := cmp.Diff(want, rows.Journeys); diff != "" {
		t.Errorf("journeys differ (-want +got):\n%s", diff)
	}
	wantAttributes := []AttributeRow{{1, 9, 1, 2}, {1, 9, 3, 4}}
	if diff := cmp.Diff(wantAttributes, rows.Attributes); diff != "" {
		t.Errorf("attributes differ (-want +got):\n%s", diff)
	}
}

func TestRowsOfStaysTellTheTimeInAStage(t *testing.T) {
	t.Parallel()
	c := testConfiguration()
	r, err := rulesOf(&c)
	if err != nil {
		t.Fatal(err)
	}
	f := r.fold(9, history(1, 2, 1, 2, 4)) // New 1 day, Hot 1, New 1, Hot 1, Won
	type stay struct {
		Stage                   lifecycle.StageID
		Begin, End, Total, Next lifecycle.Millis
	}
	var got []stay
	for _, s := range Rows(&f, r.zone, testNumbers(f)).Stays {
		got = append(got, stay{s.Stage, s.Begin, s.End, s.Total, s.Next})
	}
	want := []stay{
		{1, 0, testDay, testDay, 3 * testDay},
		{2, testDay, 2 * testDay, testDay, 4 * testDay},
		{1, 2 * testDay, 3 * testDay, 2 * testDay, Never},
		{2, 3 * testDay, 4 * testDay, 2 * testDay, Never},
		{4, 4 * testDay, Never, 0, 0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stays differ (-want +got):\n%s", diff)
	}
}

// A journey that differs in any field is another one, whatever fields are to
// come.
func TestJourneysDifferByEveryField(t *testing.T) {
	t.Parallel()
	one := func() lifecycle.Journey {
		return lifecycle.Journey{Visited: []lifecycle.StageID{1}, Stays: []lifecycle.Stay{{Stage: 1}}}
	}
	a, b := one(), one()
	if !sameJourney(&a, &b) {
		t.Error("two journeys of the same fields differ")
	}
	for i := range reflect.TypeFor[lifecycle.Journey]().NumField() {
		b := one()
		switch field := reflect.ValueOf(&b).Elem().Field(i); field.Kind() {
		case reflect.Bool:
			field.SetBool(true)
		case reflect.Int, reflect.Int64:
			field.SetInt(1)
		case reflect.Uint8, reflect.Uint16:
			field.SetUint(1)
		case reflect.Slice:
			field.SetLen(0)
		default:
			t.Fatalf("cannot change a %s", field.Kind())
		}
		if sameJourney(&a, &b) {
			t.Errorf("journeys of another %s are the same", reflect.TypeFor[lifecycle.Journey]().Field(i).Name)
		}
	}
}
