package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/alecthomas/kong"
)

// cli is the command line. Every flag is also an environment variable:
// TIDEMARK_ and its name in capitals.
type cli struct {
	LogFormat string `help:"How logs are written to standard error." enum:"text,json" default:"text"`
	LogLevel  string `help:"What is logged: requests are at info, taken beacons of sites at debug. Auto is info of serve, else warn." enum:"auto,debug,info,warn,error" default:"auto"`

	Demo      demoCommand      `cmd:"" help:"Serve a made-up business from a temporary folder."`
	Serve     serveCommand     `cmd:"" help:"Serve a data folder."`
	Import    importCommand    `cmd:"" help:"Import a CSV file, also beside a running server."`
	Rebuild   rebuildCommand   `cmd:"" help:"Make all reports anew from the log."`
	Check     checkCommand     `cmd:"" help:"Check the record, and the reports against it."`
	Backup    backupCommand    `cmd:"" help:"Back up a data folder to one file, also beside a running server."`
	Restore   restoreCommand   `cmd:"" help:"Restore a backup. Whoever was erased since stays erased."`
	Bench     benchCommand     `cmd:"" help:"Measure speed against floors measured in the same run."`
	Key       keyCommands      `cmd:"" help:"API keys."`
	User      userCommands     `cmd:"" help:"People."`
	Workspace workspaceCommand `cmd:"" help:"Workspaces."`
	Mcp       mcpCommand       `cmd:"" help:"Offer the reports to an assistant (MCP) on standard input and output, also beside a running server."`
	Version   versionCommand   `cmd:"" help:"Print the version."`
}

// console is what commands talk to.
type console struct {
	stdout, stderr io.Writer
	log            *slog.Logger
}

// run carries out a command line and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	var c cli
	help := false
	parser, err := kong.New(&c,
		kong.Name("tidemark"),
		kong.Description("Self-hosted lifecycle analytics: how well contacts convert, where and why they drop off, how fast it goes."),
		kong.DefaultEnvars("TIDEMARK"),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { help = true }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		return tellError(stderr, err)
	}
	command, err := parser.Parse(args)
	switch {
	case help:
		return exitDone
	case err != nil:
		return tellError(stderr, hinted(&usageError{err}, "tidemark --help lists the commands, tidemark COMMAND --help its flags"))
	}
	if c.LogLevel == "auto" {
		c.LogLevel = "warn"
		if command.Command() == "serve" {
			c.LogLevel = "info"
		}
	}
	con := &console{stdout: stdout, stderr: stderr, log: newLog(stderr, c.LogFormat, c.LogLevel)}
	command.BindTo(ctx, (*context.Context)(nil))
	err = command.Run(con)
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		fmt.Fprintln(stderr, "tidemark: stopped")
		return exitFailed
	}
	return tellError(stderr, err)
}

func newLog(to io.Writer, format, level string) *slog.Logger {
	var l slog.Level
	_ = l.UnmarshalText([]byte(level)) // the parser allows known ones only
	options := &slog.HandlerOptions{Level: l}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(to, options))
	}
	return slog.New(slog.NewTextHandler(to, options))
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(con *console) error {
	_, err := fmt.Fprintln(con.stdout, "tidemark "+version)
	return err
}
