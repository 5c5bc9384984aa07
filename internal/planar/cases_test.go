package planar

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// geometry is as much of GeoJSON as the cases use.
type geometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
	Geometry    *geometry       `json:"geometry"`
	Features    []geometry      `json:"features"`
	Geometries  []geometry      `json:"geometries"`
}

// shapes gives the polygons of every feature.
func (g geometry) shapes(t *testing.T) [][][][][2]float64 {
	t.Helper()
	switch g.Type {
	case "FeatureCollection":
		var out [][][][][2]float64
		for _, f := range g.Features {
			out = append(out, f.shapes(t)...)
		}
		return out
	case "GeometryCollection":
		var out [][][][][2]float64
		for _, f := range g.Geometries {
			out = append(out, f.shapes(t)...)
		}
		return out
	case "LineString": // of these cases: rings whose ends were not joined
		var l [][2]float64
		decode(t, g.Coordinates, &l)
		return [][][][][2]float64{{{l}}}
	case "MultiLineString":
		var m [][][2]float64
		decode(t, g.Coordinates, &m)
		return [][][][][2]float64{{m}}
	case "Feature":
		return g.Geometry.shapes(t)
	case "Polygon":
		var p [][][2]float64
		decode(t, g.Coordinates, &p)
		return [][][][][2]float64{{p}}
	case "MultiPolygon":
		var m [][][][2]float64
		decode(t, g.Coordinates, &m)
		return [][][][][2]float64{m}
	}
	t.Fatalf("a geometry of type %q", g.Type)
	return nil
}

func decode(t *testing.T, data []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatal(err)
	}
}

func readShapes(t *testing.T, file string) ([][][][][2]float64, bool) {
	t.Helper()
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false
	}
	if err != nil {
		t.Fatal(err)
	}
	var g geometry
	decode(t, data, &g)
	return g.shapes(t), true
}

// fit puts coordinates on the grid as finely as they fit there.
type fit struct{ scale float64 }

func newFit(shapes [][][][][2]float64) fit {
	largest := 1e-9
	for _, s := range shapes {
		for _, p := range s {
			for _, r := range p {
				for _, c := range r {
					largest = max(largest, math.Abs(c[0]), math.Abs(c[1]))
				}
			}
		}
	}
	return fit{Max / 2 / largest}
}

func (f fit) ring(r [][2]float64) Ring {
	out := make(Ring, len(r))
	for i, c := range r {
		out[i] = Point{snap(c[0] * f.scale), snap(c[1] * f.scale)}
	}
	return out
}

// area takes a multipolygon as these cases mean it: the union of its polygons,
// each its shell without what its holes cover.
func (f fit) area(t *testing.T, shape [][][][2]float64) []Ring {
	t.Helper()
	var all []Ring
	for _, p := range shape {
		if len(p) == 0 {
			continue
		}
		holes := make([]Ring, 0, len(p))
		for _, r := range p[1:] {
			holes = append(holes, f.ring(r))
		}
		all = append(all, Rings(mustBoolean(t, Difference, []Ring{f.ring(p[0])}, holes, NonZero))...)
	}
	return Rings(mustBoolean(t, UnionOp, all, nil, Positive))
}

// Shapes that made other libraries fail.
func TestPolygonClippingCases(t *testing.T) {
	t.Parallel()
	ops := map[string]Op{"union": UnionOp, "intersection": Intersection, "difference": Difference, "xor": Xor}
	folders, err := filepath.Glob("testdata/polygon-clipping/*")
	if err != nil || len(folders) != 47 {
		t.Fatalf("%d cases, want 47: %v", len(folders), err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			args, ok := readShapes(t, filepath.Join(folder, "args.geojson"))
			if !ok {
				t.Fatal("args.geojson is missing")
			}
			for name, op := range ops {
				want, ok := readShapes(t, filepath.Join(folder, name+".geojson"))
				if !ok {
					want, ok = readShapes(t, filepath.Join(folder, "all.geojson"))
				}
				if !ok {
					continue
				}
				checkCase(t, name, op, args, want[0])
			}
		})
	}
}

// checkCase compares as sets: what one has and the other has not is no more
// than the grid explains.
func checkCase(t *testing.T, name string, op Op, args [][][][][2]float64, want [][][][2]float64) {
	t.Helper()
	f := newFit(args)
	got := f.area(t, args[0])
	bound := areaBound(got)
	for _, arg := range args[1:] {
		next := f.area(t, arg)
		bound += areaBound(next)
		got = Rings(mustBoolean(t, op, got, next, NonZero))
	}
	var rings []Ring
	for _, p := range want {
		for _, r := range p {
			rings = append(rings, f.ring(r))
		}
	}
	bound += areaBound(rings)
	if differ := Area(mustBoolean(t, Xor, got, rings, EvenOdd)); differ > bound {
		t.Errorf("%s: %v of another area, no more than %v can come from the grid", name, differ, bound)
	}
}

// clipperCase is one of Clipper2's tests.
type clipperCase struct {
	name          string
	op            Op
	fill          Fill
	negative      bool // the fill rule is Positive of the reversed rings
	area, count   float64
	subject, clip []Ring
	open          []Ring
}

func readClipperCases(t *testing.T, file string) []clipperCase {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata/clipper2", file))
	if err != nil {
		t.Fatal(err)
	}
	var cases []clipperCase
	var c *clipperCase
	var into *[]Ring
	lines := bufio.NewScanner(strings.NewReader(string(data)))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch key {
		case "CAPTION":
			cases = append(cases, clipperCase{name: strings.TrimSuffix(strings.Fields(value)[0], ".")})
			c = &cases[len(cases)-1]
		case "CLIPTYPE":
			c.op = map[string]Op{"UNION": UnionOp, "INTERSECTION": Intersection, "DIFFERENCE": Difference, "XOR": Xor}[value]
		case "FILLRULE":
			c.fill = map[string]Fill{"EVENODD": EvenOdd, "POSITIVE": Positive, "NEGATIVE": Positive}[value]
			c.negative = value == "NEGATIVE"
		case "SOL_AREA":
			c.area = number(t, value)
		case "SOL_COUNT":
			c.count = number(t, value)
		case "SUBJECTS":
			into = &c.subject
		case "SUBJECTS_OPEN":
			into = &c.open
		case "CLIPS":
			into = &c.clip
		case "":
		default:
			*into = append(*into, readRing(t, line, c.negative))
		}
	}
	return cases
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func readRing(t *testing.T, line string, reverse bool) Ring {
	t.Helper()
	numbers := strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ' ' })
	var r Ring
	for i := 0; i+1 < len(numbers); i += 2 {
		r = append(r, Point{int32(number(t, numbers[i])), int32(number(t, numbers[i+1]))})
	}
	if reverse {
		r = reversed(r)
	}
	return r
}

// Clipper2's own results round crossings to its integers too, and so both
// areas are within the bound of the exact one. Its coordinates are taken as
// they are and made finer, which leaves it alone to be coarse.
func TestClipper2Cases(t *testing.T) {
	t.Parallel()
	cases := readClipperCases(t, "Polygons.txt")
	if len(cases) != 195 {
		t.Fatalf("%d cases, want 195", len(cases))
	}
	const finer = 16
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			fine := func(rings []Ring) []Ring {
				out := make([]Ring, len(rings))
				for i, r := range rings {
					for _, p := range r {
						out[i] = append(out[i], Point{p.X * finer, p.Y * finer})
					}
				}
				return out
			}
			polys := mustBoolean(t, c.op, fine(c.subject), fine(c.clip), c.fill)
			if c.area < 0 {
				return // Clipper2 states none
			}
			got := Area(polys) / (finer * finer)
			if bound := areaBound(c.subject, c.clip); math.Abs(got-c.area) > max(bound/8, 2) {
				t.Errorf("area %v, want %v (%v off, bound %v)", got, c.area, got-c.area, bound)
			}
		})
	}
}

// Clipper2's cases of open lines: what lies inside and what lies outside of the
// clip are together the line, and the areas among them are as it says.
func TestClipper2LineCases(t *testing.T) {
	t.Parallel()
	cases := readClipperCases(t, "Lines.txt")
	if len(cases) != 16 {
		t.Fatalf("%d cases, want 16", len(cases))
	}
	lines := 0
	for _, c := range cases {
		area := mustBoolean(t, UnionOp, c.clip, nil, c.fill)
		var paths []Path
		whole := 0.0
		for _, r := range c.open {
			paths = append(paths, Path(r))
			whole += Length(Path(r))
		}
		lines += len(paths)
		parts := 0.0
		for _, side := range []Side{Inside, Outside} {
			pieces, err := ClipPaths(context.Background(), paths, area, side)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range pieces {
				parts += Length(p)
			}
		}
		// each crossing moves both pieces' ends to the grid
		if math.Abs(parts-whole) > 4+whole/100 {
			t.Errorf("%s: the pieces are %v long, the lines %v", c.name, parts, whole)
		}
		if c.area < 0 || len(c.subject) == 0 {
			continue
		}
		got := Area(mustBoolean(t, c.op, c.subject, c.clip, c.fill))
		if math.Abs(got-c.area) > max(areaBound(c.subject, c.clip)/8, 2) {
			t.Errorf("%s: area %v, want %v", c.name, got, c.area)
		}
	}
	if lines < len(cases) {
		t.Errorf("only %d open lines", lines)
	}
}

// Real areas as they were digitised, with crossed and repeated borders: GEOS
// says what they fill, by each rule.
func TestMapshaperCases(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/mapshaper/*json")
	if err != nil || len(files) != 13 {
		t.Fatalf("%d files, want 13: %v", len(files), err)
	}
	j := newJudge(t)
	for _, file := range files {
		shapes, ok := readShapes(t, file)
		if !ok {
			t.Fatalf("%s is missing", file)
		}
		f := newFit(shapes)
		var rings []Ring
		var groups [][]Polygon
		for _, s := range shapes {
			var own []Ring
			for _, p := range s {
				for _, r := range p {
					own = append(own, distinct(f.ring(r)))
				}
			}
			rings = append(rings, own...)
			groups = append(groups, mustBoolean(t, UnionOp, own, nil, EvenOdd))
		}
		if len(rings) == 0 {
			t.Errorf("%s: no areas", file)
		}
		for fill := NonZero; fill <= Positive; fill++ {
			got := mustBoolean(t, UnionOp, rings, nil, fill)
			v := j.ask(t, map[string]any{
				"kind": "boolean", "op": UnionOp, "fill": fill,
				"subject": xyRings(rings), "clip": nil, "result": xyPolygons(got),
			})
			if bound := areaBound(rings); !v.Valid || v.Differ > bound {
				t.Errorf("%s, fill %d: valid %v %s, area %v, want %v ± %v", file, fill, v.Valid, v.Why, v.Got, v.Want, bound)
			}
		}
		box := emptyBox()
		for _, r := range rings {
			box = box.around(r)
		}
		simple, err := SimplifyGroups(context.Background(), groups, float64(box.Max.X-box.Min.X)/500)
		if err != nil || len(simple) != len(groups) {
			t.Fatalf("%s: %d groups of %d: %v", file, len(simple), len(groups), err)
		}
		for _, g := range simple {
			mustValid(t, g, nil)
		}
	}
}
