package export

import (
	"errors"
	"io/fs"
	"os"
)

// renameChecked is renameNew where the system has no such call: between the
// look and the rename another program could still make the target.
func renameChecked(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: fs.ErrExist}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Rename(from, to)
}
