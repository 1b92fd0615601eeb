package record

import (
	"context"
	"fmt"
	"maps"

	"github.com/tidemark/tidemark/journal"
)

// Check verifies, at one moment, that the log is chained without a gap and
// that the caches which count or point into it do so rightly: heads, the
// configuration's, stage counts, change counts and identities. It returns what is wrong, at
// most maxFindings. Progress is called now and then with log entries read.
//
// What a contact's entries say (fields, state) is compared by reading it
// through the Store.
func (r *Record) Check(ctx context.Context, progress func(done, total int64)) ([]string, error) {
	k := &check{configuration: map[int64]int64{}, progress: progress}
	err := r.Read(ctx, func(rd *Reader) error {
		for _, step := range []func(*Reader) error{k.links, k.heads, k.chains, k.configurations, k.stages, k.identities, k.changes, k.money} {
			if err := step(rd); err != nil {
				return err
			}
		}
		return nil
	})
	return k.findings, err
}

// maxFindings bounds a report of a record that is broken everywhere.
const maxFindings = 1000

type check struct {
	last          []int64         // by contact: seq of its last entry
	configuration map[int64]int64 // by workspace: seq of the last edit
	findings      []string
	progress      func(done, total int64)
}

func (k *check) add(format string, args ...any) {
	if len(k.findings) < maxFindings {
		k.findings = append(k.findings, fmt.Sprintf(format, args...))
	}
}

// links reads the log once and checks that each entry names the one before.
func (k *check) links(rd *Reader) error {
	row, _, err := rd.One("log.last")
	if err != nil {
		return err
	}
	total := row.Int(0)
	return rd.Each("log.links", func(row Row) error {
		seq, w, contact, prev := row.Int(0), row.Int(1), row.Int(2), row.Int(3)
		if before := k.move(w, contact, seq); before != prev {
			k.add("log entry %d is chained to %d instead of %d", seq, prev, before)
		}
		if seq%100_000 == 0 {
			k.progress(seq, total)
		}
		return nil
	})
}

// move notes the last entry of a chain and returns the one before.
func (k *check) move(w, contact, seq int64) (before int64) {
	if contact == 0 {
		before, k.configuration[w] = k.configuration[w], seq
		return before
	}
	if missing := contact + 1 - int64(len(k.last)); missing > 0 {
		k.last = append(k.last, make([]int64, missing)...)
	}
	before, k.last[contact] = k.last[contact], seq
	return before
}

// heads compares where heads point with where the chains end.
func (k *check) heads(rd *Reader) error {
	compare := func(what string) func(Row) error {
		return func(row Row) error {
			contact, last := row.Int(0), row.Int(1)
			if before := k.move(0, max(contact, 1), 0); before != last {
				k.add("the %s of contact %d is at log entry %d instead of %d", what, contact, last, before)
			}
			return nil
		}
	}
	err := rd.Each("head.links", compare("head"))
	if err == nil {
		err = rd.Each("visitor.links", compare("row"))
	}
	if err == nil {
		err = rd.Each("gone.links", compare("end"))
	}
	for contact, last := range k.last {
		if last != 0 {
			k.add("contact %d has log entries and no head", contact)
		}
	}
	return err
}

// chains looks whether the entries that heads hold can be read and end where
// the chains do. What they say is compared where the engine is.
func (k *check) chains(rd *Reader) error {
	return rd.Each("head.chains", func(row Row) error {
		contact, last, chain := row.Int(0), row.Int(1), row.Blob(2)
		if !inFormat(chain) {
			return nil
		}
		entries, err := journal.UnpackChain(journal.ContactID(contact), string(chain[1:]))
		switch {
		case err != nil || len(entries) == 0:
			k.add("the head of contact %d holds entries that cannot be read", contact)
		case entries[len(entries)-1].Seq != last:
			k.add("the head of contact %d holds entries up to %d instead of %d", contact, entries[len(entries)-1].Seq, last)
		}
		return nil
	})
}

func (k *check) configurations(rd *Reader) error {
	return rd.Each("configuration.list", func(row Row) error {
		if w, seq := row.Int(0), row.Int(1); k.configuration[w] != seq {
			k.add("the configuration of workspace %d is that of log entry %d instead of %d", w, seq, k.configuration[w])
		}
		return nil
	})
}

func (k *check) stages(rd *Reader) error {
	counted, err := countsBy(rd, "stage.counted")
	if err != nil {
		return err
	}
	real, err := countsBy(rd, "stage.recount")
	if err == nil && !maps.Equal(counted, real) {
		k.add("the contacts by stage are counted %v instead of %v", counted, real)
	}
	return err
}

// identities compares how many there are; whom each names is looked up by
// whoever reads the contacts. A contact with others merged into it has more of
// them than it shows.
func (k *check) identities(rd *Reader) error {
	have, err := countsBy(rd, "identity.count")
	if err != nil {
		return err
	}
	want, err := countsBy(rd, "contact.names")
	if err != nil {
		return err
	}
	_, merged, err := rd.One("gone.merged")
	if err == nil && !merged && !maps.Equal(have, want) {
		k.add("the external ids, e-mails and phones of workspaces are counted %v instead of %v", have, want)
	}
	if err != nil {
		return err
	}
	return rd.Each("identity.stray", func(row Row) error {
		k.add("an external id, e-mail or phone names contact %d, which is not there", row.Int(0))
		return nil
	})
}

// changes compares the counts of changes by their time with the log.
func (k *check) changes(rd *Reader) error {
	counted, err := countsBy(rd, "count.counted")
	if err != nil {
		return err
	}
	real, err := countsBy(rd, "count.recount")
	if err != nil {
		return err
	}
	for key := range counted {
		if !real[key] {
			k.add("the changes of workspace %d in the quarter hour %d are not those of the log", key[0], key[1])
		}
	}
	for key := range real {
		if !counted[key] {
			k.add("changes of workspace %d in the quarter hour %d are not counted", key[0], key[1])
		}
	}
	return nil
}

// money compares the lists of revenue and costs with the log.
func (k *check) money(rd *Reader) error {
	return rd.Each("money.stray", func(row Row) error {
		k.add("the list of %s and log entry %d do not know each other", row.Text(0), row.Int(1))
		return nil
	})
}

// countsBy reads rows of up to five numbers into a set.
func countsBy(rd *Reader, query string) (map[[5]int64]bool, error) {
	counts := map[[5]int64]bool{}
	err := rd.Each(query, func(row Row) error {
		var key [5]int64
		for i := range row {
			key[i] = row.Int(i)
		}
		if key != ([5]int64{key[0]}) {
			counts[key] = true
		}
		return nil
	})
	return counts, err
}
