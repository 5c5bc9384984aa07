//go:build unix

package export

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/durable"
)

// TestAChildOfADeadRunDelaysRecoveryAndDoesNotPreventIt holds a lock as a
// child does that a killed program left between its fork and its exec.
func TestAChildOfADeadRunDelaysRecoveryAndDoesNotPreventIt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	gone := exec.Command("true")
	if err := gone.Run(); err != nil {
		t.Fatal(err)
	}
	lock, err := durable.TryLock(lockPath(dir, "abc"), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if err := lock.Sign([]byte(strconv.Itoa(gone.ProcessState.Pid()))); err != nil {
		t.Fatal(err)
	}
	release := time.AfterFunc(300*time.Millisecond, func() {
		if err := lock.Close(); err != nil {
			t.Error(err)
		}
	})
	defer release.Stop()
	got, err := lockDeadRun(t.Context(), dir, "abc")
	if err != nil {
		t.Fatalf("the run of a dead process stays locked: %v", err)
	}
	if holder(dir, "abc") != os.Getpid() {
		t.Errorf("the lock is signed by %d, not by this process", holder(dir, "abc"))
	}
	if err := got.Remove(); err != nil {
		t.Fatal(err)
	}
}

func TestTheRunOfALivingProcessIsLeftAloneAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	lock, err := lockRun(dir, "abc")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, err := lockDeadRun(t.Context(), dir, "abc"); !errors.Is(err, durable.ErrLocked) {
		t.Errorf("the run of a living process was taken: %v", err)
	}
	if waited := time.Since(start); waited > childWait/2 {
		t.Errorf("waited %v for a living process", waited)
	}
	if err := lock.Remove(); err != nil {
		t.Fatal(err)
	}
}

// TestARecoveryDoesNotKeepANewRunFromBeginning finds the lock of a run between
// its making and its locking, as another process does that starts just then.
func TestARecoveryDoesNotKeepANewRunFromBeginning(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	found, err := lockDeadRun(t.Context(), dir, "abc")
	if err != nil {
		t.Fatal(err)
	}
	seen := time.AfterFunc(100*time.Millisecond, func() {
		if err := found.Remove(); err != nil { // there is no run
			t.Error(err)
		}
	})
	defer seen.Stop()
	lock, err := lockNewRun(t.Context(), dir, "abc")
	if err != nil {
		t.Fatalf("the run can't begin: %v", err)
	}
	if _, err := lockDeadRun(t.Context(), dir, "abc"); !errors.Is(err, durable.ErrLocked) {
		t.Errorf("what the run has is not the lock: %v", err)
	}
	if err := lock.Remove(); err != nil {
		t.Fatal(err)
	}
}
