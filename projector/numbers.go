package projector

import (
	"context"
	"fmt"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
)

// maxKnown is how many texts and sources a numbering remembers. Values of
// properties can be as many as contacts.
const maxKnown = 200_000

// numbering asks for numbers in batches and remembers them.
type numbering struct {
	dictionary Dictionary
	cells      Cells
	workspace  journal.WorkspaceID
	generation int64
	known      Numbers
}

func newNumbering(d Dictionary, c Cells, w journal.WorkspaceID, generation int64) *numbering {
	n := &numbering{dictionary: d, cells: c, workspace: w, generation: generation}
	n.known.JourneyCells = map[funnel.JourneyCell]int32{}
	n.known.StayCells = map[funnel.StayCell]int32{}
	n.forgetTexts()
	return n
}

func (n *numbering) forgetTexts() {
	n.known.Texts = map[string]int64{"": 0}
	n.known.Sources = map[touch.Source]int64{}
}

// unknown collects what has no number yet.
type unknown struct {
	journeys map[funnel.JourneyCell]bool
	stays    map[funnel.StayCell]bool
	sources  map[touch.Source]bool
	texts    map[string]bool
}

// resolve returns numbers for everything in the rows of these contacts.
func (n *numbering) resolve(ctx context.Context, changed []change, costs []journal.Cost) (Numbers, error) {
	if len(n.known.Texts)+len(n.known.Sources) > maxKnown {
		n.forgetTexts()
	}
	u := unknown{map[funnel.JourneyCell]bool{}, map[funnel.StayCell]bool{}, map[touch.Source]bool{}, map[string]bool{}}
	for i := range changed {
		n.collect(&u, &changed[i].old)
		n.collect(&u, &changed[i].now)
	}
	for i := range costs {
		note(u.sources, n.known.Sources, costs[i].Source)
	}
	if err := n.askCells(ctx, u); err != nil {
		return Numbers{}, fmt.Errorf("projector: number cells: %w", err)
	}
	if err := n.askTexts(ctx, u); err != nil {
		return Numbers{}, fmt.Errorf("projector: number texts: %w", err)
	}
	return n.known, nil
}

func (n *numbering) collect(u *unknown, f *Folded) {
	shapes := f.outline()
	for i := range shapes {
		s := &shapes[i]
		note(u.journeys, n.known.JourneyCells, s.cell)
		for _, cell := range s.stays {
			note(u.stays, n.known.StayCells, cell)
		}
		for _, source := range [...]touch.Source{s.sources.entry, s.sources.first, s.sources.last} {
			note(u.sources, n.known.Sources, source)
		}
	}
	f.eachSource(func(s touch.Source) { note(u.sources, n.known.Sources, s) })
	if f.Moved {
		return
	}
	for name, label := range labels(f.Person) {
		note(u.texts, n.known.Texts, name)
		note(u.texts, n.known.Texts, label)
	}
	for _, name := range factFields(f) {
		note(u.texts, n.known.Texts, name)
	}
}

func note[K comparable, N any](missing map[K]bool, known map[K]N, key K) {
	if _, ok := known[key]; !ok {
		missing[key] = true
	}
}

func (n *numbering) askCells(ctx context.Context, u unknown) error {
	err := ask(u.journeys, n.known.JourneyCells, func(keys []funnel.JourneyCell) ([]int32, error) {
		return n.cells.JourneyCells(ctx, n.workspace, n.generation, keys)
	})
	if err != nil {
		return err
	}
	return ask(u.stays, n.known.StayCells, func(keys []funnel.StayCell) ([]int32, error) {
		return n.cells.StayCells(ctx, n.workspace, n.generation, keys)
	})
}

func (n *numbering) askTexts(ctx context.Context, u unknown) error {
	err := ask(u.sources, n.known.Sources, func(keys []touch.Source) ([]int64, error) {
		values := make([][8]string, len(keys))
		for i, s := range keys {
			values[i] = s.Values()
		}
		return n.dictionary.InternSources(ctx, n.workspace, values)
	})
	if err != nil {
		return err
	}
	return ask(u.texts, n.known.Texts, func(keys []string) ([]int64, error) {
		return n.dictionary.Intern(ctx, n.workspace, keys)
	})
}

// ask adds the numbers of missing keys to the known ones.
func ask[K comparable, N any](missing map[K]bool, known map[K]N, number func([]K) ([]N, error)) error {
	if len(missing) == 0 {
		return nil
	}
	keys := make([]K, 0, len(missing))
	for k := range missing {
		keys = append(keys, k)
	}
	numbers, err := number(keys)
	if err != nil {
		return err
	}
	for i, k := range keys {
		known[k] = numbers[i]
	}
	return nil
}
