package workspace

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

// maxImportFile is the largest file that is taken, unpacked.
const maxImportFile = 512 << 20

// StartImport stores the file, checks its header against the mapping, and
// starts the import, which goes on by itself: see GetImport and WaitImport.
func (s *Service) StartImport(ctx context.Context, w journal.WorkspaceID, in StartImportInput) (Import, error) {
	if err := in.check(); err != nil {
		return Import{}, err
	}
	files, err := s.imports.storage()
	if err != nil {
		return Import{}, err
	}
	sum := sha256.New()
	plan, err := in.store(files, sum)
	if err != nil {
		return Import{}, err
	}
	stored, again, err := s.addImport(ctx, w, in, plan, files, sum)
	if err != nil || again {
		err = errors.Join(err, files.Remove(plan.File))
	}
	if err != nil {
		return Import{}, err
	}
	if !again {
		s.imports.launch(s, *stored)
	}
	return showImport(stored), nil
}

func (in *StartImportInput) check() error {
	switch in.Mode {
	case "", ImportCorrection, ImportMove, ImportHistory:
	default:
		return fault.At("body.mode", "must be correction, move or history")
	}
	in.Name = strings.TrimSpace(in.Name)
	if in.Name == "" {
		in.Name = "import.csv"
	}
	if bad := badText(in.Name, maxName); bad.Message != "" {
		return fault.At("body.file", "has a name that %s", bad.Message)
	}
	if in.File == nil {
		return fault.At("body.file", "is missing").Coded("missing")
	}
	return nil
}

// store writes the file to the data folder, unpacked, and hashes it together
// with everything else that was asked for.
func (in *StartImportInput) store(files ImportFiles, sum hash.Hash) (ImportPlan, error) {
	plan := ImportPlan{
		Name: in.Name, Mode: in.Mode, Mapping: in.Mapping, Stage: in.Stage, DryRun: in.DryRun,
		Actor: in.Actor, File: rand.Text() + ".csv",
	}
	for _, part := range []string{in.Name, string(in.Mode), string(in.Mapping), in.Stage, map[bool]string{true: "dry"}[in.DryRun]} {
		_, _ = sum.Write(append([]byte(part), 0))
	}
	source, err := unpack(in.File)
	if err != nil {
		return plan, err
	}
	file, err := files.Create(plan.File)
	if err != nil {
		return plan, err
	}
	plan.Size, err = io.Copy(io.MultiWriter(file, sum), io.LimitReader(source, maxImportFile+1))
	err = errors.Join(unpackError(err), file.Close())
	if err == nil && plan.Size > maxImportFile {
		err = fault.New(fault.TooLarge, "file_too_large", "The file has more than %d MiB. Split it.", fault.Named("max", maxImportFile>>20))
	}
	if err != nil {
		return plan, errors.Join(err, files.Remove(plan.File))
	}
	return plan, nil
}

// unpack looks through gzip, whatever the file is called.
func unpack(file io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(file)
	start, err := buffered.Peek(2)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if !bytes.Equal(start, []byte{0x1f, 0x8b}) {
		return buffered, nil
	}
	unpacked, err := gzip.NewReader(buffered)
	return unpacked, unpackError(err)
}

func unpackError(err error) error {
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fault.At("body.file", "is not complete: it cannot be unpacked").Coded("file_incomplete")
	}
	return err
}

// addImport checks the stored file and notes the import; again is true when
// the same request was answered before.
func (s *Service) addImport(ctx context.Context, w journal.WorkspaceID, in StartImportInput, plan ImportPlan, files ImportFiles, sum hash.Hash) (*StoredImport, bool, error) {
	if in.Once.Key != "" && in.Once.Hash == ([32]byte{}) {
		in.Once.Hash = [32]byte(sum.Sum(nil))
	}
	if err := s.checkImport(ctx, w, &plan, files); err != nil {
		return nil, false, err
	}
	stored := &StoredImport{Workspace: w, Created: s.now(), State: ImportRunning, Plan: plan}
	number, again, err := s.noteImport(ctx, in.Once, stored)
	if err != nil {
		return nil, false, err
	}
	if again {
		var first *StoredImport
		first, err = s.storedImport(ctx, w, showImportID(number))
		return first, true, err
	}
	stored.Number = number
	return stored, false, nil
}

// checkImport reads header and sample, and settles the mode.
func (s *Service) checkImport(ctx context.Context, w journal.WorkspaceID, plan *ImportPlan, files ImportFiles) error {
	var c *Configured
	err := s.store.Read(ctx, func(r Reader) (err error) {
		c, err = r.Configuration(w)
		return err
	})
	if err != nil {
		return err
	}
	file, err := files.Open(plan.File)
	if err != nil {
		return err
	}
	defer file.Close()
	opened, err := openImport(file, plan.Mapping, plan.Stage, c)
	if err != nil {
		return err
	}
	plan.Layout = opened.layout
	usual := ImportCorrection
	if opened.reader.dated {
		usual = ImportHistory
	}
	plan.Mode = cmp.Or(plan.Mode, usual)
	if plan.Mode == ImportHistory && !opened.reader.dated {
		return fault.At("body.mode", "history needs a column with dates: map one to at, or name it as at_column of a stage").Coded("needs_dates")
	}
	return nil
}

// noteImport numbers an import, unless the request was answered before: then
// it returns the number of the first.
func (s *Service) noteImport(ctx context.Context, once Idempotency, stored *StoredImport) (number int64, again bool, err error) {
	if err := once.check(); err != nil {
		return 0, false, err
	}
	err = s.store.Write(ctx, func(tx Tx) (err error) {
		if again, err = s.recall(tx, stored.Workspace, once, &number); err != nil || again {
			return err
		}
		if number, err = tx.Imports().AddImport(*stored); err != nil {
			return err
		}
		return s.remember(tx, stored.Workspace, once, number)
	})
	return number, again, err
}
