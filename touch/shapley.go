package touch

import "math/bits"

// MaxPlayers bounds the game that Shapley solves.
const MaxPlayers = 20

// Shapley returns the Shapley value of each player of a game: what it adds to
// the worth of a coalition, on average over all orders of joining. A coalition
// is a set of bits, player 0 the lowest. The values add up to the worth of all.
// Games of more than MaxPlayers have no values here; sources are credited by
// ModelShapley, which needs no coalitions.
//
// source: Shapley, A Value for n-Person Games, 1953.
func Shapley(players int, worth func(coalition uint32) float64) []float64 {
	if players < 1 || players > MaxPlayers {
		return nil
	}
	worths := make([]float64, 1<<players)
	for set := range worths {
		worths[set] = worth(uint32(set))
	}
	share := orders(players)
	out := make([]float64, players)
	for set, without := range worths {
		for p := range out {
			if set>>p&1 == 0 {
				out[p] += share[bits.OnesCount(uint(set))] * (worths[set|1<<p] - without)
			}
		}
	}
	return out
}

// orders is the part of all orders in which a given set of some size has joined
// just before a given player: size! (n-size-1)! / n!.
func orders(n int) []float64 {
	out := make([]float64, n)
	for size := range out {
		out[size] = 1 / float64(n)
		for i := 1; i <= size; i++ { // divided by n-1 over size
			out[size] *= float64(i) / float64(n-i)
		}
	}
	return out
}
