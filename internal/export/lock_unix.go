//go:build unix

package export

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

func lockFile(f *os.File) error {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return errLocked
	}
	return err
}

// removeLocked takes the name away while the lock still stands.
func removeLocked(f *os.File) error { return errors.Join(os.Remove(f.Name()), f.Close()) }
