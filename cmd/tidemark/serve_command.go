package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
)

// serverFlags are those of commands that listen on a port.
type serverFlags struct {
	postFlags
	TrustProxy bool    `help:"Believe X-Forwarded-For and X-Forwarded-Proto from any address, not only from this machine: only behind a proxy that sets them."`
	Country    string  `name:"country-header" help:"Header in which the proxy says from what country a visitor comes, such as CF-IPCountry; without it no country is kept." placeholder:"NAME"`
	CallerRate float64 `help:"Requests a second for each key or person; 0 is no limit." default:"0"`
	MemoryMB   int     `name:"engine-memory" help:"Megabytes for the report engine's cache and work." default:"1024"`
	Threads    int     `name:"engine-threads" help:"Processors for one report; 0 is all." default:"0"`
}

// Validate refuses numbers that mean nothing: at a rate below zero nobody would
// be let in.
func (f *serverFlags) Validate() error {
	switch {
	case !(f.CallerRate >= 0):
		return errors.New("--caller-rate must not be negative")
	case f.MemoryMB != 0 && f.MemoryMB < leastMemory:
		return fmt.Errorf("--engine-memory must be at least %d", leastMemory)
	case f.Threads < 0:
		return errors.New("--engine-threads must not be negative")
	case f.SMTPPort < 1 || f.SMTPPort > 65535:
		return errors.New("--smtp-port is no port")
	}
	u, err := url.Parse(f.PublicURL)
	if f.PublicURL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return errors.New("--public-url must be an address, like https://tidemark.example")
	}
	return nil
}

// leastMemory is with how many megabytes the engine answers at all.
const leastMemory = 8

type serveCommand struct {
	serverFlags
	Data   string `help:"The data folder; it is made if it is not there." required:"" placeholder:"DIR" type:"path"`
	Listen string `help:"Address to listen on." default:":8080" placeholder:"ADDR"`
}

// Run serves until Ctrl-C.
func (c *serveCommand) Run(ctx context.Context, con *console) error {
	app, err := New(ctx, Config{
		Data: c.Data, Listen: c.Listen, TrustProxy: c.TrustProxy, CountryHeader: c.Country, CallerRate: c.CallerRate,
		MemoryMB: c.MemoryMB, Threads: c.Threads, Post: c.postFlags, Log: con.log,
	})
	if err != nil {
		return err
	}
	if err := c.greet(ctx, con, app); err != nil {
		return errors.Join(err, app.Close())
	}
	return errors.Join(app.Run(ctx), app.Close())
}

// greet prints the address and, until there is an owner, the link to make one.
func (c *serveCommand) greet(ctx context.Context, con *console, app *App) error {
	fmt.Fprintf(con.stdout, "Tidemark serves %s at %s\n", c.Data, app.URL())
	token, needed, err := app.workspace.SetupToken(ctx)
	if err != nil || !needed {
		return err
	}
	_, err = fmt.Fprintf(con.stdout, "set up the first owner: %s/setup?token=%s\n", app.link(), token)
	return err
}
