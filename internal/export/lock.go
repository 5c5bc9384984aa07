package export

import (
	"errors"
	"os"
	"path/filepath"
)

// errLocked says that another process holds the lock.
var errLocked = errors.New("the run belongs to another process")

// runLock is the lock of one run: while its process lives nobody else touches
// the run, and the system frees it when the process ends, however it ends.
type runLock struct{ file *os.File }

func lockPath(dir, run string) string { return filepath.Join(dir, run+".lock") }

// lockRun takes the lock of a run, or fails with errLocked at once.
func lockRun(dir, run string) (*runLock, error) {
	f, err := os.OpenFile(lockPath(dir, run), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lockFile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &runLock{f}, nil
}

// keep frees the lock and leaves the run to a later recovery.
func (l *runLock) keep() error { return l.file.Close() }

// remove frees the lock of a run that is over and removes its file. Nobody can
// wait for it: run ids are never used twice.
func (l *runLock) remove() error { return removeLocked(l.file) }
