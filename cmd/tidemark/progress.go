package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"
)

// progress tells how long work goes: a bar on a terminal, else a plain line
// now and then.
type progress struct {
	to       io.Writer
	what     string
	terminal bool
	told     time.Time
	last     [2]int64 // what was told last
	now      func() time.Time
}

func newProgress(to io.Writer, what string) *progress {
	p := &progress{to: to, what: what, now: time.Now}
	if file, ok := to.(*os.File); ok {
		p.terminal = term.IsTerminal(int(file.Fd()))
	}
	return p
}

// The pace at which progress is told.
const (
	barPace  = 100 * time.Millisecond
	linePace = 5 * time.Second
	barWidth = 30
)

// at tells where the work stands, unless it told so a moment ago.
func (p *progress) at(done, total int64) {
	pace := linePace
	if p.terminal {
		pace = barPace
	}
	now := p.now()
	if now.Sub(p.told) < pace {
		return
	}
	p.told = now
	p.tell(done, total)
}

func (p *progress) tell(done, total int64) {
	p.last = [2]int64{done, total}
	if !p.terminal {
		fmt.Fprintf(p.to, "%s: %d of %d\n", p.what, done, total)
		return
	}
	filled := barWidth
	if total > 0 {
		filled = int(min(done, total) * barWidth / total)
	}
	bar := strings.Repeat("█", filled) + strings.Repeat("░", barWidth-filled)
	fmt.Fprintf(p.to, "\r%s %s %d of %d ", p.what, bar, done, total)
}

// end tells the last state and leaves the line.
func (p *progress) end(done, total int64) {
	if p.terminal || p.last != [2]int64{done, total} {
		p.tell(done, total)
	}
	if p.terminal {
		fmt.Fprintln(p.to)
	}
}
