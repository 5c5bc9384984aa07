package pluginhost

import (
	"fmt"
	"strings"

	"github.com/mapwright/mapwright/plugins/client"
)

// What can go wrong with a running plugin; see package client.
type (
	// StartError says that a plugin could not be started.
	StartError = client.StartError
	// CrashedError says that a plugin ended in the middle of its work.
	CrashedError = client.CrashedError
	// SilentError says that a plugin was ended because it gave no sign of life.
	SilentError = client.SilentError
	// PluginError says what a plugin has against a job.
	PluginError = client.PluginError
	// ContractError says that a plugin broke the contract.
	ContractError = client.ContractError
)

// UnknownFormatError says that no plugin writes a format.
type UnknownFormatError struct {
	ID    string   // format asked for
	Known []string // formats that there are, sorted
}

func (e UnknownFormatError) Error() string {
	if len(e.Known) == 0 {
		return fmt.Sprintf("no plugin writes the format %q: no format plugin is installed", e.ID)
	}
	return fmt.Sprintf("no plugin writes the format %q; there are %s", e.ID, strings.Join(e.Known, ", "))
}

// BrokenError says why an installed plugin can't be used.
type BrokenError struct {
	Dir string // where it is installed
	Err error
}

func (e BrokenError) Error() string {
	return fmt.Sprintf("the plugin in %s can't be used: %v; install it again", e.Dir, e.Err)
}

// Unwrap gives the cause.
func (e BrokenError) Unwrap() error { return e.Err }
