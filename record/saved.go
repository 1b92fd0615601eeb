package record

import (
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// saved reads views and lists; savedWriter writes them too.
type saved struct{ rows rows }

type savedWriter struct {
	saved
	tx *Tx
}

// Saved reads views and lists.
func (r *Reader) Saved() workspace.SavedReader { return saved{r} }

// Saved writes views and lists.
func (t *Tx) Saved() workspace.SavedWriter { return savedWriter{saved{t}, t} }

func (s saved) list(query string, args ...any) (list []workspace.StoredSaved, err error) {
	err = s.rows.Each(query, func(row Row) error {
		list = append(list, workspace.StoredSaved{
			Number: row.Int(0), Workspace: journal.WorkspaceID(row.Int(1)), Kind: workspace.SavedKind(row.Int(2)),
			Created: lifecycle.Millis(row.Int(3)), Edit: row.Int(4), Members: row.Int(5), Body: []byte(row.Text(6)),
		})
		return nil
	}, args...)
	return list, err
}

func (s saved) Get(w journal.WorkspaceID, kind workspace.SavedKind, number int64) (*workspace.StoredSaved, error) {
	list, err := s.list("saved.get", int64(w), int64(kind), number)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func (s saved) All(w journal.WorkspaceID, kind workspace.SavedKind) ([]workspace.StoredSaved, error) {
	return s.list("saved.list", int64(w), int64(kind))
}

func (s saved) Members(list int64, after journal.ContactID, limit int) (members []journal.ContactID, err error) {
	err = s.rows.Each("listMember.list", func(row Row) error {
		members = append(members, journal.ContactID(row.Int(0)))
		return nil
	}, list, int64(after), limit)
	return members, err
}

func (s saved) Events(list, before int64, limit int) (events []workspace.StoredMembership, err error) {
	err = s.rows.Each("listMember.events", func(row Row) error {
		events = append(events, workspace.StoredMembership{
			Number: row.Int(0), Contact: journal.ContactID(row.Int(1)), Entered: row.Int(2) != 0, At: lifecycle.Millis(row.Int(3)),
		})
		return nil
	}, list, before, limit)
	return events, err
}

// Properties lists names that the dictionary has as fields. Those that filters
// spell with quotes are there a second time, as the filter spells them.
func (s saved) Properties(w journal.WorkspaceID, limit int) (names []string, err error) {
	err = s.rows.Each("dictionary.from", func(row Row) error {
		name := strings.TrimPrefix(row.Text(0), journal.PropertyPrefix)
		if !strings.HasPrefix(name, `"`) && name != "" {
			names = append(names, strings.Clone(name))
		}
		return nil
	}, int64(w), journal.PropertyPrefix, afterPrefix(journal.PropertyPrefix), limit)
	return names, err
}

func (s savedWriter) Add(v workspace.StoredSaved) (int64, error) {
	row, _, err := s.tx.RunOne("saved.add", int64(v.Workspace), int64(v.Kind), millis(v.Created), string(v.Body))
	if err != nil {
		return 0, err
	}
	return row.Int(0), nil
}

func (s savedWriter) Save(v *workspace.StoredSaved) error {
	v.Edit++
	return s.tx.Run("saved.save", int64(v.Workspace), v.Number, string(v.Body))
}

func (s savedWriter) Note(v *workspace.StoredSaved) error {
	return s.tx.Run("saved.note", int64(v.Workspace), v.Number, string(v.Body))
}

func (s savedWriter) Remove(v *workspace.StoredSaved) error {
	if err := s.tx.Run("saved.remove", int64(v.Workspace), v.Number); err != nil {
		return err
	}
	if err := s.tx.Run("listMember.forget", v.Number); err != nil {
		return err
	}
	return s.tx.Run("listMember.forgetEvents", v.Number)
}

func (s savedWriter) SetMember(list int64, c journal.ContactID, member bool, at lifecycle.Millis) (bool, error) {
	query, more := "listMember.add", int64(1)
	if !member {
		query, more = "listMember.remove", -1
	}
	n, err := s.tx.Affected(query, list, int64(c))
	if err != nil || n == 0 {
		return false, err
	}
	if err := s.tx.Run("listMember.count", list, more); err != nil {
		return false, err
	}
	return true, s.tx.Run("listMember.event", list, int64(c), member, millis(at))
}
