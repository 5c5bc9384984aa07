package durable

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// ErrLocked says that a lock is taken: by another process, or by this one.
var ErrLocked = errors.New("somebody else holds the lock")

// lookAgain is how often WaitLock looks whether a lock is free.
const lookAgain = 10 * time.Millisecond

// Lock is an exclusive lock on a file of its own, until Close, Remove or the
// end of the process. It keeps out only those who ask for the same lock.
//
// The file must hold nothing that others lock, such as a database: to close a
// file ends all POSIX locks that the process has on it.
type Lock struct{ file *os.File }

// TryLock takes the lock of the file at path, and makes the file, with the
// permissions perm (before umask), where there is none. It fails with
// ErrLocked at once when the lock is taken.
func TryLock(path string, perm fs.FileMode) (*Lock, error) {
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, perm)
		if err != nil {
			return nil, err
		}
		if err := lockFile(f); err != nil {
			return nil, errors.Join(err, f.Close())
		}
		named, err := hasName(f)
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		if named {
			return &Lock{f}, nil
		}
		// Its last holder removed the file between the opening and the locking.
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
}

// WaitLock is TryLock that waits while the lock is taken. When ctx ends first,
// the error is both ErrLocked and that of ctx.
func WaitLock(ctx context.Context, path string, perm fs.FileMode) (*Lock, error) {
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for {
		l, err := TryLock(path, perm)
		if !errors.Is(err, ErrLocked) {
			return l, err
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("%w: %w", err, ctx.Err())
		case <-tick.C:
		}
	}
}

// Sign replaces what the lock file says, as for those who are refused. They may
// read it at any time, also half written, or signed by a holder that died.
func (l *Lock) Sign(text []byte) error {
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err := l.file.WriteAt(text, 0)
	return err
}

// Close frees the lock and leaves its file.
func (l *Lock) Close() error { return l.file.Close() }

// Remove frees the lock and removes its file, unless somebody else did.
func (l *Lock) Remove() error {
	if err := removeLocked(l.file); err != nil {
		return fmt.Errorf("remove the lock file %s: %w", l.file.Name(), err)
	}
	return nil
}

// hasName tells whether an open file is still the one of its name.
func hasName(f *os.File) (bool, error) {
	mine, err := f.Stat()
	if err != nil {
		return false, err
	}
	named, err := os.Stat(f.Name())
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && os.SameFile(mine, named), err
}
