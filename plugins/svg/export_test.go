package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/artwork/artworktest"
	"github.com/mapwright/mapwright/plugins/sdk"
)

var update = flag.Bool("update", false, "write the golden files anew")

// files is an output in memory, by suffix.
type files struct {
	written     map[string]*memoryFile
	diagnostics []sdk.Diagnostic
}

type memoryFile struct {
	bytes.Buffer
	closed bool
}

func (f *memoryFile) Close() error { f.closed = true; return nil }

func (f *files) Create(suffix string) (io.WriteCloser, error) {
	if f.written == nil {
		f.written = map[string]*memoryFile{}
	}
	if f.written[suffix] != nil {
		return nil, fmt.Errorf("suffix %q twice", suffix)
	}
	f.written[suffix] = &memoryFile{}
	return f.written[suffix], nil
}

func (f *files) Progress(float64) error { return nil }

func (f *files) Diagnose(d sdk.Diagnostic) error {
	f.diagnostics = append(f.diagnostics, d)
	return nil
}

// newJob is a job of layers on boards with the default options, changed by given.
func newJob(t testing.TB, boards []artwork.Board, layers []*artwork.Layer, given sdk.Options) *sdk.Job {
	t.Helper()
	options, wrong := sdk.CompleteOptions(format{}.Manifest(), given)
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	return &sdk.Job{
		Title: "Munich", Boards: boards, Options: options, Attribution: artworktest.Attribution, LayerCount: len(layers),
		Next: func() (*artwork.Layer, error) {
			if len(layers) == 0 {
				return nil, io.EOF
			}
			l := layers[0]
			layers = layers[1:]
			return l, nil
		},
	}
}

// export gives the only file of a job.
func export(t testing.TB, b artwork.Board, layers []*artwork.Layer, given sdk.Options) []byte {
	t.Helper()
	var out files
	if err := (format{}).Export(context.Background(), newJob(t, []artwork.Board{b}, layers, given), &out); err != nil {
		t.Fatal(err)
	}
	f := out.written[""]
	if f == nil || len(out.written) != 1 || !f.closed {
		t.Fatalf("want one closed file without suffix, got %v", slices.Collect(maps.Keys(out.written)))
	}
	return f.Bytes()
}

func TestSameDrawingForever(t *testing.T) {
	t.Parallel()
	munich, munichLayers := artworktest.Munich()
	all, allLayers := artworktest.Everything()
	for _, c := range []struct {
		file   string
		board  artwork.Board
		layers []*artwork.Layer
		given  sdk.Options
	}{
		{"munich.svg", munich, munichLayers, nil},
		{"everything.svg", all, allLayers, nil},
		{"everything-lightburn-px96.svg", all, allLayers, sdk.Options{"target": "lightburn", "units": "px96"}},
		{"everything-k40-px72.svg", all, allLayers, sdk.Options{"target": "k40", "units": "px72", "precision": int64(2)}},
		{"everything-driver.svg", all, allLayers, sdk.Options{"target": "driver"}},
	} {
		t.Run(c.file, func(t *testing.T) {
			t.Parallel()
			got := export(t, c.board, c.layers, c.given)
			golden := filepath.Join("testdata", c.file)
			if *update {
				if err := os.WriteFile(golden, got, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), string(got)); d != "" {
				t.Errorf("%s changed (-golden +now), run with -update if it should:\n%s", golden, d)
			}
		})
	}
}

func TestBoardsGetAFileEach(t *testing.T) {
	t.Parallel()
	b, layers := artworktest.Everything()
	second, third := b, b
	second.Number, third.Number = 2, 3
	for i := range layers[1].Shapes {
		layers[1].Shapes[i].Board = 3
	}
	var out files
	if err := (format{}).Export(context.Background(), newJob(t, []artwork.Board{b, second, third}, layers, nil), &out); err != nil {
		t.Fatal(err)
	}
	if got := slices.Sorted(maps.Keys(out.written)); !slices.Equal(got, []string{"board1", "board3"}) {
		t.Errorf("files %q: want the two boards on which something burns", got)
	}
	if strings.Contains(out.written["board3"].String(), "Cuts") {
		t.Error("board 3 holds a layer that is on board 1")
	}
}

func TestHostileNames(t *testing.T) {
	t.Parallel()
	b, layers := artworktest.Everything()
	names := []string{`</g><script>alert("1")&'`, "nul\x00 bell\a tab\t line\n bad\xff", "שָׁלוֹם \u202e 🗺️ Straße"}
	for i := range layers {
		layers[i].Name = names[i]
	}
	job := newJob(t, []artwork.Board{b}, layers, nil)
	job.Title = names[0]
	var out files
	if err := (format{}).Export(context.Background(), job, &out); err != nil {
		t.Fatal(err)
	}
	doc := parse(t, out.written[""].Bytes())
	if doc.title != names[0] {
		t.Errorf("title %q, want %q", doc.title, names[0])
	}
	for _, want := range []string{names[0] + " (cut)", "nul\uFFFD bell\uFFFD tab\t line\n bad\uFFFD", names[2]} {
		if !slices.Contains(doc.labels, want) {
			t.Errorf("no group is called %q: %q", want, doc.labels)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	one := func(change func(b *artwork.Board, s *artwork.Shape)) error {
		b := artwork.Board{Number: 1, Width: 10, Height: 10}
		s := artwork.Shape{Board: 1, Operation: artwork.Score, Setting: "1", Paths: []artwork.Path{{Points: []artwork.Point{{X: 1, Y: 1}, {X: 9, Y: 9}}}}}
		change(&b, &s)
		l := &artwork.Layer{Name: "roads", Shapes: []artwork.Shape{s}}
		return format{}.Export(context.Background(), newJob(t, []artwork.Board{b}, []*artwork.Layer{l}, nil), &files{})
	}
	for name, c := range map[string]struct {
		change func(*artwork.Board, *artwork.Shape)
		want   string
	}{
		"a shape beside the board":    {func(_ *artwork.Board, s *artwork.Shape) { s.Paths[0].Points[1].X = 12 }, "leaves board 1"},
		"a board that is not there":   {func(_ *artwork.Board, s *artwork.Shape) { s.Board = 4 }, "board 4"},
		"a board without size":        {func(b *artwork.Board, _ *artwork.Shape) { b.Width = 0 }, "size above 0"},
		"verbs without points":        {func(_ *artwork.Board, s *artwork.Shape) { s.Paths[0].Verbs = []artwork.Verb{artwork.CubicTo} }, "need 4 points"},
		"a setting nobody knows":      {func(_ *artwork.Board, s *artwork.Shape) { s.Setting = "deep" }, `"deep"`},
		"nothing that burns":          {func(_ *artwork.Board, s *artwork.Shape) { s.Operation = artwork.Guide }, "nothing"},
		"a line too short to be seen": {func(_ *artwork.Board, s *artwork.Shape) { s.Paths[0].Points[1] = artwork.Point{X: 1.0001, Y: 1} }, "nothing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := one(c.change); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	b, layers := artworktest.Munich()
	if err := (format{}).Export(ctx, newJob(t, []artwork.Board{b}, layers, nil), &files{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that the export was cancelled", err)
	}
}

func TestCarvingIsReported(t *testing.T) {
	t.Parallel()
	b, layers := artworktest.Everything()
	layers[1].Heights = []artwork.HeightField{{Board: 1, Cell: 1, Columns: 1, Rows: 1, Values: []float32{1}}}
	var out files
	if err := (format{}).Export(context.Background(), newJob(t, []artwork.Board{b}, layers, nil), &out); err != nil {
		t.Fatal(err)
	}
	if len(out.diagnostics) != 1 || out.diagnostics[0].Layer != layers[1].Name {
		t.Errorf("diagnostics %v, want one about layer %q", out.diagnostics, layers[1].Name)
	}
}

// document is what a laser program finds in a drawing.
type document struct {
	title, desc string
	width       string
	viewBox     [4]float64
	labels, ids []string
	paths       []pathElement
}

type pathElement struct{ fill, stroke, rule, data, group string }

// parse reads a drawing and fails on every element and attribute that laser
// programs ignore or read wrongly.
func parse(t testing.TB, svg []byte) document {
	t.Helper()
	allowed := map[string][]string{
		"svg":   {"xmlns", "inkscape", "version", "width", "height", "viewBox"},
		"title": nil, "desc": nil,
		"g":    {"id", "groupmode", "label"},
		"path": {"fill", "stroke", "stroke-width", "fill-rule", "d"},
	}
	var doc document
	var text *string
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return doc
		}
		if err != nil {
			t.Fatalf("the drawing is no XML: %v", err)
		}
		switch e := token.(type) {
		case xml.CharData:
			if text != nil {
				*text += string(e)
			}
		case xml.EndElement:
			text = nil
		case xml.StartElement:
			attributes, ok := allowed[e.Name.Local]
			if !ok {
				t.Fatalf("element <%s> is not allowed", e.Name.Local)
			}
			a := map[string]string{}
			for _, x := range e.Attr {
				if !slices.Contains(attributes, x.Name.Local) {
					t.Fatalf("attribute %s of <%s> is not allowed", x.Name.Local, e.Name.Local)
				}
				a[x.Name.Local] = x.Value
			}
			switch e.Name.Local {
			case "title":
				text = &doc.title
			case "desc":
				text = &doc.desc
			case "svg":
				doc.width = a["width"]
				if _, err := fmt.Sscan(a["viewBox"], &doc.viewBox[0], &doc.viewBox[1], &doc.viewBox[2], &doc.viewBox[3]); err != nil {
					t.Fatalf("viewBox %q: %v", a["viewBox"], err)
				}
			case "g":
				if slices.Contains(doc.ids, a["id"]) {
					t.Fatalf("id %q twice", a["id"])
				}
				doc.ids, doc.labels = append(doc.ids, a["id"]), append(doc.labels, a["label"])
			case "path":
				doc.paths = append(doc.paths, pathElement{a["fill"], a["stroke"], a["fill-rule"], a["d"], doc.labels[len(doc.labels)-1]})
			}
		}
	}
}
