package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

func testFailedWrite(b *bundle) {
	refused := errors.New("refused")
	err := b.store.Write(b.Context(), func(tx workspace.Tx) error {
		if _, err := add(tx, b.w, workspace.Profile{Email: "a@b.c"}, 1); err != nil {
			return err
		}
		return refused
	})
	if !errors.Is(err, refused) {
		b.Errorf("error %v", err)
	}
	b.read(func(r workspace.Reader) error {
		if id, err := r.Find(b.w, workspace.Identity{Kind: workspace.IdentityEmail, Value: "a@b.c"}); id != 0 || err != nil {
			b.Errorf("its identity names %d, %v", id, err)
		}
		counts, err := r.StageCounts(b.w)
		if len(counts) != 0 {
			b.Errorf("its stage is counted: %v", counts)
		}
		keys, _ := r.ListContacts(b.w, workspace.ContactKey{}, 10)
		if len(keys) != 0 {
			b.Errorf("it is listed: %v", keys)
		}
		return err
	})
	first := b.add(b.w, workspace.Profile{}, 1)
	b.read(func(r workspace.Reader) error {
		h, err := r.Load(b.w, first)
		if err != nil {
			return err
		}
		_, err = r.Chain(h.Head.Last)
		return err
	})
}

func testOwnWrites(b *bundle) {
	b.write(func(tx workspace.Tx) error {
		id, err := add(tx, b.w, workspace.Profile{Email: "a@b.c", Name: "Ann"}, 2)
		if err != nil {
			return err
		}
		found, err := tx.Find(b.w, workspace.Identity{Kind: workspace.IdentityEmail, Value: "a@b.c"})
		if found != id || err != nil {
			b.Errorf("found %d, %v", found, err)
		}
		if counts, err := tx.StageCounts(b.w); counts[2] != 1 || err != nil {
			b.Errorf("counts %v, %v", counts, err)
		}
		if moved, err := tx.HasChanges(b.w); !moved || err != nil {
			b.Errorf("has changes: %v, %v", moved, err)
		}
		c, err := tx.SaveConfiguration(configuration(b.w, "Renamed", 2))
		if err != nil {
			return err
		}
		if again, err := tx.Configuration(b.w); again != c || err != nil {
			b.Errorf("configuration %v, %v", again, err)
		}
		return nil
	})
}

func testConcurrent(b *bundle) {
	const writers, each = 16, 20
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			for j := range each {
				p := workspace.Profile{ExternalID: fmt.Sprint(i, "-", j)}
				err := b.store.Write(context.WithoutCancel(b.Context()), func(tx workspace.Tx) error {
					if _, err := add(tx, b.w, p, 1, 2); err != nil {
						return err
					}
					if j%5 == 4 {
						return errors.New("refused")
					}
					return nil
				})
				if (err != nil) != (j%5 == 4) {
					b.Errorf("write %d/%d: %v", i, j, err)
				}
			}
		})
	}
	wg.Wait()
	b.read(func(r workspace.Reader) error {
		keys, err := r.ListContacts(b.w, workspace.ContactKey{}, writers*each+1)
		if len(keys) != writers*each*4/5 {
			b.Errorf("%d contacts", len(keys))
		}
		counts, _ := r.StageCounts(b.w)
		if counts[2] != int64(len(keys)) {
			b.Errorf("counts %v", counts)
		}
		return err
	})
}

func testWorkspaces(b *bundle) {
	other := b.addWorkspace("Second")
	id := b.add(b.w, workspace.Profile{Email: "a@b.c", Name: "Ann"}, 1)
	b.read(func(r workspace.Reader) error {
		if h, err := r.Load(other, id); h != nil || err != nil {
			b.Errorf("load: %v, %v", h, err)
		}
		if h, err := r.LoadBy(other, workspace.Identity{Kind: workspace.IdentityEmail, Value: "a@b.c"}); h != nil || err != nil {
			b.Errorf("by e-mail: %v, %v", h, err)
		}
		for _, order := range []workspace.ContactOrder{workspace.OrderNewest, workspace.OrderOldest, workspace.OrderName} {
			if keys, err := r.ListContacts(other, workspace.ContactKey{Order: order}, 10); len(keys) != 0 || err != nil {
				b.Errorf("order %d: %v, %v", order, keys, err)
			}
		}
		if found, _, err := r.SearchContacts(other, workspace.Prefix{Text: "a"}, 10); len(found) != 0 || err != nil {
			b.Errorf("search: %v, %v", found, err)
		}
		if counts, err := r.StageCounts(other); len(counts) != 0 || err != nil {
			b.Errorf("counts: %v, %v", counts, err)
		}
		seen := 0
		_, err := r.ListChanges(other, 1<<62, 100, func(journal.Entry) bool { seen++; return true })
		if seen != 0 {
			b.Errorf("%d changes", seen)
		}
		return err
	})
}
