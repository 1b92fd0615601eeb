package workspace_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/workspace"
)

func TestKeys(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	made, err := o.CreateKey(ctx, workspace.CreateKeyInput{Workspace: o.w, Name: "Site", Scope: workspace.ScopeWrite})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(made.Secret, "tmk_") || len(made.Secret) < 40 {
		t.Errorf("secret %q", made.Secret)
	}
	for range 2 { // from the record, then remembered
		p, err := o.Authenticate(ctx, made.Secret)
		want := workspace.Principal{Workspace: o.w, Kind: workspace.PrincipalKey, ID: made.ID, Name: "Site", Scopes: []workspace.Scope{"write"}}
		if diff := cmp.Diff(want, p); diff != "" || err != nil {
			t.Error(diff, err)
		}
	}
	keys, err := o.ListKeys(ctx, o.w)
	if err != nil || len(keys) != 1 || keys[0].Name != "Site" || keys[0].Scope != "write" {
		t.Errorf("keys %+v, %v", keys, err)
	}
	if err := o.DeleteKey(ctx, o.w+1, made.ID); err == nil {
		t.Error("another workspace deleted the key")
	}
	if err := o.DeleteKey(ctx, o.w, made.ID); err != nil {
		t.Fatal(err)
	}
	_, err = o.Authenticate(ctx, made.Secret)
	wantCode(t, err, "key_unknown")
	wantCode(t, o.DeleteKey(ctx, o.w, made.ID), "key_not_found")
}

func TestKeySecretGiven(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	in := workspace.CreateKeyInput{Workspace: o.w, Name: "Demo", Scope: workspace.ScopeAdmin, Secret: "tmk_demo_demo_demo"}
	if _, err := o.CreateKey(ctx, in); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Authenticate(ctx, in.Secret); err != nil {
		t.Error(err)
	}
	_, err := o.CreateKey(ctx, in)
	wantCode(t, err, "key_taken")
	for _, bad := range []workspace.CreateKeyInput{
		{Workspace: o.w, Name: "", Scope: "read"},
		{Workspace: o.w, Name: "x", Scope: "all"},
	} {
		_, err := o.CreateKey(ctx, bad)
		wantCode(t, err, "invalid")
	}
	in.Workspace, in.Secret = 99, ""
	_, err = o.CreateKey(ctx, in)
	wantCode(t, err, "workspace_not_found")
	for _, bearer := range []string{"", "tmk_", "tmk_demo_demo_dem", "tmk_demo_demo_demo "} {
		_, err := o.Authenticate(ctx, bearer)
		wantCode(t, err, "key_unknown")
	}
}

func TestKeysNeverLieInTheRecord(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	secret := "tmk_a_secret_that_nobody_may_find"
	if _, err := o.CreateKey(t.Context(), workspace.CreateKeyInput{Workspace: o.w, Name: "x", Scope: "read", Secret: secret}); err != nil {
		t.Fatal(err)
	}
	session := o.setUp()
	for _, hidden := range []string{secret, session.Token, password} {
		if o.lies(hidden) {
			t.Errorf("%q lies in the record", hidden)
		}
	}
	if !o.lies("ada@example.com") {
		t.Error("the search does not find what is there")
	}
}

// TestRepeatedKeyLiesSealed makes a key by a request that can be repeated: the
// secret is remembered for that, but in no way that the record tells.
func TestRepeatedKeyLiesSealed(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	in := workspace.CreateKeyInput{
		Workspace: o.w, Name: "CRM", Scope: workspace.ScopeRead, Once: workspace.Idempotency{Key: "once and only", Hash: [32]byte{1}},
	}
	first, err := o.CreateKey(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := o.CreateKey(t.Context(), in); err != nil || again != first {
		t.Errorf("again %+v, %v, want %+v", again, err, first)
	}
	if _, err := o.Authenticate(t.Context(), first.Secret); err != nil {
		t.Errorf("the key does not open: %v", err)
	}
	for _, secret := range []string{first.Secret, "once and only"} {
		if o.lies(secret) {
			t.Errorf("%q lies in the record", secret)
		}
	}
}

// lies reports whether a text is anywhere in the files of the record.
func (o *office) lies(text string) bool {
	o.t.Helper()
	paths, err := filepath.Glob(filepath.Join(o.dir, "record.db*"))
	if err != nil || len(paths) == 0 {
		o.t.Fatalf("no files of the record: %v", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			o.t.Fatal(err)
		}
		if bytes.Contains(data, []byte(text)) {
			return true
		}
	}
	return false
}
