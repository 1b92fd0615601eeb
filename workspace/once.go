package workspace

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// answersKept is how long a repeated request gets its first answer.
const answersKept = 48 * time.Hour

// given reports whether the caller asked for one answer only.
func (o Idempotency) given() bool { return o.Key != "" }

func (o Idempotency) check() error {
	if bad := badText(o.Key, maxIdentifier); bad.Message != "" {
		return fault.At("header.Idempotency-Key", "%s", bad.Message)
	}
	return nil
}

// kept is an answer as it is remembered: what JSON leaves out of it as well.
type kept struct {
	Output json.RawMessage
	Edit   int64
}

// edited is an answer that carries an edit number, which its JSON leaves out.
type edited interface{ EditNumber() *int64 }

// EditNumber is where the answer has it.
func (o *ContactOutput) EditNumber() *int64 { return &o.Contact.Edit }

// EditNumber is where the answer has it.
func (o *SetStageOutput) EditNumber() *int64 { return &o.Contact.Edit }

// EditNumber is where the answer has it.
func (o *StageOutput) EditNumber() *int64 { return &o.Edit }

// EditNumber is where the answer has it.
func (a *ContactListAnswer) EditNumber() *int64 { return &a.Edit }

// EditNumber is where the answer has it.
func (a *SavedViewAnswer) EditNumber() *int64 { return &a.Edit }

// EditNumber is where the answer has it.
func (a *SavedReportAnswer) EditNumber() *int64 { return &a.Edit }

// EditNumber is where the answer has it.
func (a *NoteAnswer) EditNumber() *int64 { return &a.Edit }

// EditNumber is where the answer has it.
func (a *FormAnswer) EditNumber() *int64 { return &a.Edit }

// recall fills out with the first answer to a request, if there was one.
func (s *Service) recall(tx Tx, w journal.WorkspaceID, once Idempotency, out any) (bool, error) {
	return once.recall(tx, w, s.now(), out)
}

func (o Idempotency) recall(tx Tx, w journal.WorkspaceID, now lifecycle.Millis, out any) (bool, error) {
	if !o.given() {
		return false, nil
	}
	hash, answer, err := tx.Answer(w, o.Key, expired(now))
	if err != nil || hash == nil {
		return false, err
	}
	if !bytes.Equal(hash, o.Hash[:]) {
		return false, fault.New(fault.Invalid, "idempotency_key_reused",
			"The idempotency key %s was used for another request.", quote(o.Key))
	}
	if len(answer) == 0 {
		return false, fault.New(fault.Conflict, "answer_erased",
			"The answer to this request was about a contact that was erased since. Nothing was done.")
	}
	var k kept
	if err := json.Unmarshal(answer, &k); err != nil {
		return false, fmt.Errorf("decode remembered answer: %w", err)
	}
	if err := json.Unmarshal(k.Output, out); err != nil {
		return false, fmt.Errorf("decode remembered answer: %w", err)
	}
	if e, ok := out.(edited); ok {
		*e.EditNumber() = k.Edit
	}
	return true, nil
}

// remember keeps the answer to a request, to be committed with its writes.
func (s *Service) remember(tx Tx, w journal.WorkspaceID, once Idempotency, out any) error {
	return once.remember(tx, w, s.now(), out)
}

func (o Idempotency) remember(tx Tx, w journal.WorkspaceID, now lifecycle.Millis, out any) error {
	if !o.given() {
		return nil
	}
	text, err := json.Marshal(out)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	k := kept{Output: text}
	if e, ok := out.(edited); ok {
		k.Edit = *e.EditNumber()
	}
	if text, err = json.Marshal(k); err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	return tx.Remember(w, o.Key, o.Hash[:], text, now, expired(now))
}

func expired(now lifecycle.Millis) lifecycle.Millis {
	return now.Add(-answersKept)
}

// landOnce lands items in one write, unless the request was answered before.
// Answer makes the output of what landed: inside the write only if it must be
// committed with it, so that the writer is not kept from other requests.
func landOnce[T any](ctx context.Context, s *Service, w journal.WorkspaceID, once Idempotency,
	work func(*landing) error, answer func(*landing) (T, error),
) (out T, err error) {
	if err := once.check(); err != nil {
		return out, err
	}
	var done *landing
	err = s.land(ctx, w, func(l *landing) error {
		var first T
		done = nil
		if ok, err := s.recall(l.tx, w, once, &first); err != nil || ok {
			out = first
			return err
		}
		if err := work(l); err != nil {
			return err
		}
		if err := l.finish(); err != nil {
			return err
		}
		if !once.given() {
			done = l
			return nil
		}
		if out, err = answer(l); err != nil {
			return err
		}
		return s.remember(l.tx, w, once, &out)
	})
	if err == nil && done != nil {
		out, err = answer(done)
	}
	return out, err
}

// writeOnce is WriteOnce of the service's own store and time.
func writeOnce[T any](ctx context.Context, s *Service, w journal.WorkspaceID, once Idempotency, work func(Tx) (T, error)) (out T, err error) {
	return WriteOnce(ctx, s.store, s.now(), w, once, work)
}

// WriteOnce runs work in one write, unless the request was answered before:
// then with that answer and without work.
func WriteOnce[T any](ctx context.Context, store Store, now lifecycle.Millis, w journal.WorkspaceID, once Idempotency, work func(Tx) (T, error)) (out T, err error) {
	if err := once.check(); err != nil {
		return out, err
	}
	err = store.Write(ctx, func(tx Tx) error {
		if again, err := once.recall(tx, w, now, &out); err != nil || again {
			return err
		}
		if out, err = work(tx); err != nil {
			return err
		}
		return once.remember(tx, w, now, &out)
	})
	return out, err
}

// WriteSecretOnce is WriteOnce of an answer with a secret that is shown this
// once: a repeated request gets it too, from under the seal of its key. The
// secret is nil where the answer has none.
func WriteSecretOnce[T any](ctx context.Context, store Store, now lifecycle.Millis, w journal.WorkspaceID, once Idempotency, secret func(*T) *string, work func(Tx) (T, error)) (T, error) {
	if err := once.check(); err != nil {
		var none T
		return none, err
	}
	veil := newVeil(once.Key)
	out, err := WriteOnce(ctx, store, now, w, once.veiled(), func(tx Tx) (T, error) {
		out, err := work(tx)
		if shown := secret(&out); err == nil && shown != nil && *shown != "" {
			*shown = veil.seal(*shown)
		}
		return out, err
	})
	if shown := secret(&out); err == nil && shown != nil && *shown != "" {
		*shown, err = veil.open(*shown)
	}
	return out, err
}
