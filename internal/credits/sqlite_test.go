package credits_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/credits"
)

// childPurse makes the test binary a program that spends from the purse at
// the path, until it is killed or has made so many runs.
const childPurse = "MAPWRIGHT_TEST_PURSE"

func TestMain(m *testing.M) {
	if path := os.Getenv(childPurse); path != "" {
		if err := spend(context.Background(), path, os.Getenv("MAPWRIGHT_TEST_RUNS")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// spend holds and posts, and says on stdout what is done once it is.
func spend(ctx context.Context, path, runs string) error {
	n := 1 << 30
	if runs != "" {
		if _, err := fmt.Sscan(runs, &n); err != nil {
			return err
		}
	}
	log, err := credits.OpenSQLite(ctx, path)
	if err != nil {
		return err
	}
	m, err := credits.Open(ctx, credits.Config{Log: log, Clock: time.Now, Rand: rand.Reader})
	if err != nil {
		return err
	}
	for i := range n {
		run := fmt.Sprintf("%d-%d", os.Getpid(), i)
		charges, err := m.Hold(ctx, run, []credits.Item{layer(run), layer(run + "b")})
		if err != nil {
			return err
		}
		fmt.Println("held", charges[0].ID)
		if err := m.Post(ctx, ids(charges)); err != nil {
			return err
		}
		fmt.Println("posted", charges[0].ID)
	}
	return log.Close()
}

// purseFile is a purse on disk with an unlimited lease on it.
func purseFile(t *testing.T) (*world, *computer, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a #purse?%20.db")
	w := newWorld(t, "creator")
	w.time = time.Now()
	c := w.computer()
	log, err := credits.OpenSQLite(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	c.log = log
	c.open()
	c.sync()
	return w, c, path
}

func child(t *testing.T, path, runs string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childPurse+"="+path, "MAPWRIGHT_TEST_RUNS="+runs)
	cmd.Stderr = os.Stderr
	return cmd
}

func TestTwoProcessesShareOnePurse(t *testing.T) {
	t.Parallel()
	w, c, path := purseFile(t)
	var group sync.WaitGroup
	for range 3 {
		cmd := child(t, path, "20")
		group.Go(func() {
			if out, err := cmd.Output(); err != nil || strings.Count(string(out), "posted") != 20 {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	group.Wait()
	c.sync()
	if got := w.server.Totals(); got.Unlimited != 3*20*2 {
		t.Fatalf("%+v", got)
	}
}

func TestKilledProcessLosesNothingThatItWasTold(t *testing.T) {
	t.Parallel()
	w, c, path := purseFile(t)
	for i := range 10 {
		cmd := child(t, path, "")
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		told := map[credits.ChargeID]credits.State{}
		lines := bufio.NewScanner(out)
		for range 1 + i%4 {
			if lines.Scan() {
				note(t, told, lines.Text())
			}
		}
		time.Sleep(time.Duration(i*700) * time.Microsecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() {
			note(t, told, lines.Text())
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("the program ended before it was killed")
		}
		checkTold(t, c, told)
		held, err := c.Running(t.Context())
		if err != nil || len(held) != 0 && len(held) != 2 {
			t.Fatalf("a part of a run is held: %v, %v", held, err)
		}
		c.void(ids(held)...)
	}
	c.open()
	c.sync()
	if b := c.balance(); b.Unsynced != 0 || len(w.server.Charges()) != len(c.history()) {
		t.Fatalf("%+v", b)
	}
}

func note(t *testing.T, told map[credits.ChargeID]credits.State, line string) {
	t.Helper()
	var state, id string
	if _, err := fmt.Sscan(line, &state, &id); err == nil {
		told[credits.ChargeID(id)] = credits.State(state)
	}
}

func checkTold(t *testing.T, c *computer, told map[credits.ChargeID]credits.State) {
	t.Helper()
	for id, state := range told {
		charge, err := c.Charge(t.Context(), id)
		if err != nil || state == credits.Posted && charge.State != credits.Posted {
			t.Fatalf("the program was told that %s is %s; the purse has %+v, %v", id, state, charge, err)
		}
	}
}

func TestFullDiskHoldsNothing(t *testing.T) {
	t.Parallel()
	_, c, path := purseFile(t)
	c.pay("before")
	full, err := credits.OpenSQLite(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := full.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := credits.FillDisk(t.Context(), full); err != nil {
		t.Fatal(err)
	}
	c.log = full
	c.open()
	var refused error
	for i := 0; i < 1000 && refused == nil; i++ {
		_, refused = c.Hold(t.Context(), fmt.Sprint(i), layers(20))
	}
	if refused == nil || !strings.Contains(refused.Error(), "full") || !strings.Contains(refused.Error(), path) {
		t.Fatalf("a hold on a full disk: %v", refused)
	}
	held, err := c.Running(t.Context())
	if err != nil || len(held)%20 != 0 {
		t.Fatalf("%d held, %v", len(held), err)
	}
	if b := c.balance(); len(held) != 0 && b.Frozen != "" {
		t.Fatalf("%+v", b)
	}
}

func TestForeignAndNewerFilesAreNotTouched(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"another database": "CREATE TABLE t (x)",
		"newer purse":      "PRAGMA application_id = 1297576053; PRAGMA user_version = 99",
	} {
		path := filepath.Join(t.TempDir(), "purse.db")
		db, err := sql.Open("sqlite3", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(content); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := credits.OpenSQLite(t.Context(), path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
		if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
			t.Errorf("%s was changed (%v)", name, err)
		}
	}
}

// Who finds the purse damaged has to know what that means for the credits.
func TestDamagedPurseSaysWhatToDo(t *testing.T) {
	t.Parallel()
	_, c, path := purseFile(t)
	c.pay("a")
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	torn := append([]byte(nil), sound...)
	for i := 100; i < len(torn); i++ { // all but the header of the file
		torn[i] = byte(i * 7)
	}
	for name, content := range map[string][]byte{
		"a text": []byte(strings.Repeat("no database ", 100)), "a torn database": torn, "a part of it": sound[:5000],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "purse.db")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			log, err := credits.OpenSQLite(t.Context(), path)
			if err == nil {
				_, err = log.Load(t.Context(), 0)
				if cerr := log.Close(); cerr != nil {
					t.Error(cerr)
				}
			}
			var damaged *credits.DamagedFileError
			if !errors.As(err, &damaged) || damaged.Path != path || !errors.Is(err, credits.ErrDamaged) {
				t.Fatalf("%T: %v", err, err)
			}
			for _, part := range []string{path + " is damaged", "move it away", "mapwright credits sync", "known to the account", "when its lease ends"} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error does not say %q: %v", part, err)
				}
			}
			if after, err := os.ReadFile(path); err != nil || string(after) != string(content) {
				t.Errorf("the file was changed (%v)", err)
			}
		})
	}
}

func TestPurseIsForItsOwnerOnlyAndItsJournalStays(t *testing.T) {
	t.Parallel()
	_, c, path := purseFile(t)
	c.pay("a")
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info.Mode(), err)
	}
	db, err := sql.Open("sqlite3", strings.NewReplacer("%", "%25", "#", "%23", "?", "%3f").Replace("file:"+path))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, change := range []string{"DELETE FROM journal", "UPDATE journal SET kind = 2"} {
		if _, err := db.Exec(change); err == nil {
			t.Errorf("%s was done", change)
		}
	}
}

func TestDamagedJournalIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	c.pay("a")
	all, err := c.log.Load(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func([]credits.Entry) []credits.Entry{
		"an entry is missing":  func(e []credits.Entry) []credits.Entry { return append(e[:1:1], e[2:]...) },
		"entries are swapped":  func(e []credits.Entry) []credits.Entry { return []credits.Entry{e[0], e[2], e[1]} },
		"an entry comes twice": func(e []credits.Entry) []credits.Entry { return append(e[:2:2], e[1]) },
		"a body is cut":        func(e []credits.Entry) []credits.Entry { e[1].Body = e[1].Body[:50]; return e },
		"another kind":         func(e []credits.Entry) []credits.Entry { e[1].Kind = 9; return e },
	} {
		copied := append([]credits.Entry(nil), all.Entries...)
		log := &credits.Memory{}
		if err := log.Commit(t.Context(), 0, credits.Change{Entries: damage(copied), State: all.State}); err != nil {
			t.Fatal(err)
		}
		config := c.config()
		config.Log = log
		if _, err := credits.Open(t.Context(), config); !errors.Is(err, credits.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
