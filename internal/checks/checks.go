// Package checks bounds how many random cases the property tests of a package
// try, where each of them writes real files. A longer look is asked for by
// `go test -rapid.checks=1000`.
package checks

import (
	"flag"
	"strconv"
)

// Limit makes rapid try n cases of each property, unless the command line
// says how many. It parses the command line: for TestMain, before m.Run. It
// panics in a test binary without rapid.
func Limit(n int) {
	flag.Parse()
	told := false
	flag.Visit(func(f *flag.Flag) { told = told || f.Name == "rapid.checks" })
	if told {
		return
	}
	if err := flag.Set("rapid.checks", strconv.Itoa(n)); err != nil {
		panic(err)
	}
}
