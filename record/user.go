package record

import (
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

func (a accounts) User(id int64) (*workspace.StoredUser, error) { return a.user("user.get", id) }

func (a accounts) UserByEmail(folded string) (*workspace.StoredUser, error) {
	return a.user("user.byEmail", folded)
}

func (a accounts) user(query string, by any) (*workspace.StoredUser, error) {
	row, ok, err := a.rows.One(query, by)
	if err != nil || !ok {
		return nil, err
	}
	return &workspace.StoredUser{ID: row.Int(0), Email: row.Text(1), Name: row.Text(2), Password: row.Text(3)}, nil
}

func (a accounts) Memberships(user int64) (list []workspace.Membership, err error) {
	err = a.rows.Each("member.list", func(row Row) error {
		list = append(list, workspace.Membership{Workspace: journal.WorkspaceID(row.Int(0)), Role: workspace.Role(row.Text(1))})
		return nil
	}, user)
	return list, err
}

func (a accounts) Members(w journal.WorkspaceID) (list []workspace.StoredMember, err error) {
	err = a.rows.Each("member.of", func(row Row) error {
		list = append(list, workspace.StoredMember{
			User: workspace.StoredUser{ID: row.Int(0), Email: row.Text(1), Name: row.Text(2)}, Role: workspace.Role(row.Text(3)),
		})
		return nil
	}, int64(w))
	return list, err
}

func (a accountEditor) RemoveMembership(user int64, w journal.WorkspaceID) error {
	return a.tx.Run("member.remove", int64(w), user)
}

func (a accounts) HasOwner() (bool, error) {
	row, ok, err := a.rows.One("member.owners")
	return ok && row.Int(0) > 0, err
}

func (a accountEditor) AddUser(u workspace.StoredUser, at lifecycle.Millis) (int64, error) {
	row, _, err := a.tx.RunOne("user.add", u.Email, u.Name, u.Password, millis(at))
	if err != nil {
		return 0, err
	}
	return row.Int(0), nil
}

func (a accountEditor) SavePassword(user int64, password string) error {
	return a.tx.Run("user.password", user, password)
}

func (a accountEditor) SaveMembership(user int64, m workspace.Membership) error {
	return a.tx.Run("member.add", int64(m.Workspace), user, string(m.Role))
}
