//go:build unix

package mapfile

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
)

// makeShared is the variable that makes the test binary one who makes a map
// under a umask.
const makeShared = "MAPWRIGHT_TEST_MAKE_SHARED"

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
