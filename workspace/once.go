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
	if reason := badText(o.Key, maxIdentifier); reason != "" {
		return fault.At("header.Idempotency-Key", "%s", reason)
	}
	return nil
}

// kept is an answer as it is remembered: what JSON leaves out of it as well.
type kept struct {
	Output json.RawMessage
	Edit   int64
}

// edited is an answer that carries an edit number, which its JSON leaves out.
type edited interface{ edit() *int64 }

func (o *ContactOutput) edit() *int64  { return &o.Contact.Edit }
func (o *SetStageOutput) edit() *int64 { return &o.Contact.Edit }
func (o *StageOutput) edit() *int64    { return &o.Edit }

func (a *ContactListAnswer) edit() *int64 { return &a.Edit }
func (a *SavedViewAnswer) edit() *int64   { return &a.Edit }

// recall fills out with the first answer to a request, if there was one.
func (s *Service) recall(tx Tx, w journal.WorkspaceID, once Idempotency, out any) (bool, error) {
	if !once.given() {
		return false, nil
	}
	hash, answer, err := tx.Answer(w, once.Key, s.expired())
	if err != nil || hash == nil {
		return false, err
	}
	if !bytes.Equal(hash, once.Hash[:]) {
		return false, fault.New(fault.Invalid, "idempotency_key_reused",
			"The idempotency key %s was used for another request.", quote(once.Key))
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
		*e.edit() = k.Edit
	}
	return true, nil
}

// remember keeps the answer to a request, to be committed with its writes.
func (s *Service) remember(tx Tx, w journal.WorkspaceID, once Idempotency, out any) error {
	if !once.given() {
		return nil
	}
	text, err := json.Marshal(out)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	k := kept{Output: text}
	if e, ok := out.(edited); ok {
		k.Edit = *e.edit()
	}
	if text, err = json.Marshal(k); err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	return tx.Remember(w, once.Key, once.Hash[:], text, s.now(), s.expired())
}

func (s *Service) expired() lifecycle.Millis {
	return s.now() - lifecycle.Millis(answersKept.Milliseconds())
}

// landOnce lands items in one write, unless the request was answered before.
// Answer makes the output of what landed: inside the write only if it must be
// committed with it, so that the writer is not kept from other requests.
func landOnce[T any](ctx context.Context, s *Service, w journal.WorkspaceID, once Idempotency,
	work func(*landing) error, answer func(*landing) (T, error)) (out T, err error) {
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

// writeOnce runs work in one write, unless the request was answered before:
// then with that answer and without work.
func writeOnce[T any](ctx context.Context, s *Service, w journal.WorkspaceID, once Idempotency, work func(Tx) (T, error)) (out T, err error) {
	if err := once.check(); err != nil {
		return out, err
	}
	err = s.store.Write(ctx, func(tx Tx) error {
		if again, err := s.recall(tx, w, once, &out); err != nil || again {
			return err
		}
		if out, err = work(tx); err != nil {
			return err
		}
		return s.remember(tx, w, once, &out)
	})
	return out, err
}
