package record

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// Tombstone names a contact that was erased, for a restore of an older record
// to obey. Nothing in it tells who that was.
type Tombstone struct {
	Record    string              `json:"record"` // Lineage of the record
	Workspace journal.WorkspaceID `json:"workspace"`
	Contact   journal.ContactID   `json:"contact"`
	At        lifecycle.Millis    `json:"at"`
}

// Tombstones is a file of them, one a line. It is only ever added to.
type Tombstones struct{ path, record string }

// OpenTombstones names the file for a record; it is made when it is needed.
func OpenTombstones(path string, r *Record) Tombstones { return Tombstones{path, r.lineage} }

// Bury adds contacts that are not there yet.
func (t Tombstones) Bury(list []workspace.StoredErasure) error {
	have, err := ReadTombstones(t.path)
	if err != nil {
		return err
	}
	known := map[Tombstone]bool{}
	for _, h := range have {
		known[h] = true
	}
	file, err := os.OpenFile(t.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	// A line that was cut off ends here.
	if _, err := file.WriteString("\n"); err != nil {
		return errors.Join(err, file.Close())
	}
	out := json.NewEncoder(file)
	for _, e := range list {
		stone := Tombstone{t.record, e.Workspace, e.Contact, e.At}
		if known[stone] {
			continue
		}
		if err := out.Encode(stone); err != nil {
			return errors.Join(err, file.Close())
		}
	}
	return errors.Join(file.Sync(), file.Close())
}

// ReadTombstones reads such a file; one that is not there has none. A line
// that was cut off by a crash is passed over: it is written again.
func ReadTombstones(path string) (list []Tombstone, err error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var stone Tombstone
		if json.Unmarshal(lines.Bytes(), &stone) == nil && stone.Contact != 0 {
			list = append(list, stone)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read tombstones: %w", err)
	}
	return list, nil
}

// WriteTombstones makes a file of them.
func WriteTombstones(path string, list []Tombstone) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	out := json.NewEncoder(file)
	for _, stone := range list {
		if err := out.Encode(stone); err != nil {
			return errors.Join(err, file.Close())
		}
	}
	return errors.Join(file.Sync(), file.Close())
}
