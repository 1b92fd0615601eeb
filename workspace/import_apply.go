package workspace

import (
	"errors"
	"hash/fnv"
	"slices"
	"strconv"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/tabular"
)

// applying is one chunk of rows inside one write.
type applying struct {
	run      *importRun
	l        *landing
	at       tabular.Position // after the chunk
	next     StoredImport
	rejected []Rejection
	results  []*landed // of moves: late ones are known to have an effect only in the end
	subjects map[journal.ContactID]*subject
	keys     map[journal.ContactID]uint64 // of a dry run
	seen     map[uint64]verdict           // of a dry run
}

// all applies the rows and writes what they changed.
func (a *applying) all(lines []line) error {
	a.subjects = map[journal.ContactID]*subject{}
	a.keys = map[journal.ContactID]uint64{}
	for i := range lines {
		if err := a.one(&lines[i]); err != nil {
			return err
		}
	}
	if err := a.l.finish(); err != nil {
		return err
	}
	for _, out := range a.results {
		if out.changed {
			a.next.Progress.Counts.Moved++
		}
	}
	a.next.Progress.Position = a.at
	a.next.Progress.RowsDone += int64(len(lines))
	a.next.Progress.Seq = max(a.next.Progress.Seq, a.l.last)
	return a.judge()
}

// one applies a row, or notes why not.
func (a *applying) one(line *line) error {
	if line.fault.Reason != "" {
		a.reject(*line.fault)
		return nil
	}
	err := a.row(&line.row)
	if _, own := reasonOf(err); own {
		why := a.run.rejection(err)
		why.Line, why.Span = line.fault.Line, line.fault.Span
		a.reject(*why)
		return nil
	}
	return err
}

func (a *applying) reject(r Rejection) {
	a.rejected = append(a.rejected, r)
	a.next.Progress.Counts.Rejected++
}

// row brings a row in: the contact with its first move, then the others. All
// that can refuse a move is asked before anything is written.
func (a *applying) row(row *importRow) error {
	moves := a.moves(row.moves)
	for _, m := range moves {
		if _, err := a.l.target(m); err != nil {
			return err
		}
		if err := a.run.s.checkAt(a.l.at(m)); err != nil {
			return err
		}
	}
	number := a.run.stored.Number
	it := item{fields: row.fields, imported: number, actor: journal.Actor{
		Kind: journal.ActorImport, ID: showImportID(number), Name: a.run.stored.Plan.Name,
	}}
	if len(moves) > 0 {
		it.move = moves[0]
	}
	out, err := a.land(&it)
	if err != nil {
		return err
	}
	a.count(out, row)
	for _, m := range moves[min(1, len(moves)):] {
		next := item{ref: &ContactRef{ID: out.subject.ID}, move: m, imported: number, actor: it.actor}
		if _, err := a.land(&next); err != nil {
			return err
		}
	}
	return nil
}

// land brings one item in and counts its move.
func (a *applying) land(it *item) (*landed, error) {
	out, err := a.l.land(it)
	if err != nil {
		return nil, err
	}
	n := &a.next.Progress.Counts
	switch {
	case out.duplicate:
		n.Duplicate++
	case out.kept:
		n.KeptForwardOnly++
	default:
		a.results = append(a.results, out)
	}
	return out, nil
}

// count counts what became of the contact. A dry run forgets the contacts
// that it made with each chunk, so it remembers them by their identifiers.
func (a *applying) count(out *landed, row *importRow) {
	n := &a.next.Progress.Counts
	n.Skipped += int64(row.skipped)
	a.subjects[out.subject.ID] = out.subject
	if a.run.dry != nil {
		key := keyOf(row.fields)
		a.keys[out.subject.ID] = key
		if _, again := a.run.dry.seen[key]; again && out.created {
			return
		}
	}
	switch {
	case out.created:
		n.Created++
	case out.edited:
		n.Updated++
	}
}

// moves are the stage changes that a row means in the mode of the import.
func (a *applying) moves(stated []importMove) []*move {
	if len(stated) == 0 {
		return nil
	}
	if a.run.stored.Plan.Mode == ImportHistory {
		return historyMoves(stated)
	}
	last := stated[len(stated)-1] // where the contact is after all of them
	return []*move{{
		stage: stageText(last.stage), silent: a.run.stored.Plan.Mode == ImportCorrection, forwardOnly: a.l.c.ForwardOnly,
	}}
}

// historyMoves are dated moves, which count once however often a file is
// imported. A stage without a date is where the contact is, as far as the file
// knows: it is set silently, and only if the row has no dated move.
func historyMoves(stated []importMove) []*move {
	var moves []*move
	for _, m := range stated {
		if m.at != nil {
			moves = append(moves, &move{stage: stageText(m.stage), at: *m.at, own: true, id: historyID(m.stage, *m.at)})
		}
	}
	if len(moves) == 0 {
		moves = append(moves, &move{stage: stageText(stated[len(stated)-1].stage), silent: true})
	}
	return moves
}

func historyID(stage lifecycle.StageID, at lifecycle.Millis) string {
	return "import:" + strconv.Itoa(int(stage)) + "@" + strconv.FormatInt(int64(at), 10)
}

func stageText(id lifecycle.StageID) *string {
	if id == lifecycle.NoStage {
		return nil
	}
	text := ShowStageID(id)
	return &text
}

// judge notes the contacts that were written to, and those that may not show
// in reports.
func (a *applying) judge() error {
	a.seen = map[uint64]verdict{}
	for id, sub := range a.subjects {
		if a.run.dry == nil && sub.touched {
			if err := a.l.tx.Imports().Wrote(a.run.stored.Number, id); err != nil {
				return err
			}
		}
		v := a.l.c.verdict(&sub.Head.State)
		if a.run.dry != nil {
			a.seen[a.keys[id]] = v
			continue
		}
		if v == verdictShows && sub.Head.Folded {
			continue
		}
		if err := a.l.tx.Imports().Touch(a.run.stored.Number, id); err != nil {
			return err
		}
	}
	return nil
}

// save writes the progress, unless the import was cancelled meanwhile.
func (a *applying) save(tx Tx) error {
	imports := tx.Imports()
	stored, err := imports.Import(a.next.Workspace, a.next.Number)
	if err != nil {
		return err
	}
	if stored == nil || stored.State != ImportRunning {
		return errStopped
	}
	for _, r := range a.rejected {
		if err := imports.Reject(a.next.Number, r); err != nil {
			return err
		}
	}
	return imports.SaveImport(&a.next)
}

// errStopped says that an import was cancelled: the chunk is taken back.
var errStopped = errors.New("workspace: import cancelled")

// clean checks the fields of a row as those of any contact are.
func (r *importRun) clean(f ContactFields) (ContactFields, error) {
	var k checker
	out := k.contact("body", f)
	return out, k.Err()
}

// rejection says which cell refuses a row, and why.
func (r *importRun) rejection(err error) *Rejection {
	if cell, ok := errors.AsType[*cellError](err); ok {
		return &Rejection{Column: cell.index + 1, Reason: cell.Error()}
	}
	out := &Rejection{}
	out.Reason, _ = reasonOf(err)
	known, ok := errors.AsType[*fault.Error](err)
	if !ok || len(known.Details) == 0 {
		return out
	}
	d := known.Details[0]
	i := slices.IndexFunc(r.reader.fields, func(f fieldReader) bool { return d.Location == f.at })
	switch {
	case i >= 0:
		index := r.reader.fields[i].index
		out.Column, out.Reason = index+1, r.header[index]+" "+d.Message
	case d.Location == "body":
		out.Reason = "the row " + d.Message
	}
	return out
}

// keyOf is a short name for the contact of a row.
func keyOf(f ContactFields) uint64 {
	h := fnv.New64a()
	for _, i := range f.identities()[:1] {
		_, _ = h.Write(append([]byte{byte(i.Kind)}, i.Value...))
	}
	return h.Sum64()
}
