package main

import (
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/artwork/artworktest"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// pen follows the data of a path element, as far as this plugin writes it.
type pen struct {
	words []string
	rings []outline
}

// outline is the ends of the pieces of one ring or line.
type outline struct {
	ends   [][2]float64
	closed bool
}

// follow reads path data and fails on all but absolute M, L, C and Z.
func follow(t testing.TB, data string) []outline {
	t.Helper()
	for _, verb := range "MLCZ" {
		data = strings.ReplaceAll(data, string(verb), " "+string(verb)+" ")
	}
	p := pen{words: strings.Fields(data)}
	verb := ""
	for len(p.words) > 0 {
		if w := p.words[0]; slices.Contains([]string{"M", "L", "C", "Z"}, w) {
			verb, p.words = w, p.words[1:]
		}
		switch verb {
		case "M":
			p.rings = append(p.rings, outline{ends: [][2]float64{p.pair(t)}})
		case "Z":
			p.rings[len(p.rings)-1].closed = true
		case "L", "C":
			if verb == "C" {
				p.pair(t)
				p.pair(t)
			}
			r := &p.rings[len(p.rings)-1]
			r.ends = append(r.ends, p.pair(t))
		default:
			t.Fatalf("path data starts with %q", p.words[0])
		}
	}
	return p.rings
}

func (p *pen) pair(t testing.TB) (at [2]float64) {
	t.Helper()
	if len(p.words) < 2 {
		t.Fatalf("path data ends early: %q", p.words)
	}
	for i := range at {
		v, err := strconv.ParseFloat(p.words[i], 64)
		if err != nil {
			t.Fatalf("path data: %v", err)
		}
		at[i] = v
	}
	p.words = p.words[2:]
	return at
}

// checkDrawing fails on what would burn wrongly: rings open by mistake, points
// outside the box, pieces without length, colours that mean nothing.
func checkDrawing(t testing.TB, svg []byte, b artwork.Board, perMM float64) document {
	t.Helper()
	doc := parse(t, svg)
	if doc.viewBox[0] != 0 || doc.viewBox[1] != 0 ||
		math.Abs(doc.viewBox[2]-b.Width*perMM) > 0.06 || math.Abs(doc.viewBox[3]-b.Height*perMM) > 0.06 {
		t.Fatalf("viewBox %v does not show %g × %g mm", doc.viewBox, b.Width, b.Height)
	}
	for _, p := range doc.paths {
		filled := p.fill != "none"
		if filled == (p.stroke != "none") || filled != (p.rule == "evenodd") {
			t.Fatalf("fill %q, stroke %q, fill rule %q: neither engraved nor followed", p.fill, p.stroke, p.rule)
		}
		for _, o := range follow(t, p.data) {
			if len(o.ends) < 2 || filled && !o.closed {
				t.Fatalf("a path of %d points, filled %v, closed %v: %.80s", len(o.ends), filled, o.closed, p.data)
			}
			for i, e := range o.ends {
				if e[0] < 0 || e[1] < 0 || e[0] > doc.viewBox[2] || e[1] > doc.viewBox[3] {
					t.Fatalf("%v lies outside the box %v", e, doc.viewBox)
				}
				if i > 0 && e == o.ends[i-1] && !strings.Contains(p.data, "C") {
					t.Fatalf("a line without length at %v: %.80s", e, p.data)
				}
			}
		}
	}
	return doc
}

func TestNothingToRepair(t *testing.T) {
	t.Parallel()
	munich, munichLayers := artworktest.Munich()
	all, allLayers := artworktest.Everything()
	for _, units := range units() {
		for _, precision := range []int64{1, 3, 6} {
			t.Run(fmt.Sprint(units.name, precision), func(t *testing.T) {
				t.Parallel()
				given := sdk.Options{"units": units.name, "precision": precision}
				checkDrawing(t, export(t, munich, munichLayers, given), munich, units.perMM)
				checkDrawing(t, export(t, all, allLayers, given), all, units.perMM)
			})
		}
	}
}

// TestMachineOrder: nothing may be cut free before it is engraved.
func TestMachineOrder(t *testing.T) {
	t.Parallel()
	b, layers := artworktest.Everything()
	doc := parse(t, export(t, b, layers, nil))
	want := []string{"areas", "lines", "Cuts & holes (cut inner)", "Cuts & holes (cut)"}
	if fmt.Sprint(doc.labels) != fmt.Sprint(want) {
		t.Errorf("groups %q, want %q", doc.labels, want)
	}
	if len(doc.paths) != 7 {
		t.Errorf("%d paths, want 7: the helper line is never written", len(doc.paths))
	}
	if doc.desc != artworktest.Attribution {
		t.Errorf("attribution %q is not in the file", doc.desc)
	}
}

// TestLayersLineUp writes each layer alone: the boxes must be identical.
func TestLayersLineUp(t *testing.T) {
	t.Parallel()
	b, layers := artworktest.Munich()
	for _, l := range layers {
		doc := parse(t, export(t, b, []*artwork.Layer{l}, nil))
		if doc.width != "100mm" || doc.viewBox != [4]float64{0, 0, 100, 80} {
			t.Errorf("layer %s alone is on the box %v, %s wide", l.Name, doc.viewBox, doc.width)
		}
	}
}

// TestTrueSizeElsewhere asks librsvg how large it finds the drawing.
func TestTrueSizeElsewhere(t *testing.T) {
	t.Parallel()
	for file, dpi := range map[string]string{
		"munich.svg": "25.4", "everything.svg": "25.4",
		// Pixels: 60 × 40 mm at 96 and at 72 pixels per inch, rounded up by librsvg.
		"everything-lightburn-px96.svg": "96", "everything-k40-px72.svg": "72",
	} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			picture := filepath.Join(t.TempDir(), "picture.png")
			run(t, "rsvg-convert", "--dpi-x="+dpi, "--dpi-y="+dpi, "-o", picture, filepath.Join("testdata", file))
			want := map[string]string{
				"munich.svg": "100 80", "everything.svg": "60 40",
				"everything-lightburn-px96.svg": "227 152", "everything-k40-px72.svg": "171 114",
			}[file]
			if got := run(t, "identify", "-format", "%w %h", picture); got != want {
				t.Errorf("the picture has %s pixels, want %s", got, want)
			}
		})
	}
}

// TestParsesAsXMLElsewhere reads the drawings with Python's parser.
func TestParsesAsXMLElsewhere(t *testing.T) {
	t.Parallel()
	const script = `import sys, xml.etree.ElementTree as e
for f in sys.argv[1:]:
    for n in e.parse(f).iter():
        tag = n.tag.split('}')[1]
        assert tag in ('svg', 'title', 'desc', 'g', 'path'), tag
        assert not {'transform', 'class', 'style', 'clip-path', 'mask'} & set(n.attrib), n.attrib
print('good')`
	files, err := filepath.Glob(filepath.Join("testdata", "*.svg"))
	if err != nil || len(files) < 5 {
		t.Fatalf("%d goldens: %v", len(files), err)
	}
	if got := run(t, "/usr/bin/python3", append([]string{"-c", script}, files...)...); strings.TrimSpace(got) != "good" {
		t.Errorf("python says %q", got)
	}
}

func run(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s (run make deps)", name, err, out)
	}
	return string(out)
}

func TestRoundingLeavesNoTraces(t *testing.T) {
	t.Parallel()
	g := newGrid(artwork.Board{Width: 10, Height: 10}, settings{unit: units()[0], precision: 2})
	path := func(closed bool, xy ...float64) artwork.Path {
		p := artwork.Path{Closed: closed}
		for i := 0; i < len(xy); i += 2 {
			p.Points = append(p.Points, artwork.Point{X: xy[i], Y: xy[i+1]})
		}
		return p
	}
	for name, c := range map[string]struct {
		path artwork.Path
		fill bool
		want string
	}{
		"numbers are short":              {path(false, 0, 10, 0.5, 9.25, 3, 0), false, "M0 0L0.5 0.75 3 10"},
		"equal points are one":           {path(false, 1, 1, 1.001, 1.001, 2, 2), false, "M1 9L2 8"},
		"a ring does not repeat":         {path(true, 1, 1, 2, 1, 2, 2, 1.001, 1.001), true, "M1 9L2 9 2 8Z"},
		"a filled sliver is left out":    {path(true, 1, 1, 2, 1, 1.002, 1.002), true, ""},
		"a followed sliver is one line":  {path(true, 1, 1, 2, 1, 1.002, 1.002), false, "M1 9L2 9"},
		"a point is left out":            {path(true, 1, 1, 1.001, 1), false, ""},
		"no minus zero":                  {path(false, -0.0004, 10.0004, 5, 5), false, "M0 0L5 5"},
		"a curve back to its start":      {artwork.Path{Closed: true, Points: []artwork.Point{{X: 5, Y: 5}, {X: 9, Y: 9}, {X: 1, Y: 9}, {X: 5, Y: 5}}, Verbs: []artwork.Verb{artwork.CubicTo}}, true, "M5 5C9 1 1 1 5 5Z"},
		"a curve of one point is no one": {artwork.Path{Points: []artwork.Point{{X: 5, Y: 5}, {X: 5, Y: 5}, {X: 5, Y: 5}, {X: 5, Y: 5}}, Verbs: []artwork.Verb{artwork.CubicTo}}, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := string(g.appendPath(nil, c.path, c.fill)); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	taken := ids{}
	for _, c := range [][2]string{
		{"water", "water"},
		{"water", "water-2"},
		{"roads major", "roads-major"},
		{"roads/major", "roads-major-2"},
		{"", "layer"},
		{"1st floor", "layer-1st-floor"},
		{"Straße", "Straße"},
		{"🗺️", "layer-2"},
		{"-x-", "layer--x"},
		{"Река", "Река"},
	} {
		if got := taken.unique(c[0]); got != c[1] {
			t.Errorf("id of %q is %q, want %q", c[0], got, c[1])
		}
	}
}

// FuzzDrawing gives any name and any path: the drawing must parse, hold the
// name's group, and stay in its box.
func FuzzDrawing(f *testing.F) {
	f.Add("water", []byte{10, 20, 30, 40, 50, 60, 250, 0}, true, uint8(3))
	f.Add(`</g><script>&"`+"\x00", []byte{0, 0, 1, 1, 200, 1, 2, 255, 255, 7}, false, uint8(1))
	f.Add("שָׁלוֹם 🗺️", []byte{9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}, true, uint8(6))
	f.Fuzz(func(t *testing.T, name string, data []byte, fill bool, precision uint8) {
		b := artwork.Board{Number: 1, Width: 25.5, Height: 25.5}
		var p artwork.Path
		for ; len(data) >= 2; data = data[2:] {
			p.Points = append(p.Points, artwork.Point{X: float64(data[0]) / 10, Y: float64(data[1]) / 10})
		}
		if len(data) > 0 {
			p.Closed = data[0]%2 == 1
			for need := 1; need < len(p.Points); {
				v := []artwork.Verb{artwork.LineTo, artwork.CubicTo, artwork.ArcTo}[(int(data[0])/2+need)%3]
				if need += v.Points(); need > len(p.Points) {
					p.Points = append(p.Points, make([]artwork.Point, need-len(p.Points))...)
				}
				p.Verbs = append(p.Verbs, v)
			}
		}
		l := &artwork.Layer{Name: name, Shapes: []artwork.Shape{{Board: 1, Operation: artwork.Score, Setting: "1", Paths: []artwork.Path{p}}}}
		if fill {
			l.Shapes[0].Operation, l.Shapes[0].Setting, l.Shapes[0].Fill = artwork.Engrave, "dark", true
		}
		var out files
		err := format{}.Export(t.Context(), newJob(t, []artwork.Board{b}, []*artwork.Layer{l}, sdk.Options{"precision": int64(precision%6) + 1}), &out)
		if err != nil {
			t.Skip(err) // curves that leave the board, paths without length
		}
		if doc := checkDrawing(t, out.written[""].Bytes(), b, 1); len(doc.labels) != 1 {
			t.Errorf("%d groups, want one", len(doc.labels))
		}
	})
}
