package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
	"github.com/spf13/cobra"
)

// The exit codes, which never change their meaning.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitBooks   = 3
	exitUnknown = 4
)

const long = `The account server of Mapwright: people sign up and sign in, their computers
fetch credits and settle what they spent.

The data directory holds the signing key, accounts.key, and unless --database
says otherwise the database. Keep the key with the backup of the database, and
accounts.db.epoch out of it: that is how a restored database is noticed.

Exit codes: 0 done, 1 failed, 2 usage, 3 the books of an account do not agree,
4 no such account, session or plan.`

// command is one run of the command line.
type command struct {
	out, errs io.Writer
	setup     accountserver.Setup
	json      bool
	started   bool // arguments are read; what fails now is not their form
}

// run runs one command and returns its exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	c := &command{out: out, errs: errs, setup: accountserver.Setup{Clock: time.Now, Rand: rand.Reader}}
	root := c.root()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	_, _ = fmt.Fprintf(errs, "mapwright-accounts: %v\n", err) // nobody is left to tell
	return c.code(err)
}

func (c *command) code(err error) int {
	switch {
	case !c.started:
		return exitUsage
	case errors.Is(err, accountserver.ErrBooks):
		return exitBooks
	case errors.Is(err, accountserver.ErrNoAccount), errors.Is(err, &account.Error{Code: account.CodeUnknownPlan}),
		errors.Is(err, &account.Error{Code: account.CodeUnknownSession}):
		return exitUnknown
	case errors.Is(err, &account.Error{Code: account.CodeInvalid}):
		return exitUsage
	default:
		return exitFailed
	}
}

// usage is the error of a command line that can't be meant.
func (c *command) usage(what string) error {
	c.started = false
	return errors.New(what)
}

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use: "mapwright-accounts", Short: "The account server of Mapwright", Long: long, Version: version,
		SilenceUsage: true, SilenceErrors: true,
		PersistentPreRun: func(*cobra.Command, []string) { c.started = true },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&c.setup.DataDir, "data-dir", os.Getenv("MAPWRIGHT_ACCOUNTS_DATA"), "folder of the signing key (MAPWRIGHT_ACCOUNTS_DATA)")
	flags.StringVar(&c.setup.Database, "database", "",
		"sqlite://FILE or postgres://USER:PASSWORD@HOST/DATABASE (MAPWRIGHT_ACCOUNTS_DATABASE, which other people of this computer can't read); accounts.db in the data directory")
	flags.Int64Var(&c.setup.Restores, "restores", 0, "how often a copy of PostgreSQL's disks was put back")
	root.AddCommand(c.serve(), c.admin())
	root.CompletionOptions.HiddenDefaultCmd = true
	return root
}

// open opens the server with the global flags.
func (c *command) open(ctx context.Context) (*accountserver.Opened, error) {
	if c.setup.DataDir == "" {
		return nil, errors.New("say where the data of the account server is: --data-dir DIR, or MAPWRIGHT_ACCOUNTS_DATA")
	}
	if err := os.MkdirAll(c.setup.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("the data directory can't be made: %w", err)
	}
	if c.setup.Database == "" {
		c.setup.Database = os.Getenv("MAPWRIGHT_ACCOUNTS_DATABASE")
	}
	return accountserver.Open(ctx, c.setup)
}

// with runs fn over the opened server.
func (c *command) with(ctx context.Context, fn func(*accountserver.Opened) error) error {
	server, err := c.open(ctx)
	if err != nil {
		return err
	}
	return errors.Join(fn(server), server.Close())
}

// answer prints v as JSON where that is asked for, or else the lines.
func (c *command) answer(v any, lines ...string) error {
	if c.json {
		e := json.NewEncoder(c.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(v)
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(c.out, line); err != nil {
			return err
		}
	}
	return nil
}
