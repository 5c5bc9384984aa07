package mapfile

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/paulmach/orb"
)

// editForever is the variable that makes the test binary an editor to be killed.
const editForever = "MAPWRIGHT_TEST_EDIT"

// programs are what the test binary is when a variable gives it the path of a
// map, instead of running the tests.
var programs = map[string]func(path string) error{editForever: edit}

func TestMain(m *testing.M) {
	for variable, program := range programs {
		path := os.Getenv(variable)
		if path == "" {
			continue
		}
		if err := program(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// edit changes a map until it is killed, and says the number of each change
// that is durable. Change n puts n features, and one of them in bulk size.
func edit(path string) error {
	ctx := context.Background()
	f, err := Open(ctx, path)
	if err != nil {
		return err
	}
	fmt.Println("open")
	for n := 1; ; n++ {
		err := f.Update(ctx, func(tx carto.Tx) error {
			m, err := f.Map(ctx)
			if err != nil {
				return err
			}
			m.Title = strconv.Itoa(n)
			features := make([]carto.Feature, 3)
			if n%7 == 0 {
				features = make([]carto.Feature, bulkFrom)
			}
			for i := range features {
				features[i] = carto.Feature{Geometry: orb.Point{float64(n), float64(i)}, Name: m.Title}
			}
			if _, err := tx.PutFeatures("a", features); err != nil {
				return err
			}
			_, err = tx.RemoveFeatures("a", []int64{int64(n)})
			return errors.Join(err, tx.PutMap(m))
		})
		if err != nil {
			return err
		}
		fmt.Println(n)
	}
}

func TestAKilledEditorLosesNothingThatWasDone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "map.gpkg")
	random := rand.New(rand.NewPCG(1, 2))
	total := 0
	for round := range 8 {
		if err := remove(path); err != nil {
			t.Fatal(err)
		}
		if err := Create(t.Context(), path, sample()); err != nil {
			t.Fatal(err)
		}
		f := open(t, path)
		update(t, f, func(tx carto.Tx) error { return tx.PutLayer(layer("a", "A"), 0) })
		closeFile(t, f)
		said := killed(t, path, time.Duration(random.IntN(120))*time.Millisecond)
		f = open(t, path) // the dead editor's lock is no obstacle
		verifyKilled(t, f, said)
		total += said
		closeFile(t, f)
		if left := neighbours(t, path); len(left) != 1 {
			t.Errorf("round %d: left behind: %v", round, left)
		}
	}
	if total == 0 {
		t.Error("no editor made a change before it was killed")
	}
	t.Log("changes before the kills:", total)
}

// killed runs an editor, kills it, and gives the last change it said was done.
func killed(t *testing.T, path string, after time.Duration) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), editForever+"="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	last := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if lines.Text() == "open" {
			time.AfterFunc(after, func() {
				if err := cmd.Process.Kill(); err != nil {
					t.Error(err)
				}
			})
		} else if last, err = strconv.Atoi(lines.Text()); err != nil {
			t.Fatal(err)
		}
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != -1 {
		t.Fatalf("the editor ended by itself: %v", err)
	}
	return last
}

// verifyKilled checks that the map is whole, as of one change that is not
// older than the last one said.
func verifyKilled(t *testing.T, f *File, said int) {
	t.Helper()
	m, err := f.Map(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	done, err := strconv.Atoi(m.Title)
	if err != nil {
		done = 0 // no change came through
	}
	if done < said {
		t.Errorf("change %d was said to be durable; the map is at %d", said, done)
	}
	want := 3*done + (bulkFrom-3)*(done/7) - done
	if m.Layers[0].Count != want {
		t.Errorf("%d features after %d changes, want %d", m.Layers[0].Count, done, want)
	}
	checkIndex(t, f)
	var verdict string
	if err := f.writes.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("%s: %v", verdict, err)
	}
}
