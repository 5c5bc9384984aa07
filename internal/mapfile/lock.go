package mapfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// lockSuffix is added to the map's name for the side file that its writer locks.
const lockSuffix = ".lock"

// errHeld says that another process or store has the lock.
var errHeld = errors.New("held by another writer")

// writerLock is the right to change a map. The lock is one of the operating
// system on an open file beside the map, so it ends with the process, however
// that ends. (A lock on the map itself would fight with SQLite's own: closing
// any descriptor of a file ends all POSIX locks that the process has on it.)
type writerLock struct {
	file *os.File
	path string
}

// lockWriter takes the lock of a map at once, or fails with a *LockedError that
// names the holder.
func lockWriter(path string, me Holder) (*writerLock, error) {
	for {
		l, err := tryLock(path + lockSuffix)
		if errors.Is(err, errHeld) {
			return nil, &LockedError{Path: path, Holder: readHolder(path + lockSuffix)}
		}
		if err != nil {
			return nil, explain(path, err)
		}
		if l == nil {
			continue // its last holder removed the file between opening and locking
		}
		if err := l.sign(me); err != nil {
			return nil, explain(path, errors.Join(err, l.release()))
		}
		return l, nil
	}
}

// tryLock gives nil and no error when the file that it locked is no longer the
// one of that name.
func tryLock(path string) (*writerLock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if err := lockFile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	mine, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	named, err := os.Stat(path)
	if err != nil || !os.SameFile(mine, named) {
		return nil, f.Close()
	}
	return &writerLock{file: f, path: path}, nil
}

// sign writes who holds the lock, for those who are refused.
func (l *writerLock) sign(me Holder) error {
	text, err := json.Marshal(me)
	if err != nil {
		return err
	}
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err = l.file.WriteAt(append(text, '\n'), 0)
	return err
}

// readHolder is who signed, or nobody while the signature is being written.
func readHolder(path string) Holder {
	f, err := os.Open(path)
	if err != nil {
		return Holder{}
	}
	text, err := io.ReadAll(io.LimitReader(f, 4096))
	var h Holder
	if errors.Join(err, f.Close(), json.Unmarshal(text, &h)) != nil {
		return Holder{}
	}
	return h
}

// release gives the lock back and removes its file.
func (l *writerLock) release() error {
	if err := removeLocked(l.file, l.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove the lock file %s: %w", l.path, err)
	}
	return nil
}
