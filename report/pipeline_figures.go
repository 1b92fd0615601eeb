package report

import (
	"fmt"
	"math"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// weighed is a sum of open journeys with what its value is likely to bring; nil
// where nothing is known of what becomes of them.
type weighed struct {
	openSum
	likely *int64
}

func (w *weighed) add(other weighed) {
	w.openSum.add(other.openSum)
	if w.likely == nil || other.likely == nil {
		w.likely = nil
		return
	}
	sum := *w.likely + *other.likely
	w.likely = &sum
}

// nothing is where sums begin.
func nothing() weighed { return weighed{likely: new(int64)} }

// weigh splits the likely value of a stage's journeys exactly among its groups.
func weigh(sums []openSum, chance OpenChance) []weighed {
	out := make([]weighed, len(sums))
	parts, all := make([]uint64, len(sums)), int64(0)
	for i, s := range sums {
		out[i].openSum = s
		parts[i] = uint64(max(s.value, 0))
		all += s.value
	}
	if chance.Rate == nil && all != 0 {
		return out
	}
	likely := int64(0)
	if chance.Rate != nil {
		likely = int64(math.Round(float64(all) * *chance.Rate))
	}
	shares := touch.Split(likely, parts)
	for i := range out {
		out[i].likely = &shares[i]
	}
	return out
}

func (w weighed) figures() OpenFigures {
	f := OpenFigures{Count: w.n, Value: w.value, WeightedValue: w.likely, WithoutValue: w.n - w.valued}
	if w.n > 0 {
		mean := float64(w.age) / float64(w.n)
		f.Age = seconds(&mean)
	}
	return f
}

// fill writes the stages, empty ones too, and what they add up to.
func (o *pipeline) fill(out *Opportunities) {
	r, all := o.renderer(), nothing()
	groups := make([]weighed, len(o.labels))
	for i := range groups {
		groups[i] = nothing()
	}
	out.Stages = []OpenStage{}
	for _, s := range o.asked.configuration.Lifecycle.Ordered(lifecycle.Progress) {
		sums := o.counts[s.ID]
		if sums == nil {
			sums = make([]openSum, len(o.labels))
		}
		stage, of := nothing(), weigh(sums, o.chance[s.ID])
		for i := range of {
			stage.add(of[i])
			groups[i].add(of[i])
		}
		all.add(stage)
		out.Stages = append(out.Stages, OpenStage{
			Stage: r.stageRef(s), Conversion: o.chance[s.ID], OpenFigures: stage.figures(), Groups: o.named(of),
		})
	}
	out.Totals, out.Groups = all.figures(), o.named(groups)
}

// named are the groups that have journeys in some stage, with what they are
// called; none without grouping.
func (o *pipeline) named(groups []weighed) []OpenGroup {
	if o.asked.GroupBy == "" {
		return nil
	}
	out := []OpenGroup{}
	for i, size := range o.sizes() {
		if label := o.labels[i]; size > 0 {
			out = append(out, OpenGroup{Kind: label.Kind, Group: label.Value, Label: label.Label, OpenFigures: groups[i].figures()})
		}
	}
	return out
}

// notices says what the figures cannot.
func (o *pipeline) notices(past bool) []Notice {
	out := []Notice{}
	if o.other > 0 {
		text := plural(o.other, "open journey has a value", "open journeys have a value") +
			" in a currency without a known rate: counted, but not summed."
		out = append(out, Notice{Kind: "unrated_values", Count: &o.other, Text: text})
	}
	if past {
		out = append(out, Notice{Kind: "present_values", Text: "Stages are those of that day; values, owners and properties are as they are now."})
	}
	few := int64(0)
	for stage, sums := range o.counts {
		if n := o.chance[stage].Journeys; len(sums) > 0 && n < fewEnded {
			few++
		}
	}
	if few > 0 {
		text := fmt.Sprintf("In %s, fewer than %d journeys ended within the year: too few to rely on the weighted value.",
			plural(few, "stage", "stages"), fewEnded)
		out = append(out, Notice{Kind: "few_ended", Count: &few, Text: text})
	}
	return out
}

// fewEnded is how many ended journeys a conversion takes to be relied on.
const fewEnded = 30
