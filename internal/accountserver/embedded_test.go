package accountserver

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

func open(t testing.TB, dir string) *Embedded {
	t.Helper()
	e, err := OpenEmbedded(context.Background(), dir, time.Now, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func TestEmbeddedBeginsOnHobbyAndStays(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data 100%?#é")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	first, err := open(t, dir).Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if first.Plan != "hobby" || first.Balance() != 18 || first.Unlimited {
		t.Errorf("a new account is %+v", first)
	}
	second, err := open(t, dir).Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if second.Account != first.Account || second.Balance() != 18 {
		t.Errorf("opened again, it is %+v", second)
	}
	key, err := os.Stat(filepath.Join(dir, keyFile))
	if err != nil {
		t.Fatal(err)
	}
	if key.Mode().Perm() != 0o600 {
		t.Errorf("the signing key can be read with mode %v", key.Mode())
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 4 {
		t.Errorf("the data directory holds %v", files)
	}
}

func TestEmbeddedTakesBackWhatALostDatabaseKnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	e := open(t, dir)
	w := &world{TB: t, Service: e.Session, server: e.server, key: e.server.Key}
	c := w.enrol(1)
	l := c.lease(5)
	c.spend(l, 2)
	c.sync(0)
	if err := os.Remove(filepath.Join(dir, databaseFile)); err != nil {
		t.Fatal(err)
	}
	w.Service = open(t, dir).Session
	_, err := c.send(c.request(0))
	wantCode(t, err, account.CodeUnknownDevice)
	r := c.request(0)
	c.enrol()
	if c.epoch == r.Epoch {
		t.Error("a lost database goes by unnoticed")
	}
	r.Epoch, r.Presented = c.epoch, c.present()
	reply, err := c.send(r)
	if err != nil {
		t.Fatal(err)
	}
	if got := reply.Status.Balance(); got != 16 {
		t.Errorf("the balance is %d, not 18 less 2 spent", got)
	}
}

func TestEmbeddedSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		spoil   func(t *testing.T, dir string)
		says    string
		damaged bool
	}{
		"random bytes for a database": {func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, databaseFile), bytes.Repeat([]byte("no database"), 3000))
		}, "is damaged", true},
		"a page overwritten": {func(t *testing.T, dir string) {
			path := filepath.Join(dir, databaseFile)
			data := backup(t, path)
			copy(data[4096*2:], bytes.Repeat([]byte{0xA5}, 4096*3))
			write(t, path, data)
		}, "is damaged", true},
		"half a database": {func(t *testing.T, dir string) {
			path := filepath.Join(dir, databaseFile)
			data := backup(t, path)
			write(t, path, data[:len(data)/2])
		}, "is damaged", true},
		"a newer version's database": {func(t *testing.T, dir string) {
			store := sqliteKind.open(t, sqliteScheme+filepath.Join(dir, databaseFile))
			if _, err := store.audit.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)`); err != nil {
				t.Fatal(err)
			}
		}, "newer Mapwright", false},
		"the key gone": {func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, keyFile)); err != nil {
				t.Fatal(err)
			}
		}, "account.key is missing", false},
		"the key cut off": {func(t *testing.T, dir string) { write(t, filepath.Join(dir, keyFile), []byte("-----BEGIN")) }, "holds no key", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := open(t, dir).Close(); err != nil {
				t.Fatal(err)
			}
			tc.spoil(t, dir)
			e, err := OpenEmbedded(t.Context(), dir, time.Now, rand.Reader)
			if err == nil {
				t.Fatal(errors.Join(errors.New("it was opened"), e.Close()))
			}
			if !strings.Contains(err.Error(), tc.says) || !strings.Contains(err.Error(), dir) {
				t.Errorf("the message is %q", err)
			}
			if _, damaged := errors.AsType[*DamagedError](err); damaged != tc.damaged {
				t.Errorf("it is damage: %v, in %v", damaged, err)
			}
		})
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestEmbeddedNeedsItsFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "gone")
	if _, err := OpenEmbedded(t.Context(), dir, time.Now, rand.Reader); err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("the message is %v", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a folder was made that nobody asked for")
	}
}

// another is the environment of a second process of TestTwoProcesses.
const another = "ACCOUNTSERVER_TEST_PROCESS"

// TestTwoProcesses has processes open one new data directory at the same time;
// each leases and spends, one voucher a sync.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	const processes = 3
	dir := t.TempDir()
	var running []*exec.Cmd
	var output [processes]bytes.Buffer
	for i := range processes {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProcessSpends$")
		cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d:%s", another, i+1, dir))
		cmd.Stdout, cmd.Stderr = &output[i], &output[i]
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		running = append(running, cmd)
	}
	for i, cmd := range running {
		if err := cmd.Wait(); err != nil {
			t.Errorf("process %d: %v\n%s", i+1, err, output[i].String())
		}
	}
	e := open(t, dir)
	books, err := e.server.Books(t.Context(), e.id)
	if err != nil {
		t.Fatal(err)
	}
	wantBooks(t, books, Books{Granted: 18, Available: 3, Posted: 15})
}

// TestProcessSpends is the other process of TestTwoProcesses; alone it spends
// in a data directory of its own.
func TestProcessSpends(t *testing.T) {
	t.Parallel()
	seed, dir := byte(1), t.TempDir()
	if given := os.Getenv(another); given != "" {
		seed, dir = given[0]-'0', given[2:]
	}
	e := open(t, dir)
	w := &world{TB: t, Service: e.Session, server: e.server, key: e.server.Key}
	c := w.enrol(seed)
	l := c.lease(5)
	for i := range 5 {
		hold := c.hold(l, byte(i))
		c.sync(0)
		c.end(l, hold, account.Post)
		c.sync(0)
	}
	if got := c.receipt[l.ID].AckedSeq; got != 10 {
		t.Errorf("%d vouchers of 10 were taken", got)
	}
}

func TestKeyIsTheSameEverywhere(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), keyFile)
	first, err := loadKey(path, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	second, err := loadKey(path, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if !first.Equal(second) || len(first) != ed25519.PrivateKeySize {
		t.Error("leases signed before a restart can't be verified after it")
	}
}

func TestWitnessSurvivesWhateverIsInItsFile(t *testing.T) {
	t.Parallel()
	w := fileWitness{filepath.Join(t.TempDir(), epochFile)}
	if ok, err := w.Trusts(Mark{}); ok || err != nil {
		t.Errorf("without a file: %v, %v", ok, err)
	}
	mark, err := w.Advance(Mark{Epoch: "0f1e2d", Changes: 41})
	if want := (Mark{Epoch: "0f1e2d", Changes: 42}); err != nil || mark != want {
		t.Fatalf("after %v came %v, %v", want, mark, err)
	}
	if ok, err := w.Trusts(mark); !ok || err != nil {
		t.Errorf("the newest mark is not trusted: %v", err)
	}
	for _, old := range []Mark{{}, {Epoch: "0f1e2d", Changes: 41}, {Epoch: "another", Changes: 42}} {
		if ok, err := w.Trusts(old); ok || err != nil {
			t.Errorf("%v counts as the newest mark: %v", old, err)
		}
	}
	for _, text := range []string{"", "\x00\x00\x00\x00", "0f1e2d", "0f1e2d forty"} {
		write(t, w.path, []byte(text))
		if ok, err := w.Trusts(mark); ok || err != nil {
			t.Errorf("%q counts as a mark: %v", text, err)
		}
	}
}
