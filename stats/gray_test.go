package stats_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/stats"
)

// transplants are 137 patients after a bone marrow transplantation, in days:
// Klein and Moeschberger (1997), Survival Analysis, section 1.3, by disease
// (ALL, AML of low risk, AML of high risk): event free, relapse, death.
var transplants = [3][3][]int64{
	{
		{226, 530, 996, 1111, 1167, 1182, 1199, 1330, 1377, 1433, 1462, 1496, 1602, 2081},
		{55, 74, 104, 109, 110, 122, 129, 192, 230, 383, 609, 662},
		{1, 86, 107, 122, 172, 194, 276, 332, 418, 466, 487, 526},
	},
	{
		{
			847, 848, 860, 932, 957, 1030, 1258, 1324, 1363, 1384, 1447, 1470, 1527, 1535, 1562, 1568, 1674, 1709, 1799,
			1829, 1843, 1850, 1857, 1870, 2218, 2246, 2409, 2506, 2569,
		},
		{211, 219, 248, 272, 381, 421, 486, 606, 748},
		{10, 35, 48, 53, 79, 80, 105, 288, 390, 414, 481, 641, 704, 1063, 1074, 2204},
	},
	{
		{845, 1136, 1238, 1345, 1631, 2024, 2133, 2140, 2252, 2430, 2640},
		{32, 47, 47, 48, 64, 76, 84, 93, 100, 113, 115, 120, 157, 242, 268, 273, 390, 422, 456, 467, 625},
		{2, 16, 63, 74, 80, 105, 162, 164, 168, 183, 318, 363, 677},
	},
}

// patients lists the transplants, a day taken as an hour.
func patients(exitOf func(int) stats.Exit) [][]stats.Observation {
	groups := make([][]stats.Observation, len(transplants))
	for g, exits := range transplants {
		for exit, days := range exits {
			for _, day := range days {
				groups[g] = append(groups[g], stats.Observation{Hours: day, Exit: exitOf(exit), Count: 1})
			}
		}
	}
	return groups
}

// The statistics are those that cuminc of R (cmprsk) gives for these data, as
// printed by the PHUSE CAMIS project, "Estimating Cumulative Incidence
// Functions Using R", https://psiaims.github.io/CAMIS/R/survival_cif.html.
func TestGrayPublished(t *testing.T) {
	t.Parallel()
	groups := patients(func(exit int) stats.Exit { return stats.Exit(exit) })
	for _, tt := range []struct {
		of           stats.Exit
		chiSquare, p float64
	}{
		{stats.Won, 11.9228820, 0.0025762},
		{stats.Lost, 0.1374108, 0.9336017},
	} {
		got, ok := stats.GrayTest(groups, tt.of)
		if !ok || got.Freedom != 2 {
			t.Fatalf("GrayTest = %+v, %v", got, ok)
		}
		near(t, "chi-square", got.ChiSquare, tt.chiSquare, 5e-8)
		near(t, "p", got.P, tt.p, 5e-8)
	}
}

// Without a competing exit the score is that of the log-rank test, and the
// variance nearly so: relapse and death taken as one.
func TestGrayWithoutCompetitionIsLogRank(t *testing.T) {
	t.Parallel()
	groups := patients(func(exit int) stats.Exit { return stats.Exit(min(exit, 1)) })
	gray, _ := stats.GrayTest(groups, stats.Won)
	logRank, _ := stats.LogRank(groups)
	near(t, "Gray's chi-square", gray.ChiSquare, logRank.ChiSquare, 0.05*logRank.ChiSquare)
	if none, ok := stats.GrayTest(groups, stats.Lost); ok {
		t.Errorf("of an exit that nobody took: %+v", none)
	}
}

// Groups with the same journeys do not differ.
func TestGrayOfTwins(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		one := cohort(30).Draw(t, "observations")
		if got, ok := stats.GrayTest([][]stats.Observation{one, one}, stats.Won); ok && got.P < 1-1e-6 {
			t.Fatalf("%+v", got)
		}
	})
}
