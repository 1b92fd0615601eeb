package stats

// ChiSquareTail is chiSquareTail.
var ChiSquareTail = chiSquareTail
