package export

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/mapwright/mapwright/internal/durable"
)

func lockPath(dir, run string) string { return filepath.Join(dir, run+".lock") }

// lockRun takes the lock of one run and signs it with this process's id, or
// fails with durable.ErrLocked at once: while its process lives nobody else
// touches the run. Close leaves the run to a later recovery; Remove is for a
// run that is over.
func lockRun(dir, run string) (*durable.Lock, error) {
	return signed(durable.TryLock(lockPath(dir, run), 0o600))
}

// lockNewRun is lockRun for a run that begins. A recovery may find the file
// between its making and its locking: then it has the lock until it has seen that
// there is no run yet.
func lockNewRun(ctx context.Context, dir, run string) (*durable.Lock, error) {
	ctx, cancel := context.WithTimeout(ctx, recoveryWait)
	defer cancel()
	return signed(durable.WaitLock(ctx, lockPath(dir, run), 0o600))
}

// recoveryWait is how long a recovery may look at a run that has not begun.
const recoveryWait = 5 * time.Second

// childWait is how long a child of a dead process may hold on to its lock.
const childWait = 5 * time.Second

// lockDeadRun is lockRun for a run that was found. A process that is killed in
// the moment that it starts a plugin leaves its open files, and so its lock, to
// the child until that executes its program or dies too. So a lock whose
// process is gone is waited for, while that of a living one is respected.
func lockDeadRun(ctx context.Context, dir, run string) (*durable.Lock, error) {
	l, err := lockRun(dir, run)
	if !errors.Is(err, durable.ErrLocked) || alive(holder(dir, run)) {
		return l, err
	}
	ctx, cancel := context.WithTimeout(ctx, childWait)
	defer cancel()
	return signed(durable.WaitLock(ctx, lockPath(dir, run), 0o600))
}

// signed writes this process's id into a lock that was just taken.
func signed(l *durable.Lock, err error) (*durable.Lock, error) {
	if err != nil {
		return nil, err
	}
	if err := l.Sign([]byte(strconv.Itoa(os.Getpid()))); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// holder is the id of the process that signed a lock, 0 if that can't be read.
func holder(dir, run string) int {
	text, err := os.ReadFile(lockPath(dir, run))
	if err != nil {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || pid < 0 {
		return 0
	}
	return pid
}
