//go:build unix

package durable

import (
	"errors"
	"os"
)

// SyncDir makes durable which names a folder holds: what was created, renamed
// or removed in it.
func SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
