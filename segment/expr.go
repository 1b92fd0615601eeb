package segment

import "strconv"

// The limits of a filter. They bound the work of every reader of it.
const (
	MaxDepth = 20      // levels, a single term being one
	MaxTerms = 200     // terms of a filter
	MaxValue = 8 << 10 // bytes of one text
	MaxList  = 1000    // values of one list
	MaxSize  = 1 << 20 // bytes of a whole filter in either form
)

// Expr is a filter: All, Any, Not or Term.
type Expr interface {
	// String is the canonical text; Parse of it gives an equal Expr.
	String() string
	// MarshalJSON is the JSON form; ParseJSON of it gives an equal Expr.
	MarshalJSON() ([]byte, error)

	isExpr()
}

// All holds where each part holds; without parts, always.
type All []Expr

// Any holds where some part holds; without parts, never.
type Any []Expr

// Not holds where its part is known not to hold.
type Not struct{ Expr Expr }

// Term compares a field with a value. The value of Exists is the zero Value,
// that of In is a list.
type Term struct {
	Field Field
	Op    Op
	Value Value
}

func (All) isExpr()  {}
func (Any) isExpr()  {}
func (Not) isExpr()  {}
func (Term) isExpr() {}

// Op is an operator, spelled as both forms have it.
type Op string

// The operators.
const (
	Equal    Op = "="
	NotEqual Op = "!="
	Less     Op = "<"
	AtMost   Op = "<="
	More     Op = ">"
	AtLeast  Op = ">="
	In       Op = "in"
	Contains Op = "contains"
	Starts   Op = "starts"
	Exists   Op = "exists"
	Before   Op = "before"
	After    Op = "after"
	Within   Op = "within"
)

// Ops lists the operators.
var Ops = [...]Op{Equal, NotEqual, Less, AtMost, More, AtLeast, In, Contains, Starts, Exists, Before, After, Within}

// Ordered reports whether the operator asks which of two is greater.
func (op Op) Ordered() bool { return op == Less || op == AtMost || op == More || op == AtLeast }

// Node is a place in the tree of a filter.
type Node struct {
	Path  string // as in the JSON form: "all[2].not"; "" = the root
	Depth int    // from 1
	Expr  Expr   // nil where a part is missing
}

// Walk visits a filter from the root, parts in order, terms in the order of
// the text. It does not go below a node for which visit answers false.
func Walk(e Expr, visit func(Node) bool) { walk(Node{Depth: 1, Expr: e}, visit) }

func walk(n Node, visit func(Node) bool) {
	if !visit(n) {
		return
	}
	switch e := n.Expr.(type) {
	case All:
		walkParts(n, "all", e, visit)
	case Any:
		walkParts(n, "any", e, visit)
	case Not:
		walk(Node{join(n.Path, "not"), n.Depth + 1, e.Expr}, visit)
	}
}

func walkParts(n Node, name string, parts []Expr, visit func(Node) bool) {
	for i, part := range parts {
		walk(Node{index(join(n.Path, name), i), n.Depth + 1, part}, visit)
	}
}

// join and index make the paths of both the walk and the reader of JSON.
func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func index(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// Compiler makes something else of a filter, for example SQL, bottom up.
type Compiler[T any] interface {
	// All, Any and Not join what was made of the parts, in order.
	All(parts []T) T
	Any(parts []T) T
	Not(part T) T
	// Term makes a leaf.
	Term(term Term) T
}

// Compile runs a compiler over a checked filter. A missing part is made as
// Any without parts: it selects nobody.
func Compile[T any](e Expr, c Compiler[T]) T {
	switch e := e.(type) {
	case All:
		return c.All(compileParts(e, c))
	case Any:
		return c.Any(compileParts(e, c))
	case Not:
		return c.Not(Compile(e.Expr, c))
	case Term:
		return c.Term(e)
	}
	return c.Any(nil)
}

func compileParts[T any](parts []Expr, c Compiler[T]) []T {
	out := make([]T, len(parts))
	for i, part := range parts {
		out[i] = Compile(part, c)
	}
	return out
}
