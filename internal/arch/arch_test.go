// Package arch holds the rules of the house as tests: which package may import
// which, and why not; that every package says what it is for; that files stay
// short enough to read. It has no code of its own.
package arch

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	module = "github.com/tidemark/tidemark"
	root   = "../.."
)

// mayImport is the whole map of arrows inside the module. A package that is
// not named here fails the test, so that a new room is a decision.
var mayImport = map[string]struct {
	siblings []string
	why      string
}{
	"fault":      {nil, "a leaf: every package may use it, so it may use none"},
	"lifecycle":  {nil, "PURE: the rules of counting stand alone"},
	"touch":      {nil, "PURE: the rules of sources stand alone"},
	"stats":      {nil, "PURE: formulas know no domain"},
	"tabular":    {[]string{"fault"}, "PURE: reading tables knows no contacts"},
	"journal":    {[]string{"lifecycle", "touch"}, "PURE: what the log is made of"},
	"conversion": {[]string{"journal", "lifecycle", "touch"}, "PURE: what a contact did that sources are credited for"},
	"segment":    {[]string{"lifecycle"}, "PURE: the one filter language"},
	"funnel":     {[]string{"lifecycle", "stats"}, "PURE: counts in, rates out"},
	"whatif":     {[]string{"funnel", "journal", "lifecycle"}, "PURE: what an edit does to the numbers"},
	"subject":    {[]string{"funnel", "journal", "lifecycle", "segment", "tabular", "touch"}, "PURE: what filters see of a contact"},

	"hook":        {[]string{"touch"}, "PURE: what other services say when they call"},
	"destination": {[]string{"conversion", "fault", "journal", "lifecycle", "tabular", "touch"}, "PURE: what other services are told"},
	"workspace":   {[]string{"fault", "funnel", "hook", "journal", "lifecycle", "segment", "tabular", "touch", "whatif"}, "use cases that write know neither SQL nor HTTP"},
	"report":      {[]string{"conversion", "fault", "funnel", "journal", "lifecycle", "segment", "stats", "touch"}, "use cases that read know no engine"},
	"projector":   {[]string{"conversion", "fault", "funnel", "journal", "lifecycle", "segment", "subject", "touch"}, "declares the tables it writes; knows no database"},
	"capture":     {[]string{"fault", "journal", "lifecycle", "touch", "workspace"}, "use cases that receive know neither HTTP nor the record"},
	"automation":  {[]string{"destination", "fault", "journal", "lifecycle", "report", "stats", "touch", "workspace"}, "use cases that react: ask the reports, know neither SMTP nor HTTP"},
	"demo":        {[]string{"fault", "journal", "lifecycle", "touch", "workspace"}, "writes its business by the use cases, as a customer would"},

	"record":        {[]string{"fault", "journal", "lifecycle", "projector", "report", "tabular", "touch", "workspace"}, "an adapter: fulfils what use cases declare, imports no other adapter"},
	"engine/memory": {[]string{"conversion", "fault", "funnel", "journal", "lifecycle", "report", "segment", "stats", "subject", "touch"}, "the oracle shares no code with the engines it judges"},
	"engine/duckdb": {[]string{"conversion", "fault", "funnel", "journal", "lifecycle", "projector", "report", "segment", "stats", "subject", "touch"}, "an adapter: must not know the record"},
	"api":           {[]string{"automation", "capture", "destination", "fault", "funnel", "hook", "journal", "lifecycle", "projector", "report", "segment", "tabular", "touch", "workspace"}, "an adapter: must not know the record or an engine"},
	"mail":          {[]string{"automation", "fault"}, "an adapter: SMTP ends here"},
	"webhook":       {[]string{"automation", "destination", "fault", "lifecycle"}, "an adapter: calls of other machines end here"},
	"mcp":           {[]string{"fault", "journal", "report", "workspace"}, "an adapter: the use cases as tools, no logic"},
	"ui":            {nil, "embeds files"},
}

// free are the packages that wire everything or only run in tests: bench wires
// the rooms as cmd does, to measure them.
var free = []string{"cmd/", "internal/", "bench"}

// onlyHere names libraries that must stay behind one door.
var onlyHere = map[string]struct {
	doors []string
	why   string
}{
	"github.com/duckdb/":              {[]string{"engine/duckdb"}, "linking DuckDB costs every edited test four seconds"},
	"github.com/mattn/go-sqlite3":     {[]string{"record"}, "SQL of the record stays in the record"},
	"github.com/danielgtaylor/huma":   {[]string{"api"}, "the web framework ends at the API"},
	"github.com/wneessen/go-mail":     {[]string{"mail"}, "SMTP ends at mail"},
	"github.com/standard-webhooks/":   {nil, "test libraries stay out of the program: what signs is checked by somebody else's code"},
	"github.com/modelcontextprotocol": {[]string{"mcp"}, "the protocol of assistants ends at mcp"},
	"github.com/alecthomas/kong":      {[]string{"cmd/tidemark"}, "the command line ends at cmd"},
	"github.com/parquet-go":           {[]string{"api"}, "export formats end at the API"},
	"golang.org/x/crypto/argon2":      {[]string{"workspace"}, "one place knows passwords"},
	"github.com/prometheus/":          {[]string{"api", "bench", "cmd/tidemark"}, "metrics are an outside format"},
	"github.com/pressly/goose":        {[]string{"record"}, "migrations belong to the record"},
	"pgregory.net/rapid":              {[]string{"internal/"}, "test libraries stay out of the program"},
	"github.com/google/go-cmp":        {[]string{"internal/"}, "test libraries stay out of the program"},
	"github.com/rogpeppe/go-internal": {nil, "test libraries stay out of the program"},
	"gopkg.in/segmentio/":             {nil, "test libraries stay out of the program"},
}

type listed struct {
	ImportPath string
	Dir        string
	Doc        string
	Imports    []string
	GoFiles    []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,Doc,Imports,GoFiles", "./...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p listed
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

func name(importPath string) string { return strings.TrimPrefix(importPath, module+"/") }

func TestArrowsPointInwards(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		from := name(p.ImportPath)
		if slices.ContainsFunc(free, func(f string) bool { return strings.HasPrefix(from, f) }) {
			continue
		}
		rule, known := mayImport[from]
		if !known {
			t.Errorf("package %s is not on the map of the house: say in mayImport what it may import, and why", from)
			continue
		}
		for _, imported := range p.Imports {
			to, inside := strings.CutPrefix(imported, module+"/")
			if inside && !slices.Contains(rule.siblings, to) {
				t.Errorf("%s imports %s: %s", from, to, rule.why)
			}
		}
	}
}

func TestLibrariesStayBehindTheirDoors(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		from := name(p.ImportPath)
		for _, imported := range p.Imports {
			for library, rule := range onlyHere {
				allowed := slices.ContainsFunc(rule.doors, func(d string) bool { return strings.HasPrefix(from+"/", d) || from == d })
				if strings.HasPrefix(imported, library) && !allowed {
					t.Errorf("%s imports %s: %s", from, imported, rule.why)
				}
			}
		}
	}
}

func TestPurePackagesUseTheStandardLibrary(t *testing.T) {
	t.Parallel()
	pure := []string{"fault", "lifecycle", "touch", "journal", "conversion", "destination", "funnel", "tabular", "hook", "stats", "segment", "subject", "whatif"}
	for _, p := range packages(t) {
		if !slices.Contains(pure, name(p.ImportPath)) {
			continue
		}
		for _, imported := range p.Imports {
			foreign := strings.Contains(strings.Split(imported, "/")[0], ".")
			gonum := strings.HasPrefix(imported, "gonum.org/") && name(p.ImportPath) == "stats"
			if foreign && !gonum && !strings.HasPrefix(imported, module) {
				t.Errorf("%s imports %s: pure packages import the standard library only", name(p.ImportPath), imported)
			}
		}
	}
}

func TestPackagesSayWhatTheyAreFor(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		if len(p.GoFiles) > 0 && p.Doc == "" {
			t.Errorf("%s has no package comment", name(p.ImportPath))
		}
		base := filepath.Base(p.ImportPath)
		if slices.Contains([]string{"util", "utils", "common", "helper", "helpers", "misc", "pkg"}, base) {
			t.Errorf("%s: a package is named for what it is", name(p.ImportPath))
		}
	}
}

// maxLines is where a file becomes two things; see rule 1 of the house.
const maxLines = 500

func TestFilesAreShortAndCalm(t *testing.T) {
	t.Parallel()
	for path, file := range sources(t) {
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if lines := fset.Position(parsed.End()).Line; lines > maxLines {
			t.Errorf("%s has %d lines, more than %d", path, lines, maxLines)
		}
		for _, decl := range parsed.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Name.Name == "init" && f.Recv == nil {
				t.Errorf("%s has an init function: wire things in cmd", path)
			}
		}
		if !strings.HasPrefix(path, "cmd/") && panics(parsed) {
			t.Errorf("%s panics: return a fault", path)
		}
	}
}

func panics(file *ast.File) bool {
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if ok {
			id, isName := call.Fun.(*ast.Ident)
			found = found || isName && id.Name == "panic" && !aborts(call)
		}
		return !found
	})
	return found
}

// aborts reports whether a panic is net/http's own way of cutting a connection,
// or hands on what was recovered: both belong to the server's edge.
func aborts(call *ast.CallExpr) bool {
	switch arg := call.Args[0].(type) {
	case *ast.SelectorExpr:
		return arg.Sel.Name == "ErrAbortHandler"
	case *ast.Ident:
		return arg.Name == "panicked"
	}
	return false
}

// sources are the Go files of the program itself, by path from the root.
func sources(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && d.Name() != ".." || d.Name() == "node_modules") && path != root {
			return filepath.SkipDir
		}
		rel, _ := filepath.Rel(root, path)
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && !strings.HasPrefix(rel, "internal/") {
			files[filepath.ToSlash(rel)] = path
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
