package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/tidemark/tidemark/fault"
)

func TestProgressInAFileIsPlain(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	now := time.Unix(0, 0)
	p := newProgress(&out, "importing")
	p.now = func() time.Time { return now }
	for i := range 100 {
		now = now.Add(time.Second)
		p.at(int64(i), 100)
	}
	p.end(100, 100)
	text := out.String()
	if n := strings.Count(text, "\n"); n != 21 || strings.ContainsAny(text, "\r█") || !strings.HasSuffix(text, "importing: 100 of 100\n") {
		t.Errorf("%d lines, want one in five seconds and the last: %q", n, text)
	}
}

func TestProgressOnATerminalIsABar(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	p := newProgress(&out, "importing")
	p.terminal = true
	p.at(50, 100)
	p.end(100, 100)
	p.tell(0, 0)
	want := "\rimporting " + strings.Repeat("█", 15) + strings.Repeat("░", 15) + " 50 of 100 "
	if !strings.HasPrefix(out.String(), want) || !strings.Contains(out.String(), strings.Repeat("█", 30)+" 100 of 100 \n") {
		t.Errorf("%q", out.String())
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		code int
		want string
	}{
		{nil, exitDone, ""},
		{hinted(errors.New("it broke"), "mend it"), exitFailed, "tidemark: it broke\nhint: mend it\n"},
		{hinted(&usageError{errors.New("what?")}, "say it so"), exitUsage, "tidemark: what?\nhint: say it so\n"},
		{fault.At("body.name", "is missing"), exitFailed, "tidemark: The input is not valid.\n  body.name is missing\n"},
		{&fault.Error{Kind: fault.Unavailable, Message: "The disk is full.", Err: errors.New("ENOSPC")}, exitFailed, "tidemark: The disk is full. (ENOSPC)\n"},
	} {
		var out bytes.Buffer
		if code := tellError(&out, c.err); code != c.code || out.String() != c.want {
			t.Errorf("%v: exit %d, %q, want %d, %q", c.err, code, out.String(), c.code, c.want)
		}
	}
}
