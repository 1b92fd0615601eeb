package stats

import (
	"cmp"
	"slices"
)

// together is what happens at one time, by group.
type together struct {
	hours  int64
	groups []instant
}

// interleave orders the observations of several groups into distinct instants
// and counts each group's journeys.
func interleave(groups [][]Observation) (times []together, atRisk []float64) {
	byHour := map[int64][]instant{}
	for g, observations := range groups {
		instants, total := tally(observations)
		atRisk = append(atRisk, float64(total))
		for _, at := range instants {
			if byHour[at.hours] == nil {
				byHour[at.hours] = make([]instant, len(groups))
			}
			byHour[at.hours][g] = at
		}
	}
	for hours, of := range byHour {
		times = append(times, together{hours, of})
	}
	slices.SortFunc(times, func(a, b together) int { return cmp.Compare(a.hours, b.hours) })
	return times, atRisk
}

// LogRank tests whether two or more groups exit at the same rate, won and lost
// taken together, as KaplanMeier takes them. Exits come before censorings of
// the same hour. It compares the exits of each group with those expected if at
// every exit time each journey at risk were as likely to exit; ties have the
// variance of the hypergeometric distribution. Where won and lost are to be
// told apart, see GrayTest.
//
// ok is false where nothing can be compared: fewer than two groups with
// journeys at risk at an exit time.
//
// Source: Mantel (1966), Cancer Chemotherapy Reports 50, 163-170; Peto and Peto
// (1972), Journal of the Royal Statistical Society A 135, 185-207; for several
// groups Kalbfleisch and Prentice (1980), section 1.4. The same as survdiff of
// R with rho = 0.
func LogRank(groups [][]Observation) (t Test, ok bool) {
	times, atRisk := interleave(groups)
	free := max(len(groups)-1, 0)
	score, variance := make([]float64, free), square(free, free)
	for _, at := range times {
		n, d := 0.0, 0.0
		for g, of := range at.groups {
			n += atRisk[g]
			d += float64(of.exits())
		}
		for g := range free {
			score[g] += float64(at.groups[g].exits())
			if d > 0 {
				score[g] -= d * atRisk[g] / n
			}
		}
		if d > 0 && n > 1 {
			addHypergeometric(variance, atRisk, n, d*(n-d)/(n-1))
		}
		for g, of := range at.groups {
			atRisk[g] -= float64(of.total())
		}
	}
	return testOf(score, variance)
}

// addHypergeometric adds the covariances of the exits of groups at one time.
func addHypergeometric(variance [][]float64, atRisk []float64, n, scale float64) {
	for i := range variance {
		for j := range variance {
			variance[i][j] -= scale * atRisk[i] / n * atRisk[j] / n
		}
		variance[i][i] += scale * atRisk[i] / n
	}
}

// square makes a matrix of zeros.
func square(rows, columns int) [][]float64 {
	out := make([][]float64, rows)
	for i := range out {
		out[i] = make([]float64, columns)
	}
	return out
}
