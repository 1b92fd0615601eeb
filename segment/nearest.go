package segment

// nearest suggests the name that was probably meant, or says nothing.
func nearest(meant string, names []string) string {
	const longest = 64
	best, least := "", 3 // more than two slips are another word
	if len(meant) > longest {
		return ""
	}
	for _, name := range names {
		if d := distance(FoldCase(meant), FoldCase(name)); d < least && d < len(name) {
			best, least = name, d
		}
	}
	if best == "" {
		return ""
	}
	return ": did you mean " + best + "?"
}

// distance is that of Levenshtein: the insertions, deletions and replacements
// between two texts. Texts of very different length are far apart.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	if len(s)-len(t) > 2 || len(t)-len(s) > 2 {
		return len(s) + len(t)
	}
	row := make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range s {
		corner := row[0]
		row[0] = i + 1
		for j, q := range t {
			replaced := corner
			if r != q {
				replaced++
			}
			corner = row[j+1]
			row[j+1] = min(replaced, row[j]+1, corner+1)
		}
	}
	return row[len(t)]
}
