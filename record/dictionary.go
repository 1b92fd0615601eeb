package record

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/tidemark/tidemark/journal"
)

// unknown is the number of a key that is not in the dictionary.
const unknown = -1

// numbering numbers keys within a workspace, once for ever, from 1. The empty
// key has number 0. Numbers never change, so they are cached without a care,
// until a key is erased; only committed ones are.
type numbering struct {
	find, last, add, key string // queries
	bind                 func(key string) any

	numbers cache[word, int64]
	keys    cache[number, string]
}

// forget drops what is remembered: some of it was taken out of the dictionary.
func (g *numbering) forget() {
	g.numbers.forget()
	g.keys.forget()
}

type word struct {
	workspace journal.WorkspaceID
	key       string
}

type number struct {
	workspace journal.WorkspaceID
	number    int64
}

func newTexts() *numbering {
	return &numbering{
		find: "dictionary.number", last: "dictionary.last", add: "dictionary.add", key: "dictionary.text",
		bind: func(key string) any { return key },
	}
}

// newSources numbers sources; the key is the eight numbers of their texts.
func newSources() *numbering {
	return &numbering{
		find: "source.number", last: "source.last", add: "source.add", key: "source.fields",
		bind: func(key string) any { return []byte(key) },
	}
}

// numbersOf returns the numbers of keys, unknown for new ones.
func (r *Record) numbersOf(ctx context.Context, g *numbering, w journal.WorkspaceID, keys []string) (numbers []int64, complete bool, err error) {
	epoch := g.numbers.now()
	numbers = make([]int64, len(keys))
	var missing []int
	for i, key := range keys {
		n, ok := g.numbers.get(word{w, key})
		if !ok && key != "" {
			n = unknown
			missing = append(missing, i)
		}
		numbers[i] = n
	}
	if len(missing) == 0 {
		return numbers, true, nil
	}
	complete = true
	err = r.Read(ctx, func(rd *Reader) error {
		for _, i := range missing {
			row, ok, err := rd.One(g.find, int64(w), g.bind(keys[i]))
			if err != nil {
				return err
			}
			if !ok {
				complete = false
				continue
			}
			numbers[i] = row.Int(0)
			g.numbers.put(word{w, keys[i]}, numbers[i], epoch)
		}
		return nil
	})
	return numbers, complete, err
}

// intern returns the numbers of keys and gives new ones where needed, all in
// one write.
func (r *Record) intern(ctx context.Context, g *numbering, w journal.WorkspaceID, keys []string) ([]int64, error) {
	epoch := g.numbers.now()
	known, complete, err := r.numbersOf(ctx, g, w, keys)
	if err != nil || complete {
		return known, err
	}
	var numbers []int64
	err = r.Write(ctx, func(tx *Tx) error {
		numbers = slices.Clone(known)
		row, _, err := tx.One(g.last, int64(w))
		if err != nil {
			return err
		}
		return tx.number(g, w, keys, numbers, row.Int(0))
	})
	if err != nil {
		return nil, fmt.Errorf("intern: %w", err)
	}
	for i, key := range keys {
		g.numbers.put(word{w, key}, numbers[i], epoch)
	}
	return numbers, nil
}

// number gives numbers after last to the keys that have none. It asks again,
// because another write may have come between.
func (t *Tx) number(g *numbering, w journal.WorkspaceID, keys []string, numbers []int64, last int64) error {
	for i, key := range keys {
		if numbers[i] != unknown {
			continue
		}
		row, ok, err := t.One(g.find, int64(w), g.bind(key))
		if err != nil {
			return err
		}
		if ok {
			numbers[i] = row.Int(0)
			continue
		}
		last++
		numbers[i] = last
		if err := t.Run(g.add, int64(w), g.bind(key), last); err != nil {
			return err
		}
	}
	return nil
}

// keysOf is the reverse of intern.
func (r *Record) keysOf(ctx context.Context, g *numbering, w journal.WorkspaceID, numbers []int64) ([]string, error) {
	epoch := g.keys.now()
	keys := make([]string, len(numbers))
	var missing []int
	for i, n := range numbers {
		key, ok := g.keys.get(number{w, n})
		if !ok && n != 0 {
			missing = append(missing, i)
		}
		keys[i] = key
	}
	if len(missing) == 0 {
		return keys, nil
	}
	return keys, r.Read(ctx, func(rd *Reader) error {
		for _, i := range missing {
			row, ok, err := rd.One(g.key, int64(w), numbers[i])
			if err != nil {
				return err
			}
			if !ok {
				return fmt.Errorf("record: no text has number %d in workspace %d", numbers[i], w)
			}
			keys[i] = row.Text(0) + string(row.Blob(0))
			g.keys.put(number{w, numbers[i]}, keys[i], epoch)
		}
		return nil
	})
}

// Numbers returns the numbers of texts, -1 for unknown ones.
func (r *Record) Numbers(ctx context.Context, w journal.WorkspaceID, texts []string) ([]int64, error) {
	numbers, _, err := r.numbersOf(ctx, r.texts, w, texts)
	return numbers, err
}

// Intern returns the numbers of texts, giving new ones where needed.
func (r *Record) Intern(ctx context.Context, w journal.WorkspaceID, texts []string) ([]int64, error) {
	return r.intern(ctx, r.texts, w, texts)
}

// Texts is the reverse of Intern; an unknown number is an error.
func (r *Record) Texts(ctx context.Context, w journal.WorkspaceID, numbers []int64) ([]string, error) {
	return r.keysOf(ctx, r.texts, w, numbers)
}

// InternSources returns the numbers of whole sources, giving new ones where
// needed. The source without any field has number 0.
func (r *Record) InternSources(ctx context.Context, w journal.WorkspaceID, sources [][8]string) ([]int64, error) {
	texts := make([]string, 0, 8*len(sources))
	for _, s := range sources {
		texts = append(texts, s[:]...)
	}
	numbers, err := r.Intern(ctx, w, texts)
	if err != nil {
		return nil, err
	}
	keys := make([]string, len(sources))
	for i := range sources {
		keys[i] = encodeFields([8]int64(numbers[8*i:]))
	}
	return r.intern(ctx, r.sources, w, keys)
}

// SourceFields returns, by source number, the numbers of the eight texts.
func (r *Record) SourceFields(ctx context.Context, w journal.WorkspaceID, numbers []int64) ([][8]int64, error) {
	keys, err := r.keysOf(ctx, r.sources, w, numbers)
	if err != nil {
		return nil, err
	}
	fields := make([][8]int64, len(keys))
	for i, key := range keys {
		fields[i] = decodeFields(key)
	}
	return fields, nil
}

func encodeFields(fields [8]int64) string {
	if fields == ([8]int64{}) {
		return ""
	}
	var b []byte
	for _, n := range fields {
		b = binary.AppendVarint(b, n)
	}
	return string(b)
}

func decodeFields(key string) (fields [8]int64) {
	b := []byte(key)
	for i := range fields {
		n, size := binary.Varint(b)
		if size <= 0 {
			return fields
		}
		fields[i], b = n, b[size:]
	}
	return fields
}
