package stats_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/stats"
)

// Ten journeys: two open at 12 h; of the eight left four are won at 24 h, so
// F = S = 1/2; of the four left two are lost at 48 h; two open at 60 h. Those
// at 12 h are won with (1/2 - 0) / 1, those at 30 h with 0, as nobody was won
// after 24 h.
func TestForecastByHand(t *testing.T) {
	t.Parallel()
	history := []stats.Observation{
		{Hours: 60, Count: 2},
		{Hours: 24, Exit: stats.Won, Count: 4},
		{Hours: 48, Exit: stats.Lost, Count: 2},
		{Hours: 12, Count: 2},
	}
	for _, tt := range []struct {
		open []stats.Observation
		want float64
	}{
		{[]stats.Observation{{Hours: 12, Count: 2}, {Hours: 60, Count: 2}}, 1},
		{[]stats.Observation{{Hours: 0, Count: 6}, {Hours: 23, Count: 1}}, 3.5},
		{[]stats.Observation{{Hours: 24, Count: 5}, {Hours: 900, Count: 5}}, 0},
	} {
		got, ok := stats.Forecast(history, tt.open)
		if !ok || got.Hours != 60 || got.Lower > got.Wins || got.Upper < got.Wins {
			t.Errorf("%+v: %+v, %v", tt.open, got, ok)
		}
		near(t, "wins", got.Wins, tt.want, 1e-12)
	}
	if got, ok := stats.Forecast(nil, history); ok {
		t.Errorf("without history: %+v", got)
	}
	if got, ok := stats.Forecast(history, nil); ok {
		t.Errorf("without open journeys: %+v", got)
	}
}

// Nineteen of twenty bands should hold what comes. Wins come at a rate of 1/40
// an hour, losses at 1/60; journeys began within the last 100 hours, and the
// future is what happens until they are as old as the oldest.
func TestForecastBandHoldsTheFuture(t *testing.T) {
	t.Parallel()
	const runs = 200
	held, random := 0, rand.New(rand.NewPCG(3, 4))
	for range runs {
		var history, open []stats.Observation
		future := int64(0)
		oldest := int64(100)
		for range 150 {
			age := random.Int64N(oldest) + 1
			won, lost := int64(40*random.ExpFloat64()), int64(60*random.ExpFloat64())
			end := min(won, lost)
			o := stats.Observation{Hours: min(end, age), Count: 1}
			switch {
			case end > age:
				open = append(open, o)
				if won < lost && won <= oldest {
					future++
				}
			case won < lost:
				o.Exit = stats.Won
			default:
				o.Exit = stats.Lost
			}
			history = append(history, o)
		}
		if got, ok := stats.Forecast(history, open); ok && got.Lower <= float64(future) && float64(future) <= got.Upper {
			held++
		}
	}
	if held < runs*88/100 || held == runs {
		t.Errorf("%d of %d bands held the future, want about 95 %%", held, runs)
	}
}

func TestForecastProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		history := cohort(24*8).Draw(t, "history")
		open := cohort(24*9).Draw(t, "open")
		count := int64(0)
		for _, o := range open {
			count += o.Count
		}
		got, ok := stats.Forecast(history, open)
		if !ok || !(0 <= got.Lower && got.Lower <= got.Wins && got.Wins <= got.Upper && got.Upper <= float64(count)+1e-9) {
			t.Fatalf("%+v, %v of %d", got, ok, count)
		}
		if again, _ := stats.Forecast(history, open); again != got || math.IsNaN(got.Wins) {
			t.Fatalf("%+v, then %+v", got, again)
		}
	})
}

func BenchmarkForecast(b *testing.B) {
	var year []stats.Observation
	for hour := range int64(365 * 24) {
		for _, exit := range []stats.Exit{stats.Censored, stats.Won, stats.Lost} {
			year = append(year, stats.Observation{Hours: hour, Exit: exit, Count: 1 + hour%7})
		}
	}
	for b.Loop() {
		stats.Forecast(year, year)
	}
}
