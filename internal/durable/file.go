package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// tempSuffix is added to a file's name for the one that will replace it.
const tempSuffix = ".tmp"

// WriteFile replaces the file at path, or makes it, with the permissions perm
// (before umask). All of data is on disk when it returns nil. When it fails,
// the old file stays and nothing else is left; only where the folder itself
// can't be flushed, at the end, is the new file in place, and a power failure
// may bring the old one back.
//
// A crash may leave path.tmp, which the next call replaces. A file must have
// one writer at a time: callers hold a lock. A link at path is replaced, not
// followed.
func WriteFile(path string, data []byte, perm fs.FileMode) error {
	temp := path + tempSuffix
	if err := os.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := writeNew(temp, data, perm); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	return SyncDir(filepath.Dir(path))
}

// writeNew makes a file that was not there, or leaves none.
func writeNew(path string, data []byte, perm fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}
