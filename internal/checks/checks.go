// Package checks bounds how many random cases the property tests of a package
// try, where each of them writes real files. A longer look is asked for by
// `go test -rapid.checks=1000`.
package checks

import "flag"

// Limit makes rapid try n cases of each property, unless the command line
// says how many. It parses the command line: for TestMain, before m.Run.
func Limit(n string) error {
	flag.Parse()
	told := false
	flag.Visit(func(f *flag.Flag) { told = told || f.Name == "rapid.checks" })
	if told {
		return nil
	}
	return flag.Set("rapid.checks", n)
}
