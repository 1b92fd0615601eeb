package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/tidemark/tidemark/workspace"
)

type keyCommands struct {
	Create createKeyCommand `cmd:"" help:"Create an API key and print it, once."`
}

type createKeyCommand struct {
	folderFlags
	Name  string `help:"What the key is for." required:""`
	Scope string `help:"What it may do: ${enum}." enum:"read,write,admin,collect" default:"write"`

	Origin []string `help:"Of scope collect: a site that may use it, like https://example.com; may be repeated. Without any, all may."`
}

// Run creates the key and prints it on a line of its own.
func (c *createKeyCommand) Run(ctx context.Context, con *console) error {
	return withOwner(ctx, con, c.Data, c.Workspace, func(owner *client) error {
		var made workspace.CreateKeyOutput
		asked := map[string]any{"name": c.Name, "scope": c.Scope}
		if len(c.Origin) > 0 {
			asked["origins"] = c.Origin
		}
		if err := owner.call(ctx, http.MethodPost, "/v1/keys", asked, &made); err != nil {
			return err
		}
		_, err := fmt.Fprintln(con.stdout, made.Secret)
		return err
	})
}

type userCommands struct {
	Add addUserCommand `cmd:"" help:"Add a person to a workspace."`
}

type addUserCommand struct {
	folderFlags
	Email    string `help:"Their address, to sign in with." required:""`
	Name     string `help:"Their name; not needed with --known."`
	Role     string `help:"What they may do: ${enum}." enum:"owner,admin,editor,viewer" default:"editor"`
	Password string `help:"At least 10 characters; asked for when absent. Not needed for somebody who is in another workspace already (--known)."`
	Known    bool   `help:"Somebody with this address is in another workspace already."`
}

// Run adds the person.
func (c *addUserCommand) Run(ctx context.Context, con *console) error {
	if c.Name == "" && !c.Known {
		return &usageError{errors.New("--name is missing")}
	}
	if c.Password == "" && !c.Known {
		var err error
		if c.Password, err = askPassword(con); err != nil {
			return err
		}
	}
	return withOwner(ctx, con, c.Data, c.Workspace, func(owner *client) error {
		asked := map[string]string{"name": c.Name, "email": c.Email, "password": c.Password, "role": c.Role}
		var made workspace.User
		if err := owner.call(ctx, http.MethodPost, "/v1/members", asked, &made); err != nil {
			return err
		}
		_, err := fmt.Fprintf(con.stdout, "%s (%s) is %s now.\n", made.Email, made.ID, made.Role)
		return err
	})
}

// askPassword asks on the terminal, without showing what is typed.
func askPassword(con *console) (string, error) {
	stdin := int(os.Stdin.Fd())
	if !term.IsTerminal(stdin) {
		return "", &usageError{fmt.Errorf("--password is missing, and there is no terminal to ask on")}
	}
	fmt.Fprint(con.stderr, "Password: ")
	typed, err := term.ReadPassword(stdin)
	fmt.Fprintln(con.stderr)
	return strings.TrimSpace(string(typed)), err
}

type workspaceCommand struct {
	Create createWorkspaceCommand `cmd:"" help:"Create a workspace with the stages of the template respond."`
}

type createWorkspaceCommand struct {
	Data     string `help:"The data folder." required:"" placeholder:"DIR" type:"path"`
	Name     string `help:"Its name." required:""`
	TimeZone string `help:"Where its days begin and end." default:"UTC" placeholder:"Europe/Paris"`
	Currency string `help:"Of its amounts." default:"EUR"`
}

// Run creates the workspace and prints its id.
func (c *createWorkspaceCommand) Run(ctx context.Context, con *console) error {
	return withOwner(ctx, con, c.Data, "", func(owner *client) error {
		var made workspaceMade
		asked := workspaceAsked{c.Name, c.TimeZone, c.Currency}
		if err := owner.call(ctx, http.MethodPost, "/local/workspaces", asked, &made); err != nil {
			return err
		}
		_, err := fmt.Fprintf(con.stdout, "workspace %d: %s\n", made.ID, made.Name)
		return err
	})
}
