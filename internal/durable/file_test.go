package durable_test

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/durable"
)

func TestWriteFileReplacesTheWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	for _, text := range []string{"first, and long", "second", ""} {
		if err := durable.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Errorf("%q, %v; want %q", got, err, text)
		}
		wantNames(t, dir, "file")
	}
}

func TestAFileKeepsItsSecrets(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, perm := range map[string]fs.FileMode{"new": 0o600, "shared": 0o644, "opened before": 0o600} {
		path := filepath.Join(dir, name)
		if name == "opened before" { // neither the old file nor the rest of a crash passes on its permissions
			for _, old := range []string{path, path + ".tmp"} {
				if err := errors.Join(os.WriteFile(old, []byte("old"), 0o600), os.Chmod(old, 0o666)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := durable.WriteFile(path, []byte("new"), perm); err != nil {
			t.Fatal(err)
		}
		wantPerm(t, path, perm)
	}
	wantNames(t, dir, "new", "opened before", "shared")
}

// wantPerm checks that a file has the permissions that os.WriteFile gives.
func wantPerm(t *testing.T, path string, perm fs.FileMode) {
	t.Helper()
	plain := filepath.Join(t.TempDir(), "plain")
	if err := os.WriteFile(plain, nil, perm); err != nil {
		t.Fatal(err)
	}
	want, err := os.Stat(plain)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.Stat(path); err != nil || got.Mode() != want.Mode() {
		t.Errorf("%s has the permissions %v (%v), want %v", path, got.Mode(), err, want.Mode())
	}
}

func TestALinkIsReplacedNotFollowed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mine, path := filepath.Join(dir, "mine"), filepath.Join(dir, "file")
	if err := errors.Join(os.WriteFile(mine, []byte("mine"), 0o600), os.Symlink(mine, path), os.Symlink(mine, path+".tmp")); err != nil {
		t.Fatal(err)
	}
	if err := durable.WriteFile(path, []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(mine); err != nil || string(text) != "mine" {
		t.Errorf("the file behind the link says %q, %v", text, err)
	}
	wantNames(t, dir, "file", "mine")
}

func TestAFailureLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "taken"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := durable.WriteFile(filepath.Join(dir, "taken"), []byte("new"), 0o600); err == nil {
		t.Error("a folder was replaced by a file")
	}
	if err := durable.WriteFile(filepath.Join(dir, "none", "file"), []byte("new"), 0o600); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a folder: %v", err)
	}
	wantNames(t, dir, "taken")
}

func TestAKilledWriterLeavesAWholeFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	random := rand.New(rand.NewPCG(1, 2))
	for range 12 {
		begin(t, rewriteFile, path).kill(t, time.Duration(random.IntN(20_000))*time.Microsecond)
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) == 0 || !bytes.Equal(got, version(int(got[0]-'a'))) {
			t.Fatalf("the file is torn: %d bytes", len(got))
		}
	}
	if err := durable.WriteFile(path, []byte("me"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantNames(t, dir, "file") // what the killed left is gone
}
