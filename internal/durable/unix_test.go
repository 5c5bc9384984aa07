//go:build unix

package durable_test

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"testing"

	"github.com/mapwright/mapwright/internal/durable"
	"golang.org/x/sys/unix"
)

// smallDisk is the variable that makes the test binary a process that may
// write files of 64 KiB at most.
const smallDisk = "MAPWRIGHT_TEST_SMALL"

// TestAFullDiskLeavesTheOldFile runs itself again with the limit, which all of
// a process has in common.
func TestAFullDiskLeavesTheOldFile(t *testing.T) {
	if os.Getenv(smallDisk) == "" {
		t.Parallel()
		cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
		cmd.Env = append(os.Environ(), smallDisk+"=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	if err := durable.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	signal.Ignore(unix.SIGXFSZ)
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	limit.Cur = 64 << 10
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	if err := durable.WriteFile(path, version(0), 0o600); !errors.Is(err, unix.EFBIG) {
		t.Errorf("want %v, got: %v", unix.EFBIG, err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "old" {
		t.Errorf("the old file says %q, %v", text, err)
	}
	wantNames(t, dir, "file")
}

func TestSyncDirNamesTheFolderThatIsMissing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := durable.SyncDir(dir); err != nil {
		t.Error(err)
	}
	var path *os.PathError
	if err := durable.SyncDir(filepath.Join(dir, "none")); !errors.As(err, &path) || path.Path != filepath.Join(dir, "none") {
		t.Errorf("%v", err)
	}
}

func TestALockWhoseFileWasRemovedLeavesTheNextOne(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "lock")
	first := lock(t, path)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	second := lock(t, path)
	if err := first.Remove(); err != nil {
		t.Error(err)
	}
	wantLocked(t, path)
	if err := second.Remove(); err != nil {
		t.Error(err)
	}
	wantNames(t, dir)
}
