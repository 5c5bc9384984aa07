package client

import (
	"fmt"
	"time"
)

// ErrStart says that a plugin could not be started.
type ErrStart struct {
	Format string // format id
	Said   string // last lines that the plugin printed; may be ""
	Err    error
}

func (e ErrStart) Error() string {
	return fmt.Sprintf("format %s: the plugin does not start: %v%s", e.Format, e.Err, quote(e.Said))
}

// Unwrap gives the cause.
func (e ErrStart) Unwrap() error { return e.Err }

// ErrCrashed says that a plugin ended in the middle of its work.
type ErrCrashed struct {
	Format string // format id
	Said   string // last lines that the plugin printed; may be ""
}

func (e ErrCrashed) Error() string {
	return fmt.Sprintf("format %s: the plugin crashed%s", e.Format, quote(e.Said))
}

// ErrSilent says that a plugin was ended because it gave no sign of life.
type ErrSilent struct {
	Format string        // format id
	For    time.Duration // how long it was silent
}

func (e ErrSilent) Error() string {
	return fmt.Sprintf("format %s: the plugin did not answer for %v and was ended", e.Format, e.For)
}

// ErrPlugin says what a plugin has against a job.
type ErrPlugin struct {
	Format  string // format id
	Message string // its own words
}

func (e ErrPlugin) Error() string { return fmt.Sprintf("format %s: %s", e.Format, e.Message) }

// ErrContract says that a plugin broke the contract, so that nothing that it
// gave can be used.
type ErrContract struct {
	Format  string // format id
	Message string // what is wrong
}

func (e ErrContract) Error() string {
	return fmt.Sprintf("format %s: the plugin is faulty: %s", e.Format, e.Message)
}

func quote(said string) string {
	if said == "" {
		return ""
	}
	return "; it said:\n" + said
}
