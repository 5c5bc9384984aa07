package planar

import (
	"encoding/xml"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// xmlRun is a file of GEOS's tests.
type xmlRun struct {
	Precision struct {
		Scale float64 `xml:"scale,attr"`
	} `xml:"precisionModel"`
	Cases []struct {
		Desc  string `xml:"desc"`
		A     string `xml:"a"`
		B     string `xml:"b"`
		Tests []struct {
			Op xmlOp `xml:"op"`
		} `xml:"test"`
	} `xml:"case"`
}

type xmlOp struct {
	Name string `xml:"name,attr"`
	Arg1 string `xml:"arg1,attr"`
	Arg2 string `xml:"arg2,attr"`
	Arg3 string `xml:"arg3,attr"`
	Want string `xml:",chardata"`
}

// GEOS's own tests. What an area kernel has no answer to is counted, so that
// nothing is left out unseen.
func TestGEOSCases(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/geos-xml/*.xml")
	if err != nil || len(files) != 18 {
		t.Fatalf("%d files, want 18: %v", len(files), err)
	}
	judged, left := map[string]int{}, map[string]int{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var run xmlRun
		if err := xml.Unmarshal(data, &run); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for i, c := range run.Cases {
			args := map[string]shapes{"A": readWKT(t, c.A)}
			if c.B != "" {
				args["B"] = readWKT(t, c.B)
			}
			for _, test := range c.Tests {
				x := xmlCase{t: t, op: test.Op, step: run.Precision.Scale}
				x.name = filepath.Base(file) + " " + strconv.Itoa(i+1) + " " + strings.TrimSpace(c.Desc) + ": " + x.op.Name
				x.a, x.b = args[strings.ToUpper(x.op.Arg1)], args[strings.ToUpper(x.op.Arg2)]
				if why := x.judge(); why != "" {
					left[why]++
				} else {
					judged[strings.TrimSuffix(x.op.Name, "NG")]++
				}
			}
		}
	}
	if diff := cmp.Diff(wantJudged, judged); diff != "" {
		t.Errorf("judged (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(wantLeft, left); diff != "" {
		t.Errorf("left out (-want +got)\n%s", diff)
	}
}

var (
	wantJudged = map[string]int{
		"union": 49, "intersection": 49, "difference": 52, "symdifference": 48, "overlayAreaTest": 9, "unionArea": 3,
		"buffer": 68, "buildarea": 7, "makevalid": 6, "isValid": 327, "isvalid": 1, "simplifyDP": 6,
	}
	wantLeft = map[string]int{
		"no areas: isValid": 513, "no areas: union": 15, "no areas: makevalid": 9, "no areas: buildarea": 1,
		"no numbers: isValid": 1, "a ring without area: buffer": 3,
		"another algorithm: simplifyTP": 18, "rings and points: simplifyDP": 12,
	}
)

type xmlCase struct {
	t    *testing.T
	name string
	op   xmlOp
	a, b shapes
	step float64 // cells of the case's own grid in a unit; 0 for none
	fit  fit
}

// judge compares with what GEOS expects, or tells why it does not.
func (x *xmlCase) judge() string {
	x.fit = newFit([][][][][2]float64{x.a.areas, x.b.areas, {x.a.lines, x.b.lines, {x.a.points, x.b.points}}})
	switch name := strings.ToLower(strings.TrimSuffix(x.op.Name, "NG")); name {
	case "union", "intersection", "difference", "symdifference":
		ops := map[string]Op{"union": UnionOp, "intersection": Intersection, "difference": Difference, "symdifference": Xor}
		return x.overlay(ops[name])
	case "overlayareatest", "unionarea":
		return x.areas()
	case "isvalid":
		return x.validity()
	case "buffer":
		return x.buffer()
	case "makevalid", "buildarea":
		return x.repaired()
	case "simplifydp":
		return x.simplified()
	}
	return "another algorithm: " + x.op.Name
}

func (x *xmlCase) rings(areas [][][][2]float64) []Ring {
	var out []Ring
	for _, p := range areas {
		for _, r := range p {
			out = append(out, x.fit.ring(r))
		}
	}
	return out
}

// compare holds the area against the expected one. What rounding explains is
// the strip of our grid along all borders and that of the grid that the case
// prescribes.
func (x *xmlCase) compare(got []Polygon, inputs ...[]Ring) {
	want := x.rings(readWKT(x.t, x.op.Want).areas)
	bound := areaBound(append(inputs, want)...)
	if x.step > 0 {
		bound = float64(bound*x.fit.scale) / x.step
	}
	if differ := Area(mustBoolean(x.t, Xor, Rings(got), want, EvenOdd)); differ > bound {
		x.t.Errorf("%s: %v of another area, no more than %v is explained", x.name, differ, bound)
	}
}

func (x *xmlCase) overlay(op Op) string {
	if len(x.a.areas) == 0 && len(x.b.areas) == 0 {
		return "no areas: " + strings.TrimSuffix(x.op.Name, "NG")
	}
	a, b := x.fit.area(x.t, x.a.areas), x.fit.area(x.t, x.b.areas)
	x.compare(mustBoolean(x.t, op, a, b, NonZero), a, b)
	return ""
}

// areas holds the sums of areas that these cases stand for: they are inputs
// where overlays lost parts.
func (x *xmlCase) areas() string {
	a, b := x.fit.area(x.t, x.a.areas), x.fit.area(x.t, x.b.areas)
	area := func(op Op, s, c []Ring) float64 { return Area(mustBoolean(x.t, op, s, c, NonZero)) }
	minus, both, back, union := area(Difference, a, b), area(Intersection, a, b), area(Difference, b, a), area(UnionOp, a, b)
	if math.Abs(minus+both+back-union) > 1e-9*union {
		x.t.Errorf("%s: the parts have %v, all together %v", x.name, minus+both+back, union)
	}
	if alone := area(UnionOp, a, nil); math.Abs(minus+both-alone) > areaBound(a, b) {
		x.t.Errorf("%s: A-B and A∩B have %v, A has %v", x.name, minus+both, alone)
	}
	if want, err := strconv.ParseFloat(strings.TrimSpace(x.op.Want), 64); err == nil {
		want *= x.fit.scale * x.fit.scale
		if math.Abs(union-want) > areaBound(a, b)+1e-6*want {
			x.t.Errorf("%s: area %v, want %v", x.name, union, want)
		}
	}
	return ""
}

// validity holds that a valid area stays what it is and that any other one
// becomes valid.
func (x *xmlCase) validity() string {
	if len(x.a.areas) == 0 {
		return "no areas: isValid"
	}
	for _, p := range x.a.areas {
		for _, r := range p {
			for _, c := range r {
				if math.IsNaN(c[0]+c[1]) || math.IsInf(c[0]+c[1], 0) {
					return "no numbers: isValid"
				}
			}
		}
	}
	rings := x.rings(x.a.areas)
	got := mustBoolean(x.t, UnionOp, rings, nil, EvenOdd)
	if strings.TrimSpace(x.op.Want) != "true" {
		return ""
	}
	want := 0.0
	for _, p := range x.a.areas {
		for i, r := range p {
			sum := math.Abs(RingArea(x.fit.ring(r)))
			if i > 0 {
				sum = -sum
			}
			want += sum
		}
	}
	if math.Abs(Area(got)-want) > areaBound(rings) {
		x.t.Errorf("%s: area %v, want %v", x.name, Area(got), want)
	}
	return ""
}

func (x *xmlCase) buffer() string {
	arg := x.op.Arg2
	if arg == "" { // as one file has it
		arg = x.op.Arg3
	}
	d, err := strconv.ParseFloat(strings.TrimSpace(arg), 64)
	if err != nil {
		x.t.Fatal(err)
	}
	if want := strings.TrimSpace(x.op.Want); want == "" || want == "true" {
		return "no expected shape: buffer"
	}
	want := readWKT(x.t, x.op.Want)
	x.fit = newFit([][][][][2]float64{x.a.areas, {x.a.lines, {x.a.points}}, want.areas})
	half := d * x.fit.scale
	style := Style{Tolerance: max(1, math.Abs(half)/1000)}
	area := x.fit.area(x.t, x.a.areas)
	united := mustBoolean(x.t, UnionOp, area, nil, Positive)
	if len(x.a.areas) > 0 && len(united) == 0 {
		return "a ring without area: buffer"
	}
	got := mustOffset(x.t, united, half, style)
	if paths := x.paths(); len(paths) > 0 && d > 0 {
		stroke := mustStroke(x.t, paths, half, style)
		got = mustBoolean(x.t, UnionOp, Rings(got), Rings(stroke), Positive)
	}
	expected := mustBoolean(x.t, UnionOp, x.rings(want.areas), nil, NonZero)
	if len(expected) > 0 {
		expected = mustBoolean(x.t, UnionOp, x.fit.area(x.t, want.areas), nil, Positive)
	}
	// GEOS draws a quarter circle by eight edges.
	apart := style.Tolerance + float64(math.Abs(half)*(1-math.Cos(math.Pi/32)))
	bound := curveBound(expected, math.Abs(half), apart) + curveBound(united, math.Abs(half), style.Tolerance)
	if differ := Area(mustBoolean(x.t, Xor, Rings(got), Rings(expected), EvenOdd)); differ > bound {
		x.t.Errorf("%s by %v: %v of another area, no more than %v is explained", x.name, d, differ, bound)
	}
	return ""
}

func filter[T any](list []T, keep func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(v T) bool { return !keep(v) })
}

func (x *xmlCase) paths() []Path {
	var out []Path
	for _, l := range x.a.lines {
		out = append(out, Path(x.fit.ring(l)))
	}
	for _, p := range x.a.points {
		out = append(out, Path(x.fit.ring([][2]float64{p})))
	}
	return out
}

func (x *xmlCase) repaired() string {
	if len(x.a.areas) == 0 && (len(x.a.lines) == 0 || x.op.Name == "makevalid") {
		return "no areas: " + x.op.Name
	}
	rings := x.rings(x.a.areas)
	for _, l := range x.a.lines {
		rings = append(rings, x.fit.ring(l))
	}
	x.compare(mustBoolean(x.t, UnionOp, rings, nil, EvenOdd), rings)
	return ""
}

func (x *xmlCase) simplified() string {
	if len(x.a.lines) == 0 {
		return "rings and points: simplifyDP"
	}
	tol, err := strconv.ParseFloat(x.op.Arg2, 64)
	if err != nil {
		x.t.Fatal(err)
	}
	want := readWKT(x.t, x.op.Want)
	notEmpty := func(l [][2]float64) bool { return len(l) > 0 }
	lines, expect := filter(x.a.lines, notEmpty), filter(want.lines, notEmpty)
	if len(lines) != len(expect) {
		x.t.Fatalf("%s: %d lines, want %d", x.name, len(expect), len(lines))
	}
	for i, l := range lines {
		got := SimplifyPath(Path(x.fit.ring(l)), tol*x.fit.scale)
		expected := Path(x.fit.ring(expect[i]))
		if len(got) != len(expected) {
			x.t.Errorf("%s: %v, want %v", x.name, got, expected)
			continue
		}
		for k, p := range got {
			if distance(p, expected[k]) > 2 {
				x.t.Errorf("%s: %v, want %v", x.name, p, expected[k])
			}
		}
	}
	return ""
}
