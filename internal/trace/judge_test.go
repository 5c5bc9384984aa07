package trace

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// fault is something that the judge found.
type fault struct {
	Kind  string
	Layer string
	At    [2]float64
	Size  float64
}

// judge asks shapely what is wrong with artwork.
func judge(t testing.TB, art *artwork.Artwork) []fault {
	t.Helper()
	input, err := json.Marshal(art)
	if err != nil {
		t.Fatal(err)
	}
	python := exec.Command("/usr/bin/python3", filepath.Join("testdata", "judge.py"))
	python.Stdin = bytes.NewReader(input)
	var stderr bytes.Buffer
	python.Stderr = &stderr
	output, err := python.Output()
	if err != nil {
		t.Fatalf("the judge needs python3 with shapely (run `make deps`): %v\n%s", err, stderr.String())
	}
	var faults []fault
	if err := json.Unmarshal(output, &faults); err != nil {
		t.Fatal(err)
	}
	return faults
}

// innocent fails the test for everything that the judge finds.
func innocent(t testing.TB, art *artwork.Artwork) {
	t.Helper()
	faults := judge(t, art)
	for i, f := range faults {
		if i == 10 {
			t.Errorf("… %d faults in all", len(faults))
			return
		}
		t.Errorf("%s in layer %s at %.3f, %.3f mm: %g", f.Kind, f.Layer, f.At[0], f.At[1], f.Size)
	}
}
