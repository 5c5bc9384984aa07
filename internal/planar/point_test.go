package planar

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestFromMM(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		x, y float64
		want Point
	}{
		{"a millimetre is 4096 steps", 1, -1, Point{4096, -4096}},
		{"halves go to the even neighbour", 0.5 * Unit, 1.5 * Unit, Point{0, 2}},
		{"also below zero", -0.5 * Unit, -1.5 * Unit, Point{0, -2}},
		{"beyond the grid its edge is taken", 1e9, math.Inf(-1), Point{Max, -Max}},
		{"no number is zero", math.NaN(), 1, Point{0, 4096}},
	}
	for _, tt := range tests {
		if got := FromMM(tt.x, tt.y); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	if x, y := (Point{4096, -2048}).MM(); x != 1 || y != -0.5 {
		t.Errorf("%v, %v mm, want 1, -0.5", x, y)
	}
	for _, tt := range []struct {
		x, y float64
		want bool
	}{{65536, -65536, true}, {65537, 0, false}, {0, math.NaN(), false}, {math.Inf(1), 0, false}} {
		if got := InRange(tt.x, tt.y); got != tt.want {
			t.Errorf("InRange(%v, %v) = %v", tt.x, tt.y, got)
		}
	}
}

func TestMeasures(t *testing.T) {
	t.Parallel()
	if got := Length(Path{{0, 0}, {3, 4}, {3, 4}, {3, 10}}); got != 11 {
		t.Errorf("length %v, want 11", got)
	}
	if got := Area(frame(10, 5)); got != 300 {
		t.Errorf("area %v, want 300", got)
	}
	if got := RingArea(reversed(RectRing(Point{5, 9}, Point{0, 0}))); got != -45 {
		t.Errorf("area %v, want -45", got)
	}
	if got := Bounds(frame(10, 5)); got != (Box{Point{-10, -10}, Point{10, 10}}) || got.Empty() {
		t.Errorf("bounds %v", got)
	}
	if !Bounds(nil).Empty() || !(Path{}).Bounds().Empty() || (Ring{{1, 1}}).Bounds().Empty() {
		t.Error("emptiness is misjudged")
	}
}

// The index answers as the plain walk over all edges does, and both as the
// definition says.
func TestLocate(t *testing.T) {
	t.Parallel()
	ring := frame(10, 5)
	for p, want := range map[Point]Location{
		{7, 7}: Inside, {0, 0}: Outside, {20, 0}: Outside, {10, 3}: Border, {5, 0}: Border, {-10, -10}: Border,
		{-11, -10}: Outside, {-7, 5}: Inside, {11, 5}: Outside,
	} {
		if got := Contains(ring, p); got != want {
			t.Errorf("%v is %v, want %v", p, got, want)
		}
	}
	if NewIndex(nil).Locate(Point{}) != Outside {
		t.Error("nothing contains the origin")
	}
	for seed := range rounds(300) {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		polys := mustBoolean(t, UnionOp, randomRings(r), nil, EvenOdd)
		index := NewIndex(polys)
		box := Bounds(polys)
		if box.Empty() {
			continue
		}
		for range 100 {
			p := Point{
				box.Min.X - 2 + r.Int32N(box.Max.X-box.Min.X+5),
				box.Min.Y - 2 + r.Int32N(box.Max.Y-box.Min.Y+5),
			}
			if got, want := index.Locate(p), Contains(polys, p); got != want {
				t.Errorf("seed %d: %v is %v by the index, %v by all edges", seed, p, got, want)
			}
			if got := Contains(polys, p); got != Border && (got == Inside) != insideByArea(polys, p) {
				t.Errorf("seed %d: %v is %v", seed, p, got)
			}
		}
	}
}

// insideByArea sums the angles under which p sees the edges.
func insideByArea(polys []Polygon, p Point) bool {
	sum := 0.0
	for _, r := range Rings(polys) {
		for i := range r {
			a, b := r[i].minus(p), r[(i+1)%len(r)].minus(p)
			sum += math.Atan2(float64(cross(a, b)), float64(dot(a, b)))
		}
	}
	return math.Abs(sum) > math.Pi
}

func TestSortUnique(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 100, radixFrom, 5000} {
		for _, span := range []int32{3, 1000, Max} {
			r := rand.New(rand.NewPCG(uint64(n), uint64(span)))
			points := make([]Point, n)
			for i := range points {
				points[i] = Point{r.Int32N(2*span+1) - span, r.Int32N(2*span+1) - span}
			}
			want := slices.Clone(points)
			slices.SortFunc(want, Point.Compare)
			want = slices.Compact(want)
			if got := sortUnique(points); !slices.Equal(got, want) {
				t.Errorf("%d points over %d are not sorted", n, span)
			}
		}
	}
}

func TestTrigonometry(t *testing.T) {
	t.Parallel()
	for i := range 2001 {
		angle := math.Pi * float64(i) / 2000
		if got := arctan2(math.Cos(angle), math.Sin(angle)); math.Abs(got-angle) > 1e-14 {
			t.Fatalf("arctan2 at %v gives %v", angle, got)
		}
		if angle <= math.Pi/2 {
			v := rotation(angle)
			if math.Abs(v.x-math.Cos(angle))+math.Abs(v.y-math.Sin(angle)) > 1e-14 {
				t.Fatalf("rotation by %v gives %v", angle, v)
			}
		}
		d := float64(i) - 1000
		v, rad := compass(d), d/180*math.Pi
		if math.Abs(v.x-math.Cos(rad))+math.Abs(v.y-math.Sin(rad)) > 1e-12 {
			t.Fatalf("compass at %v gives %v", d, v)
		}
	}
	if v := compass(-90); v != (vector{0, -1}) {
		t.Errorf("south is %v", v)
	}
}
