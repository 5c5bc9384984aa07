//go:build unix

package mapfile

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
)

// Variables that make the test binary one who makes a map under a umask, and
// one who may not read a map.
const (
	makeShared  = "MAPWRIGHT_TEST_MAKE_SHARED"
	readForeign = "MAPWRIGHT_TEST_READ_FOREIGN"
)

func init() {
	programs[makeShared] = func(path string) error {
		syscall.Umask(0o027)
		ctx := context.Background()
		if err := Create(ctx, path, sample()); err != nil {
			return err
		}
		f, err := Open(ctx, path)
		if err != nil {
			return err
		}
		err = f.Update(ctx, func(tx carto.Tx) error { return tx.PutLayer(layer("a", "A"), 0) })
		return errors.Join(err, f.Close())
	}
	programs[readForeign] = func(path string) error {
		if os.Geteuid() == 0 {
			if err := syscall.Setuid(65534); err != nil { // nobody
				return err
			}
		}
		for how, open := range map[string]func(context.Context, string, ...Option) (*File, error){"Open": Open, "OpenReader": OpenReader} {
			if _, err := open(context.Background(), path); !errors.Is(err, Unreadable) || errors.Is(err, ReadOnly) {
				return errors.Join(errors.New(how+" says"), err)
			}
		}
		return nil
	}
}

func runAs(t *testing.T, program, path string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), program+"="+path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// A map that only its maker could read is no use in a shared folder.
func TestANewMapObeysTheUmask(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "map.gpkg")
	runAs(t, makeShared, path)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o640 {
		t.Errorf("under the umask 027 the map is %v, want 640", mode)
	}
}

// One who may not read a map is not told about writing it.
func TestAMapThatMayNotBeReadSaysSo(t *testing.T) {
	t.Parallel()
	folder, err := os.MkdirTemp("", "mapwright-foreign")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(folder, 0o777); err != nil { //nolint:gosec // others have to reach the map
		t.Fatal(err)
	}
	path := filepath.Join(folder, "map.gpkg")
	if err := Create(t.Context(), path, sample()); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	runAs(t, readForeign, path)
	if err := (&Error{Path: path, Problem: Unreadable}); !strings.Contains(err.Error(), "may not be read by you") {
		t.Error(err)
	}
	if left := neighbours(t, path); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}
