package export

import (
	"path/filepath"

	"github.com/mapwright/mapwright/internal/durable"
)

func lockPath(dir, run string) string { return filepath.Join(dir, run+".lock") }

// lockRun takes the lock of one run, or fails with durable.ErrLocked at once:
// while its process lives nobody else touches the run. Close leaves the run to
// a later recovery; Remove is for a run that is over.
func lockRun(dir, run string) (*durable.Lock, error) {
	return durable.TryLock(lockPath(dir, run), 0o600)
}
