//go:build geos

package planar_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/internal/planar/geostest"
)

// cases is the number of generated cases: more with MAPWRIGHT_SOAK=1.
func cases(few, soak int) int {
	if os.Getenv("MAPWRIGHT_SOAK") == "1" {
		return soak
	}
	return few
}

// windingAt is the winding number of rings around a point between the grid's,
// in float64, apart from the kernel.
func windingAt(rings []planar.Ring, x, y float64) int32 {
	n := int32(0)
	for _, r := range rings {
		for i := range r {
			a, b := r[i], r[(i+1)%len(r)]
			ax, ay, bx, by := float64(a.X), float64(a.Y), float64(b.X), float64(b.Y)
			side := (bx-ax)*(y-ay) - (by-ay)*(x-ax)
			switch {
			case ay <= y && y < by && side > 0:
				n++
			case by <= y && y < ay && side < 0:
				n--
			}
		}
	}
	return n
}

// tally is what a run of cases found.
type tally struct {
	cases, geosFailed, identities int
	worst                         float64 // largest share of the bound
}

func (t *tally) add(u tally) {
	t.cases += u.cases
	t.geosFailed += u.geosFailed
	t.identities += u.identities
	t.worst = max(t.worst, u.worst)
}

// spread runs cases on all processors, each worker with a GEOS of its own.
func spread(t *testing.T, n int, check func(t *testing.T, g *geostest.GEOS, seed uint64) tally) tally {
	t.Helper()
	var all tally
	var lock sync.Mutex
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		group.Go(func() {
			g := geostest.New()
			defer g.Close()
			var mine tally
			for seed := w; seed < n; seed += workers {
				mine.add(check(t, g, uint64(seed)))
			}
			lock.Lock()
			defer lock.Unlock()
			all.add(mine)
		})
	}
	group.Wait()
	return all
}

// differ is the area that one has and the other has not; -1 where GEOS fails.
func differ(g *geostest.GEOS, polys []planar.Polygon, want *geostest.Geometry) float64 {
	got, err := g.Polygons(polys)
	if err != nil {
		return -1
	}
	defer got.Free()
	rest, err := got.SymDifference(want)
	if err != nil {
		return -1
	}
	defer rest.Free()
	area, err := rest.Area()
	if err != nil {
		return -1
	}
	return area
}

// A hundred thousand ways in which maps are broken: never an invalid result,
// never another area than the grid explains.
func TestDegenerateBesideGEOS(t *testing.T) {
	n := cases(5000, 100000)
	got := spread(t, n, checkDegenerate)
	t.Logf("%d cases, GEOS failed in %d of them, largest difference %.3f of the bound", got.cases, got.geosFailed, got.worst)
	if got.cases != n {
		t.Errorf("%d cases were judged, want %d", got.cases, n)
	}
	if got.identities != got.geosFailed {
		t.Errorf("%d cases went without GEOS, %d by identities", got.geosFailed, got.identities)
	}
	if got.geosFailed > n/100 {
		t.Errorf("GEOS failed in %d of %d cases", got.geosFailed, n)
	}
}

func checkDegenerate(t *testing.T, g *geostest.GEOS, seed uint64) tally {
	r := rand.New(rand.NewPCG(seed, 40))
	a, b := planar.Degenerate(r)
	op, fill := planar.Op(seed%4), planar.Fill(seed/4%3)
	name := fmt.Sprintf("seed %d, op %d, fill %d", seed, op, fill)
	polys, err := planar.Boolean(context.Background(), op, a, b, fill)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return tally{}
	}
	if err := planar.CheckValid(polys); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if seed%4 == 0 {
		sameShuffled(t, name, r, op, fill, a, b, polys)
	}
	if ours, err := g.Polygons(polys); err != nil || !ours.Valid() {
		t.Errorf("%s: GEOS calls the result invalid: %v", name, polys)
	} else {
		ours.Free()
	}
	bound := planar.AreaBound(a, b)
	inside := planar.Rule(op, fill)
	want, err := g.Filled(slices.Concat(a, b), func(x, y float64) bool { return inside(windingAt(a, x, y), windingAt(b, x, y)) })
	if err != nil {
		return byIdentities(t, name, a, b, fill)
	}
	defer want.Free()
	d := differ(g, polys, want)
	if d < 0 {
		return byIdentities(t, name, a, b, fill)
	}
	if d > bound {
		t.Errorf("%s: %v of another area, no more than %v can come from the grid", name, d, bound)
	}
	if op == planar.UnionOp && fill != planar.EvenOdd {
		byCore(t, g, name, slices.Concat(a, b), fill, bound)
	}
	return tally{cases: 1, worst: d / max(bound, 1e-9)}
}

// byCore judges a union that leaves out what lies in the core.
func byCore(t *testing.T, g *geostest.GEOS, name string, rings []planar.Ring, fill planar.Fill, bound float64) {
	polys, err := planar.UniteByCore(rings, fill)
	if err == nil {
		err = planar.CheckValid(polys)
	}
	if err != nil {
		t.Errorf("%s, by its core: %v", name, err)
		return
	}
	inside := planar.Rule(planar.UnionOp, fill)
	want, err := g.Filled(rings, func(x, y float64) bool { return inside(windingAt(rings, x, y), 0) })
	if err != nil {
		return
	}
	defer want.Free()
	if d := differ(g, polys, want); d > bound {
		t.Errorf("%s, by its core: %v of another area, no more than %v can come from the grid", name, d, bound)
	}
}

// byIdentities judges a case in which GEOS fails by sums of areas.
func byIdentities(t *testing.T, name string, a, b []planar.Ring, fill planar.Fill) tally {
	area := func(op planar.Op, s, c []planar.Ring) float64 {
		polys, err := planar.Boolean(context.Background(), op, s, c, fill)
		if err == nil {
			err = planar.CheckValid(polys)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return planar.Area(polys)
	}
	minus, both, back := area(planar.Difference, a, b), area(planar.Intersection, a, b), area(planar.Difference, b, a)
	union, xor, alone := area(planar.UnionOp, a, b), area(planar.Xor, a, b), area(planar.UnionOp, a, nil)
	near := func(what string, x, y, within float64) {
		if math.Abs(x-y) > within {
			t.Errorf("%s: %s: %v and %v", name, what, x, y)
		}
	}
	exact := 1e-9 * (union + xor + 1)
	near("A-B + A∩B + B-A = A∪B", minus+both+back, union, exact)
	near("A-B + B-A = A xor B", minus+back, xor, exact)
	near("A-B + A∩B = A", minus+both, alone, planar.AreaBound(a, b))
	return tally{cases: 1, geosFailed: 1, identities: 1}
}

// sameShuffled asks for the same result from the rings in another order, from
// other starts.
func sameShuffled(t *testing.T, name string, r *rand.Rand, op planar.Op, fill planar.Fill, a, b []planar.Ring, want []planar.Polygon) {
	shuffle := func(rings []planar.Ring) []planar.Ring {
		out := slices.Clone(rings)
		r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
		for i, ring := range out {
			k := r.IntN(len(ring))
			out[i] = slices.Concat(ring[k:], ring[:k])
		}
		return out
	}
	got, err := planar.Boolean(context.Background(), op, shuffle(a), shuffle(b), fill)
	if err != nil || !slices.EqualFunc(got, want, func(p, q planar.Polygon) bool { return slices.EqualFunc(p, q, slices.Equal) }) {
		t.Errorf("%s: another result in another order: %v", name, err)
	}
}

// The same for offsets of what the operations leave, against the buffers of
// all edges.
func TestDegenerateOffsetsBesideGEOS(t *testing.T) {
	n := cases(200, 10000)
	got := spread(t, n, checkOffset)
	t.Logf("%d cases, GEOS failed in %d of them, largest difference %.3f of the bound", got.cases, got.geosFailed, got.worst)
	if got.cases != n || got.geosFailed > n/100 {
		t.Errorf("%d cases were judged, GEOS failed in %d, want %d", got.cases, got.geosFailed, n)
	}
}

func checkOffset(t *testing.T, g *geostest.GEOS, seed uint64) tally {
	r := rand.New(rand.NewPCG(seed, 41))
	a, b := planar.Degenerate(r)
	polys, err := planar.Boolean(context.Background(), planar.Op(seed%4), a, b, planar.Fill(seed/4%3))
	if err != nil {
		t.Errorf("seed %d: %v", seed, err)
		return tally{}
	}
	if len(polys) == 0 {
		return tally{cases: 1}
	}
	box := planar.Bounds(polys)
	size := float64(max(box.Max.X-box.Min.X, box.Max.Y-box.Min.Y))
	d := 5 + min(size, 1<<22)*r.Float64()*r.Float64()/20
	if seed%2 == 0 {
		d = -d
	}
	tol := max(1, math.Abs(d)/200)
	got, err := planar.Offset(context.Background(), polys, d, planar.Style{Tolerance: tol})
	if err == nil {
		err = planar.CheckValid(got)
	}
	if err != nil {
		t.Errorf("seed %d, by %v: %v", seed, d, err)
		return tally{cases: 1}
	}
	want, err := bufferOf(g, polys, d)
	if err != nil {
		return tally{cases: 1, geosFailed: 1}
	}
	defer want.Free()
	// GEOS's circles lie within so much of the true ones. What all but vanished
	// may be gone on one side only.
	apart := tol + float64(math.Abs(d)*(1-math.Cos(math.Pi/(4*quadrant))))
	bound := planar.CurveBound(got, math.Abs(d), apart) + planar.CurveBound(polys, math.Abs(d), apart)
	off := differ(g, got, want)
	if off < 0 {
		return tally{cases: 1, geosFailed: 1}
	}
	if off > bound {
		t.Errorf("seed %d, by %v: %v of another area, want no more than %v", seed, d, off, bound)
	}
	return tally{cases: 1, worst: off / bound}
}

// bufferOf grows or shrinks polygons by GEOS's buffer of their borders.
func bufferOf(g *geostest.GEOS, polys []planar.Polygon, d float64) (*geostest.Geometry, error) {
	var edges []planar.Path
	for _, r := range planar.Rings(polys) {
		for i := range r {
			edges = append(edges, planar.Path{r[i], r[(i+1)%len(r)]})
		}
	}
	area, err := g.Polygons(polys)
	if err != nil {
		return nil, err
	}
	defer area.Free()
	lines, err := g.Lines(edges)
	if err != nil {
		return nil, err
	}
	defer lines.Free()
	swept, err := lines.Buffer(math.Abs(d), quadrant)
	if err != nil {
		return nil, err
	}
	defer swept.Free()
	if d > 0 {
		return area.Union(swept)
	}
	return area.Difference(swept)
}
