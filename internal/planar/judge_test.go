package planar

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
)

// judge is a running testdata/judge.py.
type judge struct {
	in  io.WriteCloser
	out *bufio.Scanner
}

type verdict struct {
	Valid     bool
	Why       string
	Got, Want float64
	Differ    float64 // area that one has and the other has not
}

func newJudge(t *testing.T) *judge {
	t.Helper()
	cmd := exec.Command("/usr/bin/python3", "testdata/judge.py")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("python3 with shapely judges these results, run `make deps`: %v", err)
	}
	t.Cleanup(func() {
		if err := in.Close(); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("python3 with shapely judges these results, run `make deps`: %v", err)
		}
	})
	j := &judge{in: in, out: bufio.NewScanner(out)}
	j.out.Buffer(nil, 1<<24)
	return j
}

func (j *judge) ask(t *testing.T, request map[string]any) verdict {
	t.Helper()
	line, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.in.Write(append(line, '\n')); err != nil {
		t.Fatalf("the judge does not listen, run `make deps`: %v", err)
	}
	if !j.out.Scan() {
		t.Fatalf("the judge gives no answer, run `make deps`: %v", j.out.Err())
	}
	var v verdict
	if err := json.Unmarshal(j.out.Bytes(), &v); err != nil {
		t.Fatalf("%v: %s", err, j.out.Bytes())
	}
	return v
}

// rounds is the number of random cases: more with MAPWRIGHT_SOAK=1.
func rounds(short int) int {
	if os.Getenv("MAPWRIGHT_SOAK") == "1" {
		return 100 * short
	}
	return short
}

// xy writes points as GeoJSON does.
func xy[S ~[]Point](points S) [][2]int32 {
	out := make([][2]int32, len(points))
	for i, p := range points {
		out[i] = [2]int32{p.X, p.Y}
	}
	return out
}

func xyRings[S ~[]Point](rings []S) [][][2]int32 {
	out := make([][][2]int32, len(rings))
	for i, r := range rings {
		out[i] = xy(r)
	}
	return out
}

func xyPolygons(polys []Polygon) [][][][2]int32 {
	out := make([][][][2]int32, len(polys))
	for i, p := range polys {
		out[i] = xyRings(p)
	}
	return out
}

// What GEOS calls valid, every program does that reads our files. Its own
// noding is in float64 and needs some slack of its own.
func TestBooleanBesideGEOS(t *testing.T) {
	t.Parallel()
	j := newJudge(t)
	worst := 0.0
	for seed := range rounds(2000) {
		r := rand.New(rand.NewPCG(uint64(seed), 0))
		a, b := randomRings(r), randomRings(r)
		op, fill := Op(r.IntN(4)), Fill(r.IntN(3))
		polys, err := Boolean(context.Background(), op, a, b, fill)
		if err != nil {
			t.Fatal(err)
		}
		if err := checkValid(polys); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
		v := j.ask(t, map[string]any{
			"kind": "boolean", "op": op, "fill": fill,
			"subject": xyRings(a), "clip": xyRings(b), "result": xyPolygons(polys),
		})
		bound := areaBound(a, b)
		if !v.Valid || v.Differ > bound {
			t.Errorf("seed %d, op %d, fill %d: valid %v %s, area %v, want %v ± %v (differ %v)",
				seed, op, fill, v.Valid, v.Why, v.Got, v.Want, bound, v.Differ)
		}
		worst = max(worst, v.Differ/bound)
	}
	t.Logf("largest difference: %.3f of the bound", worst)
}

// curveBound is how far the area of a stroke or offset may be from the one
// that GEOS makes of single segments with 256 corners a circle: the curves lie
// within the arc tolerance, half the diagonal of a grid square for their
// points and as much for the noding, over the length of the result's border
// and the ends of its edges.
func curveBound(polys []Polygon, half, tolerance float64) float64 {
	width := tolerance + 1.5 + half*8e-5
	sum := 4 * width * width
	for _, r := range Rings(polys) {
		for i := range r {
			sum += width * (distance(r[i], r[(i+1)%len(r)]) + 4*width)
		}
	}
	return sum
}

func TestStrokeBesideGEOS(t *testing.T) {
	t.Parallel()
	j := newJudge(t)
	for seed := range rounds(200) {
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		paths := randomPaths(r)
		half := 50 + 3000*r.Float64()
		polys, err := Stroke(context.Background(), paths, half, Style{Tolerance: 2})
		if err != nil {
			t.Fatal(err)
		}
		if err := checkValid(polys); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
		v := j.ask(t, map[string]any{"kind": "stroke", "paths": xyRings(paths), "half": half, "result": xyPolygons(polys)})
		if bound := curveBound(polys, half, 2); !v.Valid || v.Differ > bound {
			t.Errorf("seed %d: valid %v %s, area %v, want %v ± %v (differ %v)", seed, v.Valid, v.Why, v.Got, v.Want, bound, v.Differ)
		}
	}
}

func TestOffsetBesideGEOS(t *testing.T) {
	t.Parallel()
	j := newJudge(t)
	for seed := range rounds(200) {
		r := rand.New(rand.NewPCG(uint64(seed), 2))
		polys, err := Union(context.Background(), randomRings(r), EvenOdd)
		if err != nil {
			t.Fatal(err)
		}
		d := 50 + 1500*r.Float64()
		if r.IntN(2) == 0 {
			d = -d
		}
		got, err := Offset(context.Background(), polys, d, Style{Tolerance: 2})
		if err != nil {
			t.Fatal(err)
		}
		if err := checkValid(got); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
		v := j.ask(t, map[string]any{"kind": "offset", "polys": xyPolygons(polys), "half": d, "result": xyPolygons(got)})
		// What all but vanished may be gone on one side only.
		bound := curveBound(got, max(d, -d), 2) + curveBound(polys, max(d, -d), 2)
		if !v.Valid || v.Differ > bound {
			t.Errorf("seed %d: by %v: valid %v %s, area %v, want %v ± %v (differ %v)", seed, d, v.Valid, v.Why, v.Got, v.Want, bound, v.Differ)
		}
	}
}
