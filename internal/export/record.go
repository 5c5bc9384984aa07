package export

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/mapwright/mapwright/internal/credits"
	"github.com/mapwright/mapwright/internal/durable"
)

// recordVersion grows with every change of record that an older program
// would misread.
const recordVersion = 1

// record is what is durably known of a run: written before the first hold,
// and after each step, so that a later start can finish or take back the run.
type record struct {
	Version int         `json:"version"`
	Run     string      `json:"run"`
	Started time.Time   `json:"started"`
	Out     string      `json:"out"`     // absolute folder of the destination
	Staging string      `json:"staging"` // absolute hidden folder in it
	Jobs    []jobRecord `json:"jobs"`
}

// jobRecord is one job of a run.
type jobRecord struct {
	Format   string             `json:"format"`
	Layers   []string           `json:"layers"`
	Recipes  []string           `json:"recipes"` // hex, one a layer
	Charges  []credits.ChargeID `json:"charges"` // one a layer, known after the hold
	Staged   bool               `json:"staged"`  // all files are complete in the staging folder
	Files    []stagedFile       `json:"files"`
	Finished bool               `json:"finished"` // in place, or taken back
}

// stagedFile is a finished file of a job on its way to its place.
type stagedFile struct {
	Staged string `json:"staged"` // name in the staging folder
	Target string `json:"target"` // name that it wants in the destination
	Ext    string `json:"ext"`    // extension of Target, without dot
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // hex
}

// newRecord is the record of a run that has not begun.
func (r *run) newRecord(id, out string) *record {
	rec := &record{Version: recordVersion, Run: id, Started: r.Clock().UTC(), Out: out, Staging: stagingPath(out, id)}
	for _, j := range r.plan.jobs {
		job := jobRecord{Format: j.plugin.Manifest.ID}
		for i, item := range j.items {
			job.Layers = append(job.Layers, j.artwork.Layers[i].Name)
			job.Recipes = append(job.Recipes, hex.EncodeToString(item.Recipe[:]))
		}
		rec.Jobs = append(rec.Jobs, job)
	}
	return rec
}

func recordPath(dir, run string) string { return filepath.Join(dir, run+".json") }

// save writes the record durably: the whole of it is on disk when save
// returns, or the record before stays.
func (r *record) save(dir string) error {
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	if err := durable.WriteFile(recordPath(dir, r.Run), data, 0o600); err != nil {
		return fmt.Errorf("keeping the record of the export in %s: %w", dir, err)
	}
	return nil
}

// loadRecord reads a record; fs.ErrNotExist if there is none.
func loadRecord(dir, run string) (*record, error) {
	data, err := os.ReadFile(recordPath(dir, run))
	if err != nil {
		return nil, err
	}
	return decodeRecord(data, run)
}

func decodeRecord(data []byte, run string) (*record, error) {
	var r record
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, fmt.Errorf("the record of export %s can't be read: %w", run, err)
	}
	if r.Version != recordVersion {
		return nil, fmt.Errorf("the record of export %s has version %d; this program knows %d", run, r.Version, recordVersion)
	}
	if r.Run != run || !filepath.IsAbs(r.Out) || filepath.Dir(r.Staging) != filepath.Clean(r.Out) {
		return nil, fmt.Errorf("the record of export %s is damaged", run)
	}
	for _, j := range r.Jobs {
		if len(j.Recipes) != len(j.Layers) || len(j.Charges) != 0 && len(j.Charges) != len(j.Layers) {
			return nil, fmt.Errorf("the record of export %s is damaged", run)
		}
		for _, f := range j.Files {
			if filepath.Base(f.Staged) != f.Staged || filepath.Base(f.Target) != f.Target {
				return nil, fmt.Errorf("the record of export %s is damaged", run)
			}
		}
	}
	return &r, nil
}

// removeRecord removes the record and what a crash left of writing one.
func removeRecord(dir, run string) error {
	paths, err := filepath.Glob(recordPath(dir, run) + "*")
	if err != nil {
		return err
	}
	for _, path := range paths {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return durable.SyncDir(dir)
}
