package record

import (
	"bytes"
	"encoding/json"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// rows is what Tx and Reader have in common: reading by named queries.
type rows interface {
	Each(name string, visit func(Row) error, args ...any) error
	One(name string, args ...any) (Row, bool, error)
}

// accounts reads keys, people and sessions.
type accounts struct{ rows rows }

// accountEditor writes them too.
type accountEditor struct {
	accounts
	tx *Tx
}

// Accounts reads who may come in.
func (r *Reader) Accounts() workspace.AccountReader { return accounts{r} }

// Accounts changes who may come in.
func (t *Tx) Accounts() workspace.AccountEditor { return accountEditor{accounts{t}, t} }

func storedKey(row Row) workspace.StoredKey {
	var origins []string
	if !row.Null(6) {
		_ = json.Unmarshal([]byte(row.Text(6)), &origins) // written by originsText
	}
	return workspace.StoredKey{
		ID: row.Int(0), Workspace: journal.WorkspaceID(row.Int(1)), Name: row.Text(2),
		Scope: workspace.Scope(row.Text(3)), Hash: bytes.Clone(row.Blob(4)), Created: lifecycle.Millis(row.Int(5)), Origins: origins,
		Used: lifecycle.Millis(row.Int(7)),
	}
}

func (a accounts) Key(hash []byte) (*workspace.StoredKey, error) {
	row, ok, err := a.rows.One("key.get", hash)
	if err != nil || !ok {
		return nil, err
	}
	k := storedKey(row)
	return &k, nil
}

func (a accounts) Keys(w journal.WorkspaceID) (keys []workspace.StoredKey, err error) {
	err = a.rows.Each("key.list", func(row Row) error {
		keys = append(keys, storedKey(row))
		return nil
	}, int64(w))
	return keys, err
}

func (a accountEditor) AddKey(k workspace.StoredKey) (int64, error) {
	row, _, err := a.tx.RunOne("key.add", int64(k.Workspace), k.Name, string(k.Scope), k.Hash, millis(k.Created), originsText(k.Origins))
	if err != nil {
		return 0, err
	}
	return row.Int(0), nil
}

func (a accountEditor) SaveKey(k workspace.StoredKey) error {
	return a.tx.Run("key.save", int64(k.Workspace), k.ID, k.Name, originsText(k.Origins))
}

func (a accountEditor) SaveKeyUse(id int64, at lifecycle.Millis) error {
	return a.tx.Run("key.use", id, millis(at))
}

// originsText is NULL for any site.
func originsText(origins []string) any {
	if len(origins) == 0 {
		return nil
	}
	text, _ := json.Marshal(origins) // texts never fail
	return string(text)
}

func (a accountEditor) RemoveKey(w journal.WorkspaceID, id int64) (bool, error) {
	n, err := a.tx.Affected("key.remove", int64(w), id)
	return n > 0, err
}
