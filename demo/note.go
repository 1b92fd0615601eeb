package demo

import (
	"time"

	"github.com/tidemark/tidemark/workspace"
)

// noted is what somebody marked on the time charts: when, as the share of the
// period that had passed, and what happened. Campaigns come and go with their
// channels; the last one changed nothing, which the report says.
var noted = []struct {
	share float64
	text  string
}{
	{0.5, "The campaign Autumn stories begins."},
	{0.55, "The campaign Summer video ends."},
	{0.62, "First ads on TikTok."},
	{0.88, "A new pricing page."},
}

// Notes are the marked days, first to last.
func (b Business) Notes() (out []workspace.NoteInput) {
	start := b.Now.AddDate(0, 0, -b.Days)
	for _, n := range noted {
		day := start.Add(time.Duration(n.share * float64(b.Now.Sub(start)))).Format(time.DateOnly)
		out = append(out, workspace.NoteInput{Day: &day, Text: &n.text})
	}
	return out
}
