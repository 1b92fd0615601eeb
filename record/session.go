package record

import (
	"bytes"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

func (a accounts) Session(hash []byte) (*workspace.StoredSession, error) {
	row, ok, err := a.rows.One("session.get", hash)
	if err != nil || !ok {
		return nil, err
	}
	return &workspace.StoredSession{Hash: hash, User: row.Int(0), Expires: lifecycle.Millis(row.Int(1))}, nil
}

func (a accounts) Setup() (hash []byte, expires lifecycle.Millis, err error) {
	row, ok, err := a.rows.One("setup.get")
	if err != nil || !ok {
		return nil, 0, err
	}
	return bytes.Clone(row.Blob(0)), lifecycle.Millis(row.Int(1)), nil
}

func (a accountEditor) AddSession(s workspace.StoredSession, now lifecycle.Millis, keep int) error {
	if err := a.tx.Run("session.expire", s.User, millis(now)); err != nil {
		return err
	}
	if err := a.tx.Run("session.add", s.Hash, s.User, millis(s.Expires)); err != nil {
		return err
	}
	return a.tx.Run("session.trim", s.User, int64(keep))
}

func (a accountEditor) RenewSession(hash []byte, expires lifecycle.Millis) error {
	return a.tx.Run("session.renew", hash, millis(expires))
}

func (a accountEditor) RemoveSession(hash []byte) error { return a.tx.Run("session.remove", hash) }

func (a accountEditor) RemoveOtherSessions(user int64, hash []byte) error {
	return a.tx.Run("session.removeOthers", user, hash)
}

func (a accountEditor) SaveSetup(hash []byte, expires lifecycle.Millis) error {
	if hash == nil {
		return a.tx.Run("setup.clear")
	}
	return a.tx.Run("setup.save", hash, millis(expires))
}
