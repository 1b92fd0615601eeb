package stats

// GrayTest tests whether two or more groups have the same cumulative incidence
// of one exit, Won or Lost, while the other one competes with it. Exits come
// before censorings of the same hour.
//
// The score of a group is the sum over the times of this exit of
//
//	d - D R / (sum of R),  R = Y (1 - F-) / S-
//
// with d own and D all exits of this kind, Y journeys of the group at risk, F
// its incidence and S its probability of no exit, both just before. Written
// as a sum of martingales of the two exits of each group, the error of the
// score at time u is that of the counts times
//
//	this exit:   S-/Y (a(u) + (1 - q(u)) c(u)),  the other:  -S-/Y q(u) c(u)
//	q = (1 - P) / S,  c(u) = sum over t > u of a(t) dP(t) / (1 - P(t-))
//	a = h [same group] - h h' / (sum of h),  h = Y / S-
//
// where P is the incidence common to all, dP = D / (sum of h), and the variance
// is the sum of their squares times the variances of the counts, with the usual
// correction for ties. Without a competing exit the score is that of LogRank.
//
// ok is false where nothing can be compared.
//
// Source: Gray (1988), Annals of Statistics 16, 1141-1154, with rho = 0; the
// numbers are those of cuminc in R's package cmprsk.
func GrayTest(groups [][]Observation, of Exit) (t Test, ok bool) {
	g := gray{free: max(len(groups)-1, 0)}
	times, atRisk := interleave(groups)
	g.follow(times, atRisk, of)
	return testOf(g.score, g.variance())
}

// gray is a test under way.
type gray struct {
	free  int // groups that have a score: all but the last
	score []float64
	steps []grayStep // the times with an exit of either kind
}

// grayStep is what the variance needs of one exit time.
type grayStep struct {
	own    float64 // exits of this kind, in all groups
	before float64 // P just before
	after  float64 // P
	h      float64 // sum over groups
	groups []grayGroup
}

// grayGroup is a group at an exit time.
type grayGroup struct {
	atRisk   float64
	other    float64 // exits of the other kind
	survival float64 // S-
	stays    float64 // S
}

func (g grayGroup) h() float64 {
	if g.atRisk <= 0 {
		return 0
	}
	return g.atRisk / g.survival
}

// follow goes through time: it adds up the scores and notes the steps.
func (g *gray) follow(times []together, atRisk []float64, of Exit) {
	g.score = make([]float64, g.free)
	incidence, survival := make([]float64, len(atRisk)), make([]float64, len(atRisk))
	for i := range survival {
		survival[i] = 1
	}
	common := 0.0
	for _, at := range times {
		step := grayStep{before: common, groups: make([]grayGroup, len(atRisk))}
		own, weight, total := make([]float64, len(atRisk)), make([]float64, len(atRisk)), 0.0
		for i, now := range at.groups {
			own[i] = float64(now.won)
			step.groups[i] = grayGroup{atRisk: atRisk[i], other: float64(now.lost), survival: survival[i], stays: survival[i]}
			if of == Lost {
				own[i], step.groups[i].other = step.groups[i].other, own[i]
			}
			step.own += own[i]
			step.h += step.groups[i].h()
			weight[i] = step.groups[i].h() * (1 - incidence[i])
			total += weight[i]
			if atRisk[i] > 0 {
				incidence[i] += survival[i] * own[i] / atRisk[i]
				survival[i] *= (atRisk[i] - float64(now.exits())) / atRisk[i]
				step.groups[i].stays = survival[i]
			}
			atRisk[i] -= float64(now.total())
		}
		for i := range g.free {
			if total > 0 {
				g.score[i] += own[i] - step.own*weight[i]/total
			}
		}
		if step.h > 0 {
			common += step.own / step.h
		}
		step.after = common
		g.steps = append(g.steps, step)
	}
}

// variance goes back through the steps, where the sums over later times grow.
func (g *gray) variance() [][]float64 {
	out := square(g.free, g.free)
	if len(g.steps) == 0 {
		return out
	}
	later := square(g.free, len(g.steps[0].groups)) // c, by scored group and group
	own, other := make([]float64, g.free), make([]float64, g.free)
	for at := len(g.steps) - 1; at >= 0; at-- {
		s := &g.steps[at]
		for r, of := range s.groups {
			if of.atRisk <= 0 {
				continue
			}
			q := 0.0
			if of.stays > certain {
				q = (1 - s.after) / of.stays
			}
			for k := range own {
				own[k] = s.weight(k, r) + (1-q)*later[k][r]
				other[k] = q * later[k][r]
			}
			addSquares(out, own, s.ownVariance(of))
			addSquares(out, other, of.otherVariance())
		}
		s.addTo(later)
	}
	return out
}

// weight is a of a scored group and a group.
func (s *grayStep) weight(scored, group int) float64 {
	h := s.groups[scored].h()
	if h == 0 {
		return 0
	}
	a := -h * s.groups[group].h() / s.h
	if scored == group {
		a += h
	}
	return a
}

// addTo makes c of the time before of c.
func (s *grayStep) addTo(later [][]float64) {
	if s.own == 0 || 1-s.before <= certain {
		return
	}
	rate := s.own / s.h / (1 - s.before)
	for k := range later {
		for r := range later[k] {
			later[k][r] += s.weight(k, r) * rate
		}
	}
}

// ownVariance is that of (S-/Y) times the exits of this kind in a group, if
// the common incidence held.
func (s *grayStep) ownVariance(g grayGroup) float64 {
	ties := 1.0
	if s.own > 1 {
		ties = max(0, 1-(s.own-1)/(s.h*g.survival-1))
	}
	return ties * g.survival * s.own / (s.h * g.atRisk)
}

// otherVariance is that of (S-/Y) times the exits of the other kind.
func (g grayGroup) otherVariance() float64 {
	ties := 1.0
	if g.other > 1 {
		ties = 1 - (g.other-1)/(g.atRisk-1)
	}
	return ties * g.other * (g.survival / g.atRisk) * (g.survival / g.atRisk)
}

// addSquares adds the products of coefficients times a variance.
func addSquares(out [][]float64, coefficients []float64, variance float64) {
	if variance == 0 {
		return
	}
	for i, a := range coefficients {
		for j, b := range coefficients {
			out[i][j] += a * b * variance
		}
	}
}
