package client

import (
	"fmt"
	"time"
)

// StartError says that a plugin could not be started.
type StartError struct {
	Format string // format id
	Said   string // last lines that the plugin printed; may be ""
	Err    error
}

func (e StartError) Error() string {
	return fmt.Sprintf("format %s: the plugin does not start: %v%s", e.Format, e.Err, quote(e.Said))
}

// Unwrap gives the cause.
func (e StartError) Unwrap() error { return e.Err }

// CrashedError says that a plugin ended in the middle of its work.
type CrashedError struct {
	Format string // format id
	Said   string // last lines that the plugin printed; may be ""
}

func (e CrashedError) Error() string {
	return fmt.Sprintf("format %s: the plugin crashed%s", e.Format, quote(e.Said))
}

// SilentError says that a plugin was ended because it gave no sign of life.
type SilentError struct {
	Format string        // format id
	For    time.Duration // how long it was silent
}

func (e SilentError) Error() string {
	return fmt.Sprintf("format %s: the plugin did not answer for %v and was ended", e.Format, e.For)
}

// PluginError says what a plugin has against a job.
type PluginError struct {
	Format  string // format id
	Message string // its own words
}

func (e PluginError) Error() string { return fmt.Sprintf("format %s: %s", e.Format, e.Message) }

// ContractError says that a plugin broke the contract, so that nothing that it
// gave can be used.
type ContractError struct {
	Format  string // format id
	Message string // what is wrong
}

func (e ContractError) Error() string {
	return fmt.Sprintf("format %s: the plugin is faulty: %s", e.Format, e.Message)
}

func quote(said string) string {
	if said == "" {
		return ""
	}
	return "; it said:\n" + said
}
