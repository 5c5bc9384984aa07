package durable_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/durable"
)

func lock(t *testing.T, path string) *durable.Lock {
	t.Helper()
	l, err := durable.TryLock(path, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func wantLocked(t *testing.T, path string) {
	t.Helper()
	l, err := durable.TryLock(path, 0o600)
	if err == nil {
		t.Fatal("two have the lock", l.Close())
	}
	if !errors.Is(err, durable.ErrLocked) {
		t.Fatal(err)
	}
}

func TestALockKeepsOthersOut(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "lock")
	other := begin(t, holdLock, path)
	wantLocked(t, path)
	if text, err := os.ReadFile(path); err != nil || string(text) != "the other" {
		t.Errorf("the refused reads %q, %v", text, err)
	}
	other.end(t)
	wantNames(t, dir) // its holder removed the file
	l := lock(t, path)
	wantLocked(t, path) // also for the same process
	if err := l.Remove(); err != nil {
		t.Fatal(err)
	}
	wantNames(t, dir)
}

func TestAKilledHolderLocksNobodyOut(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "lock")
	begin(t, holdLock, path).kill(t, 0)
	l := lock(t, path)
	if text, err := os.ReadFile(path); err != nil || string(text) != "the other" {
		t.Errorf("the dead holder's file says %q, %v", text, err)
	}
	if err := errors.Join(l.Sign([]byte("me")), l.Remove()); err != nil {
		t.Error(err)
	}
}

func TestAClosedLockLeavesItsFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l := lock(t, filepath.Join(dir, "lock"))
	if err := errors.Join(l.Sign([]byte("a long text")), l.Sign([]byte("short")), l.Close()); err != nil {
		t.Fatal(err)
	}
	wantNames(t, dir, "lock")
	if text, err := os.ReadFile(filepath.Join(dir, "lock")); err != nil || string(text) != "short" {
		t.Errorf("%q, %v", text, err)
	}
	if err := lock(t, filepath.Join(dir, "lock")).Remove(); err != nil {
		t.Fatal(err)
	}
}

func TestTheFileOfALockHasThePermissionsAskedFor(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, perm := range []fs.FileMode{0o600, 0o644} {
		path := filepath.Join(dir, perm.String())
		l, err := durable.TryLock(path, perm)
		if err != nil {
			t.Fatal(err)
		}
		wantPerm(t, path, perm)
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestALockWithoutAFolderIsNoLock(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "none", "lock")
	if _, err := durable.TryLock(path, 0o600); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
	if _, err := durable.WaitLock(t.Context(), path, 0o600); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("waiting: %v", err)
	}
}

func TestWaitLockGetsTheLockWhenItIsFree(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "lock")
	other := begin(t, holdLock, path)
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := durable.WaitLock(short, path, 0o600); !errors.Is(err, durable.ErrLocked) || !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("while another process holds it: %v", err)
	}
	got := make(chan error)
	go func() {
		l, err := durable.WaitLock(t.Context(), path, 0o600)
		if err == nil {
			err = l.Close()
		}
		got <- err
	}()
	other.kill(t, 30*time.Millisecond)
	if err := <-got; err != nil {
		t.Error(err)
	}
}

// TestOneHolderAtATime is about the moment in which a holder removes the file
// that the next one has just opened.
func TestOneHolderAtATime(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "lock")
	var all sync.WaitGroup
	var inside sync.Mutex
	for range 8 {
		all.Go(func() {
			for range 200 {
				l, err := durable.TryLock(path, 0o600)
				if errors.Is(err, durable.ErrLocked) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				if !inside.TryLock() {
					t.Error("two hold one lock")
					return
				}
				time.Sleep(20 * time.Microsecond)
				inside.Unlock()
				if err := l.Remove(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	wantNames(t, dir)
}
