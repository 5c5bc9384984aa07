//go:build unix

package durable

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lockFile takes an exclusive lock at once or gives ErrLocked. It belongs to the
// open file, so a second one in the same process is refused too.
func lockFile(f *os.File) error {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return ErrLocked
	}
	return err
}

// removeLocked takes the name away while the lock still stands, so that nobody
// is given a lock on a file that then disappears.
func removeLocked(f *os.File) error {
	named, err := hasName(f)
	if named {
		err = os.Remove(f.Name())
	}
	return errors.Join(err, f.Close())
}
