package pluginhost

import (
	"fmt"
	"strings"

	"github.com/mapwright/mapwright/plugins/client"
)

// What can go wrong with a running plugin; see package client.
type (
	// ErrStart says that a plugin could not be started.
	ErrStart = client.ErrStart
	// ErrCrashed says that a plugin ended in the middle of its work.
	ErrCrashed = client.ErrCrashed
	// ErrSilent says that a plugin was ended because it gave no sign of life.
	ErrSilent = client.ErrSilent
	// ErrPlugin says what a plugin has against a job.
	ErrPlugin = client.ErrPlugin
	// ErrContract says that a plugin broke the contract.
	ErrContract = client.ErrContract
)

// ErrUnknownFormat says that no plugin writes a format.
type ErrUnknownFormat struct {
	ID    string   // format asked for
	Known []string // formats that there are, sorted
}

func (e ErrUnknownFormat) Error() string {
	if len(e.Known) == 0 {
		return fmt.Sprintf("no plugin writes the format %q: no format plugin is installed", e.ID)
	}
	return fmt.Sprintf("no plugin writes the format %q; there are %s", e.ID, strings.Join(e.Known, ", "))
}

// ErrBroken says why an installed plugin can't be used.
type ErrBroken struct {
	Dir string // where it is installed
	Err error
}

func (e ErrBroken) Error() string {
	return fmt.Sprintf("the plugin in %s can't be used: %v; install it again", e.Dir, e.Err)
}

// Unwrap gives the cause.
func (e ErrBroken) Unwrap() error { return e.Err }
