package subject_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/segment"
	"github.com/tidemark/tidemark/subject"
)

func TestStored(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, data string
		field      segment.Field
		want       segment.Value
	}{
		{"name", `"Ann"`, segment.Plain("name"), segment.Text("Ann")},
		{"name", `""`, segment.Plain("name"), segment.Value{}},
		{"property.size", `42`, segment.Property("size"), segment.Number(42)},
		{"property.on", `true`, segment.Property("on"), segment.Flag(true)},
		{"property.tags", `["a",2,[3]]`, segment.Property("tags"), segment.List(segment.Text("a"), segment.Number(2), segment.List(segment.Number(3)))},
		{"property.gone", `null`, segment.Property("gone"), segment.Value{}},
		{"property.big", `1e999`, segment.Property("big"), segment.Text("1e999")},
		{"property.nested", `{"a":1}`, segment.Property("nested"), segment.Text(`{"a":1}`)},
		{"value", `{"amount":1250,"currency":"EUR"}`, segment.Plain("value"), segment.Number(12.5)},
		{"value", `{"amount":1250,"currency":"JPY"}`, segment.Plain("value"), segment.Number(1250)},
		{"list.7", `true`, segment.Plain("list"), segment.Text("7")},
		{"unheard", `"x"`, segment.Field{}, segment.Value{}},
	} {
		field, value := subject.Stored(test.name, json.RawMessage(test.data))
		if field != test.field {
			t.Errorf("%s is the field %v, want %v", test.name, field, test.field)
		}
		if diff := cmp.Diff(test.want, value); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", test.name, test.data, diff)
		}
	}
}

func TestShapeFollowsTheStagesOfTheDay(t *testing.T) {
	t.Parallel()
	c := &lifecycle.Configuration{Stages: []lifecycle.Stage{
		{ID: 3, Key: "first", Kind: lifecycle.Progress},
		{ID: 1, Key: "new", Kind: lifecycle.Progress},
		{ID: 2, Key: "won", Kind: lifecycle.Won},
		{ID: 4, Key: "gone", Kind: lifecycle.Lost, Erased: true},
	}}
	shape := subject.ShapeOf(c)
	lost := funnel.JourneyCell{Outcome: lifecycle.OutcomeLost, Furthest: 1, LostStage: 4}
	for field, want := range map[string]segment.Value{
		segment.FieldJourneyOutcome:   segment.Text("lost"),
		segment.FieldJourneyFurthest:  segment.Number(2),
		segment.FieldJourneyOrigin:    segment.Text("first"), // left no stage: whatever is at position 1
		segment.FieldJourneyLostStage: {},
		segment.FieldName:             {},
	} {
		if diff := cmp.Diff(want, shape.Value(lost, segment.Plain(field))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", field, diff)
		}
	}
	open := funnel.JourneyCell{Outcome: lifecycle.Open}
	if v := shape.Value(open, segment.Plain(segment.FieldJourneyOrigin)); v.Kind != segment.KindNone {
		t.Errorf("an open journey has the origin %v", v)
	}
}
