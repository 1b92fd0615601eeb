package segment_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/tidemark/tidemark/segment"
)

func TestEnglish(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		written:                                      "is in Hot lead for more than 7 days, and is not in the list Partners",
		"stage = cold":                               "is in No answer",
		"stage != cold":                              "is not in No answer",
		"not stage != cold":                          "is in No answer",
		"stage in (new, hot_lead, cold)":             "is in New, Hot lead or No answer",
		"not stage exists":                           "has no stage",
		"stage = payment_due":                        "is in Payment due",
		"stage.kind = lost":                          "is in a stage of kind lost",
		"days_in_stage < 1":                          "is in the present stage for less than 1 day",
		"stage != new and days_in_stage > 7":         "is not in New, and is in the present stage for more than 7 days",
		"stage = new and not days_in_stage > 7":      "is in New, and is not in the present stage for more than 7 days",
		"stage = new or days_in_stage > 7":           "is in New, or is in the present stage for more than 7 days",
		`in_list("A", "B", "C")`:                     "is in the list A, B or C",
		"owner = anna and (value > 5 or vip exists)": "owner is anna, and (value is more than 5 or vip is known)",
		"not (owner = anna or value > 5)":            "not (owner is anna or value is more than 5)",

		"a = 1 or (b = 2 and stage = new and days_in_stage >= 3)": "a is 1, or (b is 2 and is in New for at least 3 days)",
		`property."Company size" >= 50`:                           "Company size is at least 50",
		`source.campaign contains "spring"`:                       "campaign contains spring",
		`not source.ad_group starts "x"`:                          "ad group does not start with x",
		"journey.lost_stage = cold":                               "journey lost stage is No answer",
		"journey.outcome in (won, lost)":                          "journey outcome is won or lost",
		"property.vip = true":                                     "vip is true",
		"created_at = 2026-01-31":                                 "created is on 2026-01-31",
		"created_at < 2026-01-31":                                 "created is before 2026-01-31",
		"created_at <= 2026-01-31":                                "created is not after 2026-01-31",
		"created_at before 3 months ago":                          "created is more than 3 months ago",
		"created_at after 1 day ago":                              "created is later than 1 day ago",
		"created_at within 7 days":                                "created is in the last 7 days",
		"not created_at within 7 days":                            "created is not in the last 7 days",
		"property.renewal within next 2 weeks":                    "renewal is in the next 2 weeks",
		"property.renewal >= 2 weeks from now":                    "renewal is at least 2 weeks from now",
		`event("Demo").count >= 2`:                                "did Demo at least 2 times",
		`event("Demo").count within 30 days > 1`:                  "did Demo more than once in the last 30 days",
		`event("Demo").last before 3 months ago`:                  "the last Demo is more than 3 months ago",
		`not event("Demo").last within 1 year exists`:             "never did Demo in the last 1 year",
		`property.note = "7 days"`:                                "note is 7 days",
		"all()":                                                   "is anyone",
		"any()":                                                   "is no one",
		"not all()":                                               "is no one",
		"owner = a and all()":                                     "owner is a, and is anyone",
		`name = "{field}"`:                                        "name is {field}",
	} {
		e, err := segment.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := segment.English(segment.Explain(e), house); got != want {
			t.Errorf("%s\n is %s\nnot %s", text, got, want)
		}
	}
}

func TestPhrasesForTranslators(t *testing.T) {
	t.Parallel()
	e, _ := segment.Parse(`stage = new and days_in_stage > 7 and (event("Demo").count within 30 days >= 2 or not created_at within 7 days)`)
	got, err := json.Marshal(segment.Explain(e))
	if err != nil {
		t.Fatal(err)
	}
	const want = `[{"key":"stage.for.more","args":[{"name":"value","field":"stage","value":"new"},{"name":"days","field":"days_in_stage","value":7}]},` +
		`{"key":"any","parts":[{"key":"count.at_least","args":[{"name":"event","value":"Demo"},{"name":"value","field":"event(\"Demo\").count within 30 days","value":2},{"name":"window","n":30,"unit":"day"}]},` +
		`{"key":"time.within","not":true,"args":[{"name":"field","field":"created_at"},{"name":"span","n":7,"unit":"day"}]}]}]`
	if string(got) != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	keys := segment.PhraseKeys()
	slices.Sort(keys)
	if len(slices.Compact(slices.Clone(keys))) != len(keys) {
		t.Error("a phrase key is there twice")
	}
}

// TestPhrasesAreTranslated reads the words of the dashboard.
func TestPhrasesAreTranslated(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"en", "fr", "ru"} {
		data, err := os.ReadFile("../ui/web/src/i18n/" + language + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var words struct {
			Phrase struct{ Yes, No map[string]string }
		}
		if err := json.Unmarshal(data, &words); err != nil {
			t.Fatal(err)
		}
		for _, key := range segment.PhraseKeys() {
			for _, denied := range []bool{false, true} {
				said := words.Phrase.Yes
				if denied {
					said = words.Phrase.No
				}
				key := strings.ReplaceAll(key, ".", "_")
				if strings.HasPrefix(key, "count_") {
					key += "_other"
				}
				// A stage and the days in it are one phrase only where neither is denied.
				if said[key] == "" && !(denied && strings.HasPrefix(key, "stage_for_")) {
					t.Errorf("%s has no words for %s, denied %t", language, key, denied)
				}
			}
		}
	}
}
