package mapfile

import (
	"encoding/json"
	"errors"
	"io"
	"os"

	"github.com/mapwright/mapwright/internal/durable"
)

// lockSuffix is added to the map's name for the side file that its writer locks.
const lockSuffix = ".lock"

// lockWriter takes the right to change a map at once, or fails with a
// *LockedError that names the holder. The lock is on a file beside the map: one
// on the map itself would fight with SQLite's own.
func lockWriter(path string, me Holder) (*durable.Lock, error) {
	l, err := durable.TryLock(path+lockSuffix, 0o644)
	if errors.Is(err, durable.ErrLocked) {
		return nil, &LockedError{Path: path, Holder: readHolder(path + lockSuffix)}
	}
	if err != nil {
		return nil, explain(path, err)
	}
	if err := sign(l, me); err != nil {
		return nil, explain(path, errors.Join(err, l.Remove()))
	}
	return l, nil
}

// sign writes who holds the lock, for those who are refused.
func sign(l *durable.Lock, me Holder) error {
	text, err := json.Marshal(me)
	if err != nil {
		return err
	}
	return l.Sign(append(text, '\n'))
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
