package trace

import (
	"bytes"
	"encoding/json"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// fault is something that the judge found.
type fault struct {
	Kind  string
	Layer string
	At    [2]float64
	Size  float64
}

// judge asks shapely what is wrong with each artwork. Starting it costs more
// than judging a small map, so small ones are judged together.
func judge(t testing.TB, art ...*artwork.Artwork) [][]fault {
	t.Helper()
	flat := make([]*artwork.Artwork, len(art))
	for i, a := range art {
		flat[i] = flattened(a)
	}
	var faults [][]fault
	ask(t, "judge.py", flat, &faults)
	return faults
}

// ask lets a program of testdata look at a question, both sides in JSON.
func ask(t testing.TB, program string, question, answer any) {
	t.Helper()
	input, err := json.Marshal(question)
	if err != nil {
		t.Fatal(err)
	}
	python := exec.Command("/usr/bin/python3", filepath.Join("testdata", program))
	python.Stdin = bytes.NewReader(input)
	var stderr bytes.Buffer
	python.Stderr = &stderr
	output, err := python.Output()
	if err != nil {
		t.Fatalf("the judge needs python3 with shapely (run `make deps`): %v\n%s", err, stderr.String())
	}
	if err := json.Unmarshal(output, answer); err != nil {
		t.Fatal(err)
	}
}

// flattened gives artwork whose curves are drawn as lines within 0.001 mm.
// Their paths keep the verbs, by which the judge knows them.
func flattened(art *artwork.Artwork) *artwork.Artwork {
	flat := *art
	flat.Layers = slices.Clone(art.Layers)
	for i := range flat.Layers {
		l := &flat.Layers[i]
		l.Shapes = slices.Clone(l.Shapes)
		for j := range l.Shapes {
			s := &l.Shapes[j]
			s.Paths = slices.Clone(s.Paths)
			for k, p := range s.Paths {
				s.Paths[k] = p.Flatten(0.001)
				s.Paths[k].Verbs = p.Verbs
			}
		}
	}
	return &flat
}

// innocent fails the test for everything that the judge finds.
func innocent(t testing.TB, art *artwork.Artwork) {
	t.Helper()
	condemn(t, "", judge(t, art)[0])
}

// allInnocent is innocent for artworks by their names.
func allInnocent(t testing.TB, arts map[string]*artwork.Artwork) {
	t.Helper()
	names := slices.Sorted(maps.Keys(arts))
	list := make([]*artwork.Artwork, 0, len(arts))
	for _, name := range names {
		list = append(list, arts[name])
	}
	for i, faults := range judge(t, list...) {
		condemn(t, names[i]+": ", faults)
	}
}

func condemn(t testing.TB, prefix string, faults []fault) {
	t.Helper()
	for i, f := range faults {
		if i == 10 {
			t.Errorf("%s… %d faults in all", prefix, len(faults))
			return
		}
		t.Errorf("%s%s in layer %s at %.3f, %.3f mm: %g", prefix, f.Kind, f.Layer, f.At[0], f.At[1], f.Size)
	}
}

// TestJudgeIsNotBlind plants each fault once.
func TestJudgeIsNotBlind(t *testing.T) {
	t.Parallel()
	line := func(closed bool, xy ...float64) artwork.Shape {
		p := artwork.Path{Closed: closed}
		for i := 0; i+1 < len(xy); i += 2 {
			p.Points = append(p.Points, artwork.Point{X: xy[i], Y: xy[i+1]})
		}
		return artwork.Shape{Board: 1, Operation: artwork.Score, Paths: []artwork.Path{p}}
	}
	fill := func(xy ...float64) artwork.Shape {
		s := line(true, xy...)
		s.Operation, s.Fill = artwork.Engrave, true
		return s
	}
	planted := map[string][]artwork.Shape{
		"grid":    {line(false, 10, 10, 20.0001, 10)},
		"outside": {line(false, 10, 10, 96, 10)},
		"open":    {line(false, 10, 10, 20, 10, 20, 20, 10, 10.015625)},
		"twice":   {line(false, 10, 10, 20, 10), line(false, 19, 10.015625, 15, 10.015625)},
		"overlap": {fill(rect(10, 10, 20, 20)...), fill(rect(15, 15, 30, 30)...)},
		"invalid": {fill(10, 10, 20, 20, 20, 10, 10, 20)},
		"":        {line(false, 10, 10, 20, 10), fill(rect(10, 10, 20, 20)...)},
	}
	kinds := slices.Sorted(maps.Keys(planted))
	var arts []*artwork.Artwork
	for _, kind := range kinds {
		art := newTable(t, carto.FrameRect).scene().artwork()
		art.Layers = []artwork.Layer{{Name: "planted", Shapes: planted[kind]}}
		arts = append(arts, art)
	}
	for i, faults := range judge(t, arts...) {
		found := slices.ContainsFunc(faults, func(f fault) bool { return f.Kind == kinds[i] })
		if kinds[i] == "" && len(faults) > 0 {
			t.Errorf("the judge accuses the innocent: %+v", faults)
		} else if kinds[i] != "" && !found {
			t.Errorf("the judge did not find %s, only %+v", kinds[i], faults)
		}
	}
}
