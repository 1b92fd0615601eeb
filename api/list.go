package api

import (
	"fmt"
)

// List is the form of every list.
type List[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next" doc:"send it back as cursor for the next page; null at the end"`
}

type listOutput[T any] struct{ Body List[T] }

// list makes the answer of a page; next "" is the end.
func list[T any](items []T, next string, err error) (*listOutput[T], error) {
	if err != nil {
		return nil, err
	}
	if items == nil {
		items = []T{}
	}
	out := &listOutput[T]{Body: List[T]{Items: items}}
	if next != "" {
		out.Body.Next = &next
	}
	return out, nil
}

// location names an element of a list in a request.
func location(path string, index int) string { return fmt.Sprintf("%s[%d]", path, index) }
