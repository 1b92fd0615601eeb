package stats_test

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/stats"
)

type publishedCurve struct {
	N, Events int64
	Median    *float64
	S         map[string]float64
	Groups    map[string]publishedCurve
}

func TestKaplanMeierPublished(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, group, time, event string }{
		{"g3", "group", "time", "event"},
		{"lymphoma", "Stage_group", "Time", "Censor"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var want publishedCurve
			truth(t, tt.name, &want)
			groups := subjects(t, tt.name+".csv", tt.group, tt.time, tt.event)
			checkPublished(t, want, groups[""])
			for name, group := range want.Groups {
				checkPublished(t, group, groups[name])
			}
		})
	}
}

func checkPublished(t *testing.T, want publishedCurve, observations []stats.Observation) {
	t.Helper()
	curve := stats.KaplanMeier(observations)
	var events int64
	for _, step := range curve {
		events += step.Exits
	}
	if n := int64(len(observations)); n != want.N || events != want.Events {
		t.Errorf("%d subjects with %d events, want %d and %d", n, events, want.N, want.Events)
	}
	checkMedian(t, curve, want.Median)
	for at, value := range want.S {
		hours, err := strconv.ParseInt(at, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "S("+at+")", curve.At(hours).Value, value, 1e-6)
	}
}

func checkMedian(t *testing.T, curve stats.Survival, want *float64) {
	t.Helper()
	got, ok := curve.Median()
	if ok != (want != nil) || (ok && float64(got) != *want) {
		t.Errorf("median = %d, %v; want %v", got, ok, want)
	}
}

// The 6-MP arm of the leukaemia trial of Freireich et al. (1963), the standard
// textbook example: standard errors and log(-log) bands as printed for it by R
// (survfit) and Stata (sts list).
func TestKaplanMeierGehan(t *testing.T) {
	t.Parallel()
	var data struct {
		Control         []int64      `json:"control_T"`
		Treatment       []int64      `json:"treatment_T"`
		Exited          []stats.Exit `json:"treatment_E"` // 1 = Won
		ControlMedian   float64      `json:"control_median"`
		TreatmentMedian float64      `json:"treatment_median"`
	}
	truth(t, "gehan_inline", &data)

	var control, treatment []stats.Observation
	for i, at := range data.Treatment {
		treatment = append(treatment, stats.Observation{Hours: at, Exit: data.Exited[i], Count: 1})
	}
	for _, at := range data.Control {
		control = append(control, stats.Observation{Hours: at, Exit: stats.Won, Count: 1})
	}
	checkMedian(t, stats.KaplanMeier(control), &data.ControlMedian)
	curve := stats.KaplanMeier(treatment)
	checkMedian(t, curve, &data.TreatmentMedian)

	for _, want := range []struct {
		at                  int64
		value, lower, upper float64
	}{
		{6, 0.8571, 0.6197, 0.9516},
		{7, 0.8067, 0.5631, 0.9228},
		{10, 0.7529, 0.5032, 0.8894},
		{13, 0.6902, 0.4316, 0.8491},
		{16, 0.6275, 0.3675, 0.8049},
		{22, 0.5378, 0.2678, 0.7468},
		{23, 0.4482, 0.1881, 0.6801},
	} {
		got := curve.At(want.at)
		near(t, "value", got.Value, want.value, 5e-5)
		near(t, "lower", got.Lower, want.lower, 5e-5)
		near(t, "upper", got.Upper, want.upper, 5e-5)
	}
}

func TestKaplanMeierWithoutExits(t *testing.T) {
	t.Parallel()
	curve := stats.KaplanMeier([]stats.Observation{{Hours: 9, Count: 4}})
	if len(curve) != 0 {
		t.Errorf("curve = %v, want none", curve)
	}
	if got := curve.At(100); got != (stats.Estimate{Value: 1, Lower: 1, Upper: 1}) {
		t.Errorf("At = %v, want 1", got)
	}
	checkMedian(t, curve, nil)
}

func TestKaplanMeierProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before := stats.Step{Hours: -1, Estimate: stats.Estimate{Value: 1}}
		for _, step := range stats.KaplanMeier(cohort(60).Draw(t, "observations")) {
			e := step.Estimate
			if step.Hours <= before.Hours || step.Exits < 1 || step.Exits > step.AtRisk || e.Value > before.Estimate.Value {
				t.Fatalf("%+v after %+v", step, before)
			}
			if !(0 <= e.Lower && e.Lower <= e.Value && e.Value <= e.Upper && e.Upper <= 1) {
				t.Fatalf("band of %+v", e)
			}
			before = step
		}
	})
}
