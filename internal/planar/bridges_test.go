package planar

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func mustBridge(t testing.TB, outer, islands []Polygon, width float64, count int) []Bridge {
	t.Helper()
	got, err := Bridges(context.Background(), outer, islands, width, count)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// tie unites all with the strips.
func tie(t testing.TB, bridges []Bridge, areas ...[]Polygon) []Polygon {
	t.Helper()
	rings := Rings(slices.Concat(areas...))
	for _, b := range bridges {
		rings = append(rings, b.Strip...)
	}
	return mustBoolean(t, UnionOp, rings, nil, Positive)
}

func TestBridges(t *testing.T) {
	t.Parallel()
	sheet := []Polygon{{rect(0, 0, 10000, 10000), fromLeftmost(reversed(rect(2000, 2000, 8000, 8000)))}}
	tests := []struct {
		name           string
		outer, islands []Polygon
		count          int
		want           []Bridge
	}{
		{"no island needs none", sheet, nil, 2, []Bridge{}},
		{"the shortest way", sheet, []Polygon{{rect(3000, 4000, 5000, 5000)}}, 1, []Bridge{
			{0, Point{3000, 4000}, Point{2000, 4000}, Polygon{rect(1800, 3900, 3200, 4100)}},
		}},
		{"the second on the other side", sheet, []Polygon{{{{2500, 5000}, {5000, 4900}, {7000, 5000}, {5000, 5100}}}}, 2, []Bridge{
			{0, Point{2500, 5000}, Point{2000, 5000}, Polygon{rect(1800, 4900, 2700, 5100)}},
			{0, Point{7000, 5000}, Point{8000, 5000}, Polygon{rect(6800, 4900, 8200, 5100)}},
		}},
		{"an island hangs on the one around it", sheet, []Polygon{
			{rect(4000, 4000, 4500, 4500)},
			{rect(2600, 2500, 7500, 7500), fromLeftmost(reversed(rect(3000, 3000, 7000, 7000)))},
		}, 1, []Bridge{
			{1, Point{2600, 2500}, Point{2600, 2000}, Polygon{rect(2500, 1800, 2700, 2700)}},
			{0, Point{4000, 4000}, Point{3000, 4000}, Polygon{rect(2800, 3900, 4200, 4100)}},
		}},
		{"islands alone hang on each other", nil, []Polygon{{rect(0, 0, 1000, 1000)}, {rect(1500, 0, 2500, 1000)}}, 1, []Bridge{
			{0, Point{1000, 0}, Point{1500, 0}, Polygon{rect(800, -100, 1700, 100)}},
		}},
		{"no room for more than one", sheet, []Polygon{{rect(4000, 4000, 4050, 4050)}}, 3, []Bridge{
			{0, Point{4000, 4000}, Point{2000, 4000}, Polygon{rect(1800, 3900, 4200, 4100)}},
		}},
		{"what touches at a point is tied there", []Polygon{{rect(0, 0, 1000, 1000)}}, []Polygon{{rect(1000, 1000, 2000, 2000)}}, 1, []Bridge{
			{0, Point{1000, 1000}, Point{1000, 1000}, Polygon{rect(800, 900, 1200, 1100)}},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := mustBridge(t, tt.outer, tt.islands, 200, tt.count)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if n := len(tie(t, got, tt.outer, tt.islands)); n != 1 {
				t.Errorf("%d pieces", n)
			}
		})
	}
}

// A strip that reaches beyond a thin wall would fill some of the gap behind it.
func TestBridgesDoNotReachThroughThinWalls(t *testing.T) {
	t.Parallel()
	frame := []Polygon{{rect(0, 0, 5000, 5000), fromLeftmost(reversed(rect(50, 50, 4950, 4950)))}}
	island := []Polygon{{rect(1000, 2000, 1060, 3000), fromLeftmost(reversed(rect(1010, 2010, 1050, 2990)))}}
	got := mustBridge(t, frame, island, 400, 1)
	all := tie(t, got, frame, island)
	if len(all) != 1 || len(all[0]) != 3 {
		t.Fatalf("%d pieces: %v", len(all), all)
	}
	if b := Bounds(all); b != (Box{Point{0, 0}, Point{5000, 5000}}) {
		t.Errorf("the strip reaches out of the frame: %v", b)
	}
	if where := Contains(all, Point{1030, 2000 + 990}); where == Inside {
		t.Error("the gap in the island is filled")
	}
}

// stencil makes islands in the holes of a sheet from random rings.
func stencil(r *rand.Rand, t testing.TB) (outer, islands []Polygon) {
	var rings []Ring
	for range 1 + r.IntN(4) {
		for _, ring := range randomRings(r) {
			rings = append(rings, stretched(ring, 90000))
		}
	}
	all := mustBoolean(t, Xor, []Ring{rect(-500, -500, 100000, 100000)}, rings, EvenOdd)
	// hairs may vanish by rounding, and needles lose their points
	all = mustOffset(t, mustOffset(t, all, -20, Style{}), 15, Style{Tolerance: 4})
	for _, p := range all {
		if p[0][0].X <= -400 { // the corner of the sheet
			outer = append(outer, p)
		} else {
			islands = append(islands, p)
		}
	}
	return outer, islands
}

// stretched fits a ring into a square of a side.
func stretched(r Ring, side int64) Ring {
	box := r.Bounds()
	scale := max(int64(box.Max.X)-int64(box.Min.X), int64(box.Max.Y)-int64(box.Min.Y), 1)
	out := make(Ring, len(r))
	for i, p := range r {
		out[i] = Point{int32(int64(p.X-box.Min.X) * side / scale), int32(int64(p.Y-box.Min.Y) * side / scale)}
	}
	return out
}

// Every island of a stencil must hang on the sheet, or it falls into the
// machine.
func TestBridgesTieAll(t *testing.T) {
	t.Parallel()
	islandsSeen, bridgesSeen := 0, 0
	for seed := range rounds(50) {
		r := rand.New(rand.NewPCG(uint64(seed), 24))
		outer, islands := stencil(r, t)
		if len(outer) == 0 {
			continue
		}
		width, count := 50+1000*r.Float64(), 1+r.IntN(4)
		bridges := mustBridge(t, outer, islands, width, count)
		all := tie(t, bridges, outer, islands)
		if len(all) != 1 {
			t.Errorf("seed %d: %d pieces of %d outer areas and %d islands", seed, len(all), len(outer), len(islands))
		}
		for _, b := range bridges {
			if err := checkRing(b.Strip[0], true); err != nil {
				t.Errorf("seed %d: strip %v: %v", seed, b.Strip, err)
			}
		}
		again := mustBridge(t, outer, islands, width, count)
		if diff := cmp.Diff(bridges, again); diff != "" {
			t.Errorf("seed %d: the second time (-want +got)\n%s", seed, diff)
		}
		islandsSeen += len(islands)
		bridgesSeen += len(bridges)
	}
	t.Logf("%d islands, %d bridges", islandsSeen, bridgesSeen)
}

// The first bridge of a lone island is the shortest that there is.
func TestBridgesAreShort(t *testing.T) {
	t.Parallel()
	for seed := range rounds(100) {
		r := rand.New(rand.NewPCG(uint64(seed), 25))
		island := mustBoolean(t, UnionOp, []Ring{stretched(randomRings(r)[0], 20000)}, nil, NonZero)
		if len(island) != 1 {
			continue
		}
		for i, p := range island[0] {
			for k := range p {
				island[0][i][k].X += 30000 + r.Int32N(20)
				island[0][i][k].Y += 35000
			}
		}
		outer := []Polygon{{rect(0, 0, 100000, 100000), {{20000, 30000}, {25000, 60000}, {70000, 70000}, {60000, 20000}}}}
		got := mustBridge(t, outer, island, 100, 1)
		best := math.Inf(1)
		for _, a := range [][2][]Polygon{{outer, island}, {island, outer}} {
			for _, p := range slices.Concat(Rings(a[0])...) {
				for _, q := range Rings(a[1]) {
					for i := range q {
						best = min(best, distanceToSegment(p, q[i], q[(i+1)%len(q)]))
					}
				}
			}
		}
		// samples of curved ways may miss the very place by their step
		if length := distance(got[0].From, got[0].To); length > 1.001*best+2 {
			t.Errorf("seed %d: %g long, the shortest is %g", seed, length, best)
		}
	}
}

// Bridges that are close together leave the island to tip over.
func TestBridgesAreSpread(t *testing.T) {
	t.Parallel()
	circle := mustStroke(t, []Path{{{0, 0}}}, 10000, Style{})
	ring := mustBoolean(t, Difference, []Ring{rect(-30000, -30000, 30000, 30000)}, Rings(mustStroke(t, []Path{{{500, 200}}}, 15000, Style{})), NonZero)
	for count := 2; count <= 6; count++ {
		got := mustBridge(t, ring, circle, 500, count)
		if len(got) != count {
			t.Fatalf("%d bridges, want %d", len(got), count)
		}
		for i, b := range got {
			for _, o := range got[:i] {
				u, v := b.From.vector(), o.From.vector()
				angle := math.Acos(u.dot(v) / u.length() / v.length())
				if angle < 0.33*2*math.Pi/float64(count) {
					t.Errorf("of %d bridges two are %.0f° apart", count, angle*180/math.Pi)
				}
			}
		}
	}
}

// Text as a stencil, filled from its corner as water would be: the flood
// reaches every island.
func TestBridgesByFlood(t *testing.T) {
	t.Parallel()
	var cuts []Ring
	for i := range int32(6) { // three lines deep: an O in an O, tilted
		at := Point{20000 + i%3*30000, 30000 + i/3*40000}
		for k := int32(1); k <= 3; k++ {
			r := 4000 * k
			cuts = append(cuts, Rings(mustStroke(t, []Path{{
				{at.X - r, at.Y - r/2}, {at.X + r/2, at.Y - r}, {at.X + r, at.Y + r/2}, {at.X - r/2, at.Y + r}, {at.X - r, at.Y - r/2},
			}}, float64(500+100*i), Style{}))...)
		}
	}
	all := mustBoolean(t, Difference, []Ring{rect(0, 0, 100000, 100000)}, cuts, Positive)
	outer, islands := all[:1], all[1:]
	bridges := mustBridge(t, outer, islands, 2500, 2)
	index := NewIndex(tie(t, bridges, outer, islands))
	const step, side = 400, 250
	wet := map[Point]bool{}
	todo := []Point{{0, 0}}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if at.X < 0 || at.Y < 0 || at.X > side || at.Y > side || wet[at] || index.Locate(Point{at.X * step, at.Y * step}) == Outside {
			continue
		}
		wet[at] = true
		todo = append(todo, Point{at.X + 1, at.Y}, Point{at.X - 1, at.Y}, Point{at.X, at.Y + 1}, Point{at.X, at.Y - 1})
	}
	thick := 0
	for i, island := range islands {
		reached, seen := false, false
		one := NewIndex([]Polygon{island})
		for x := range int32(side) {
			for y := range int32(side) {
				if one.Locate(Point{x * step, y * step}) == Inside {
					seen = true
					reached = reached || wet[Point{x, y}]
				}
			}
		}
		if seen {
			thick++
			if !reached {
				t.Errorf("island %d of %d is not reached", i, len(islands))
			}
		}
	}
	if thick != 18 {
		t.Errorf("%d islands are thick enough for the flood, want all 18", thick)
	}
}

func TestBridgesRefuse(t *testing.T) {
	t.Parallel()
	sheet, island := []Polygon{{rect(0, 0, 100, 100), fromLeftmost(reversed(rect(10, 10, 90, 90)))}}, []Polygon{{rect(20, 20, 30, 30)}}
	for name, call := range map[string]func() error{
		"no width": func() error { _, err := Bridges(context.Background(), sheet, island, 0, 1); return err },
		"a width that is none": func() error {
			_, err := Bridges(context.Background(), sheet, island, math.NaN(), 1)
			return err
		},
		"no bridges": func() error { _, err := Bridges(context.Background(), sheet, island, 10, 0); return err },
		"an island off the grid": func() error {
			_, err := Bridges(context.Background(), sheet, []Polygon{{{{Max + 5, 0}, {Max + 9, 0}, {Max + 9, 9}}}}, 10, 1)
			return err
		},
	} {
		if call() == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Bridges(ctx, sheet, island, 10, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
