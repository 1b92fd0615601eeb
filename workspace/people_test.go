package workspace_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/record"
	"github.com/tidemark/tidemark/workspace"
)

// office is a service on a real record, with a clock that tests move.
type office struct {
	*workspace.Service
	t       testing.TB
	dir     string
	record  *record.Record
	files   record.ImportFolder
	elapsed *atomic.Int64
	w       journal.WorkspaceID
}

// openOffice opens a service with one workspace, at noon of 2026-06-15 UTC.
func openOffice(t testing.TB) *office {
	t.Helper()
	dir := t.TempDir()
	r, err := record.Open(t.Context(), filepath.Join(dir, "record.db"), record.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	o := &office{t: t, dir: dir, record: r, elapsed: &atomic.Int64{}}
	if o.files, err = record.OpenImportFolder(filepath.Join(dir, "imports")); err != nil {
		t.Fatal(err)
	}
	o.restart()
	made, err := o.CreateWorkspace(t.Context(), workspace.CreateWorkspaceInput{Name: "Office"})
	if err != nil {
		t.Fatal(err)
	}
	o.w = made.Workspace
	return o
}

// restart makes a new service on the same record, as a new process would.
func (o *office) restart() {
	o.t.Helper()
	if o.Service != nil {
		o.CloseImports()
	}
	start := time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)
	o.Service = workspace.NewService(o.record.Store(), func() time.Time { return start.Add(time.Duration(o.elapsed.Load())) })
	if err := o.OpenImports(context.WithoutCancel(o.t.Context()), o.files, slog.New(slog.DiscardHandler)); err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(o.CloseImports)
}

func (o *office) pass(d time.Duration) { o.elapsed.Add(int64(d)) }

// wantCode fails the test unless the error has a code.
func wantCode(t testing.TB, err error, code string) {
	t.Helper()
	if err == nil || fault.CodeOf(err) != code {
		t.Errorf("got error %v, want %s", err, code)
	}
}

const password = "correct horse battery"

// setUp makes the first owner.
func (o *office) setUp() workspace.SessionOutput {
	o.t.Helper()
	token, needed, err := o.SetupToken(o.t.Context())
	if err != nil || !needed {
		o.t.Fatalf("setup token: needed %t, %v", needed, err)
	}
	out, err := o.SetUp(o.t.Context(), workspace.SetUpInput{Token: token, Name: "Ada", Email: "Ada@Example.com", Password: password})
	if err != nil {
		o.t.Fatal(err)
	}
	return out
}

func TestSetUp(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	first, _, err := o.SetupToken(ctx)
	if err != nil {
		t.Fatal(err)
	}
	second, _, err := o.SetupToken(ctx)
	if err != nil {
		t.Fatal(err)
	}
	in := workspace.SetUpInput{Token: first, Name: "Ada", Email: "ada@example.com", Password: password}
	_, err = o.SetUp(ctx, in)
	wantCode(t, err, "setup_token_wrong")
	in.Token = second
	in.Password, in.Email, in.Name = "too short", "ada", ""
	_, err = o.SetUp(ctx, in)
	var bad *fault.Error
	if !errors.As(err, &bad) || len(bad.Details) != 3 {
		t.Errorf("three faults at once: %v", err)
	}
	in.Password, in.Email, in.Name = password, "Ada@example.com", "Ada"
	o.pass(8 * 24 * time.Hour)
	_, err = o.SetUp(ctx, in)
	wantCode(t, err, "setup_token_wrong")

	out := o.setUp()
	want := workspace.SessionOutput{
		Token: out.Token, User: workspace.User{ID: "usr_1", Name: "Ada", Email: "ada@example.com", Role: workspace.RoleOwner},
		Workspaces: []workspace.WorkspaceMember{{ID: o.w, Name: "Office", Role: workspace.RoleOwner}},
	}
	if diff := cmp.Diff(want, out); diff != "" || out.Token == "" {
		t.Error(diff)
	}
	if token, needed, err := o.SetupToken(ctx); token != "" || needed || err != nil {
		t.Errorf("a token once there is an owner: %q, %t, %v", token, needed, err)
	}
	_, err = o.SetUp(ctx, in)
	wantCode(t, err, "already_set_up")
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	o.setUp()
	out, err := o.SignIn(ctx, " ADA@example.com", password)
	if err != nil || out.User.Name != "Ada" {
		t.Fatalf("sign in: %+v, %v", out, err)
	}
	for _, wrong := range [][2]string{{"ada@example.com", "wrong horse battery"}, {"eve@example.com", password}, {"", ""}, {"ada@example.com", strings.Repeat("x", 1000)}} {
		_, err := o.SignIn(ctx, wrong[0], wrong[1])
		wantCode(t, err, "sign_in_failed")
	}
	if again, err := o.Session(ctx, out.Token); err != nil || again.User != out.User {
		t.Errorf("session: %+v, %v", again, err)
	}
	if err := o.SignOut(ctx, out.Token); err != nil {
		t.Fatal(err)
	}
	_, err = o.Session(ctx, out.Token)
	wantCode(t, err, "session_unknown")
	_, err = o.Session(ctx, "")
	wantCode(t, err, "session_unknown")
}

func TestSignInSlowsDown(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	o.setUp()
	for range 5 {
		_, err := o.SignIn(ctx, "ada@example.com", "wrong horse battery")
		wantCode(t, err, "sign_in_failed")
	}
	_, err := o.SignIn(ctx, "ada@example.com", password)
	wantCode(t, err, "sign_in_slowed")
	var slow *fault.Error
	if errors.As(err, &slow); slow.RetryAfter <= 0 || slow.RetryAfter > time.Second {
		t.Errorf("retry after %v, want up to a second", slow.RetryAfter)
	}
	o.pass(time.Second)
	if _, err := o.SignIn(ctx, "ada@example.com", password); err != nil {
		t.Errorf("after the pause: %v", err)
	}
	for range 4 {
		_, err := o.SignIn(ctx, "ada@example.com", "wrong horse battery")
		wantCode(t, err, "sign_in_failed")
	}
	if _, err := o.SignIn(ctx, "ada@example.com", password); err != nil {
		t.Errorf("a success forgets the failures before: %v", err)
	}
}

func TestSessionSlides(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	out := o.setUp()
	for range 4 {
		o.pass(29 * 24 * time.Hour)
		if _, err := o.Session(ctx, out.Token); err != nil {
			t.Fatalf("a session in use: %v", err)
		}
	}
	o.pass(31 * 24 * time.Hour)
	_, err := o.Session(ctx, out.Token)
	wantCode(t, err, "session_unknown")
}

func TestSessionsOfOnePersonAreBounded(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	first := o.setUp()
	for range 20 {
		o.pass(time.Minute)
		if _, err := o.OpenSession(ctx, first.User.ID); err != nil {
			t.Fatal(err)
		}
	}
	_, err := o.Session(ctx, first.Token)
	wantCode(t, err, "session_unknown")
	_, err = o.OpenSession(ctx, "usr_99")
	wantCode(t, err, "user_not_found")
}

func TestAddUser(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	o.setUp()
	in := workspace.AddUserInput{Workspace: o.w, Name: "Bo", Email: "bo@example.com", Password: password, Role: workspace.RoleViewer}
	if user, err := o.AddUser(ctx, in); err != nil || user.Role != workspace.RoleViewer {
		t.Fatalf("%+v, %v", user, err)
	}
	_, err := o.AddUser(ctx, in)
	wantCode(t, err, "email_taken")
	session, err := o.SignIn(ctx, "bo@example.com", password)
	if err != nil {
		t.Fatal(err)
	}
	p, err := session.Principal(0)
	if err != nil || p.Allows(workspace.ScopeWrite) || !p.Allows(workspace.ScopeRead) {
		t.Errorf("a viewer reads only: %+v, %v", p, err)
	}
	_, err = session.Principal(o.w + 1)
	wantCode(t, err, "not_a_member")

	other, err := o.CreateWorkspace(ctx, workspace.CreateWorkspaceInput{Name: "Shop"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.AddUser(ctx, workspace.AddUserInput{Workspace: other.Workspace, Email: "BO@example.com", Role: workspace.RoleEditor}); err != nil {
		t.Fatal(err)
	}
	session, err = o.SignIn(ctx, "bo@example.com", password)
	if err != nil {
		t.Fatal(err)
	}
	want := []workspace.WorkspaceMember{{ID: o.w, Name: "Office", Role: workspace.RoleViewer}, {ID: other.Workspace, Name: "Shop", Role: workspace.RoleEditor}}
	if diff := cmp.Diff(want, session.Workspaces); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []workspace.AddUserInput{
		{Workspace: o.w, Email: "nobody@example.com", Role: workspace.RoleEditor},
		{Workspace: o.w, Name: "Cy", Email: "cy@example.com", Password: password, Role: "king"},
	} {
		_, err := o.AddUser(ctx, bad)
		wantCode(t, err, "invalid")
	}
	in.Workspace = 99
	_, err = o.AddUser(ctx, in)
	wantCode(t, err, "workspace_not_found")
}

func TestPrincipalAllows(t *testing.T) {
	t.Parallel()
	all := workspace.Scopes()
	for _, test := range []struct {
		has  workspace.Scope
		want string
	}{{"read", "read"}, {"write", "read write collect"}, {"admin", "read write admin collect"}, {"collect", "collect"}, {"", ""}} {
		var allowed []string
		for _, scope := range all {
			if (workspace.Principal{Scopes: []workspace.Scope{test.has}}).Allows(scope) {
				allowed = append(allowed, string(scope))
			}
		}
		if got := strings.Join(allowed, " "); got != test.want {
			t.Errorf("%q allows %q, want %q", test.has, got, test.want)
		}
	}
}
