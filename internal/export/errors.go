package export

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"github.com/mapwright/mapwright/plugins/sdk"
)

// PluginError says that a plugin did not make the files of a job.
type PluginError struct {
	Format string
	Layers []string
	Err    error
}

func (e *PluginError) Error() string {
	return fmt.Sprintf("%s of %s was not made: %v. No credit was spent", strings.ToUpper(e.Format), strings.Join(e.Layers, ", "), e.Err)
}

// Unwrap gives what the plugin or its host said.
func (e *PluginError) Unwrap() error { return e.Err }

// DestinationError says that files could not be written or put in place.
type DestinationError struct {
	Folder string
	// Kept is where the finished, paid files wait; "" if nothing was spent.
	Kept string
	Err  error
}

func (e *DestinationError) Error() string {
	what := fmt.Sprintf("the files can't be written to %s: %s", e.Folder, reason(e.Err))
	if e.Kept == "" {
		return what + ". No credit was spent"
	}
	return what + fmt.Sprintf(". They are paid for and wait in %s; run any export or credits command once the folder can be written to and they are put in place, or export again, which is free", e.Kept)
}

// Unwrap gives the error of the file system.
func (e *DestinationError) Unwrap() error { return e.Err }

// OptionError says which options of a format are wrong.
type OptionError struct {
	Format string
	Fields []sdk.FieldError
}

func (e *OptionError) Error() string {
	var parts []string
	for _, f := range e.Fields {
		parts = append(parts, fmt.Sprintf("%s.%s: %s", e.Format, f.Field, f.Message))
	}
	return strings.Join(parts, "; ")
}

// reason says in plain words what the file system refused.
func reason(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return "the disk is full"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return "it is write-protected"
	case errors.Is(err, syscall.ENOTDIR):
		return "a part of that path is a file, not a folder"
	case errors.Is(err, fs.ErrNotExist):
		return "it is gone"
	default:
		return err.Error()
	}
}
