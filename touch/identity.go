package touch

import (
	"cmp"
	"slices"
)

// Book knows who visitors are: which contact a visitor became, and when. It is
// a function of the set of facts that were written into it, in whatever order
// they came. The zero Book is ready for use. C numbers or names contacts.
type Book[C cmp.Ordered] struct {
	same  map[string]string // of visitors that are one person, towards the one that speaks for them
	facts map[string][]identification[C]
}

type identification[C cmp.Ordered] struct {
	at      Millis
	contact C
}

func (b *Book[C]) open() {
	if b.same == nil {
		b.same, b.facts = map[string]string{}, map[string][]identification[C]{}
	}
}

// Identify writes down that a visitor was found to be a contact.
func (b *Book[C]) Identify(visitor string, contact C, at Millis) {
	b.open()
	root := b.root(visitor)
	b.facts[root] = sorted(append(b.facts[root], identification[C]{at, contact}))
}

// Merge writes down that two visitors are the same person: who one of them was
// found to be, the other is too.
func (b *Book[C]) Merge(one, other string) {
	b.open()
	one, other = b.root(one), b.root(other)
	if one == other {
		return
	}
	b.same[other] = one
	b.facts[one] = sorted(append(b.facts[one], b.facts[other]...))
	delete(b.facts, other)
}

// Owner is the contact whose visit it is that a visitor began at an instant: the
// one that the visitor was identified as next, so that a visit belongs to the
// contact that came of it; after the last identification the last contact. ok
// is false while nobody knows.
func (b *Book[C]) Owner(visitor string, at Millis) (contact C, ok bool) {
	facts := b.facts[b.root(visitor)]
	if len(facts) == 0 {
		return contact, false
	}
	i := slices.IndexFunc(facts, func(f identification[C]) bool { return f.at >= at })
	if i < 0 {
		i = len(facts) - 1
	}
	return facts[i].contact, true
}

func (b *Book[C]) root(visitor string) string {
	for {
		next, merged := b.same[visitor]
		if !merged {
			return visitor
		}
		visitor = next
	}
}

func sorted[C cmp.Ordered](facts []identification[C]) []identification[C] {
	slices.SortFunc(facts, func(a, b identification[C]) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.contact, b.contact))
	})
	return slices.Compact(facts)
}
