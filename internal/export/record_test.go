package export

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mapwright/mapwright/internal/credits"
)

func someRecord(out string) *record {
	return &record{
		Version: recordVersion, Run: "abc", Started: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		Out: out, Staging: stagingPath(out, "abc"),
		Jobs: []jobRecord{{
			Format: "svg", Layers: []string{"lanes"}, Recipes: []string{"00ff"}, Charges: []credits.ChargeID{"MW-7K3F-21"}, Staged: true,
			Files: []stagedFile{{Staged: "0-0-0", Target: "map.svg", Ext: "svg", Bytes: 12, SHA256: "aa"}},
		}},
	}
}

func TestARecordComesBackWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	want := someRecord(t.TempDir())
	if err := want.save(dir); err != nil {
		t.Fatal(err)
	}
	got, err := loadRecord(dir, "abc")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if err := removeRecord(dir, "abc"); err != nil {
		t.Fatal(err)
	}
	if _, err := loadRecord(dir, "abc"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("after removing: %v", err)
	}
}

// FuzzRecord shows that no record, however damaged, makes recovery touch a
// file outside of the run's own folders.
func FuzzRecord(f *testing.F) {
	dir := f.TempDir()
	if err := someRecord("/out").save(dir); err != nil {
		f.Fatal(err)
	}
	good, err := os.ReadFile(recordPath(dir, "abc"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"version":1,"run":"abc","out":"/","staging":"/.mapwright-abc","jobs":[{"files":[{"staged":"../x"}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := decodeRecord(data, "abc")
		if err != nil {
			return
		}
		for _, j := range r.Jobs {
			for _, file := range j.Files {
				if filepath.Dir(filepath.Join(r.Staging, file.Staged)) != filepath.Clean(r.Staging) && file.Staged != "." {
					t.Errorf("a staged file %q lies outside of %q", file.Staged, r.Staging)
				}
			}
		}
	})
}
