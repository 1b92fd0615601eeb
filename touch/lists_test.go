package touch

import (
	"regexp"
	"strings"
	"testing"
)

// Every block of a list says where it is from, every line is one, and the
// commonest places are there.
func TestListsAreWellFormed(t *testing.T) {
	t.Parallel()
	line := regexp.MustCompile(`^\S.* = \S[^,]*(, \S[^,]*)*$`)
	for _, c := range []category{search, social, video, shopping, mail, assistant, payment} {
		text, err := files.ReadFile("lists/" + string(c) + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		sourced, n := false, 0
		for number, l := range strings.Split(string(text), "\n") {
			switch {
			case strings.HasPrefix(l, "# source: "):
				sourced = true
			case l == "":
				sourced = false
			case l[0] == '#':
			case !sourced || !line.MatchString(l) || strings.ToLower(l[strings.Index(l, " = "):]) != l[strings.Index(l, " = "):]:
				t.Errorf("%s.txt:%d: %q (source given: %v)", c, number+1, l, sourced)
			default:
				n++
			}
		}
		if n < 15 {
			t.Errorf("%s.txt has %d lines", c, n)
		}
	}
}

func TestTokensAreHostsOrNames(t *testing.T) {
	t.Parallel()
	l := NewLists()
	for _, tokens := range []map[string]place{l.below, l.every} {
		for token, p := range tokens {
			if strings.ContainsAny(token, " /*{}") || strings.HasPrefix(token, ".") || p.name == "" {
				t.Errorf("token %q of %+v", token, p)
			}
		}
	}
	for token := range l.exact {
		if strings.ContainsAny(token, "/*{}") {
			t.Errorf("token %q", token)
		}
	}
}
