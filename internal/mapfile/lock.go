package mapfile

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"time"

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

// tidyTime is how long a reader that tidies up is waited for; it folds a log,
// which takes milliseconds.
const tidyTime = 5 * time.Second

// awaitWriter is lockWriter, but waits for a reader that only tidies up: a
// small picture of the map, or a command that lists its layers.
func awaitWriter(ctx context.Context, path string, me Holder) (*durable.Lock, error) {
	deadline := time.NewTimer(tidyTime)
	defer deadline.Stop()
	for {
		lock, err := lockWriter(path, me)
		var locked *LockedError
		if !errors.As(err, &locked) || !locked.Holder.Tidying && locked.Holder.PID != 0 {
			return lock, err // PID 0 is a holder that is just signing
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-deadline.C:
			return nil, err
		case <-time.After(10 * time.Millisecond):
		}
	}
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
