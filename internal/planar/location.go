package planar

// Location is where something lies beside an area.
type Location int

// The locations.
const (
	Outside Location = iota
	Border
	Inside
)

// Side names the part of a line that is wanted.
type Side = Location

// Contains tells where p lies beside polygons: on a border as soon as it lies
// on any of their edges, also on one that two of them share. It looks at every
// edge: for many points take an [Index].
func Contains(polys []Polygon, p Point) Location {
	wound := int32(0)
	for _, poly := range polys {
		for _, r := range poly {
			for i := range r {
				b := r[0]
				if i+1 < len(r) {
					b = r[i+1]
				}
				turn, on := windingBeside(r[i], b, p)
				if on {
					return Border
				}
				wound += turn
			}
		}
	}
	return inOrOut(wound)
}

func inOrOut(wound int32) Location {
	if wound != 0 {
		return Inside
	}
	return Outside
}

// windingBeside gives what the edge a→b adds to the winding number of p by a
// ray to the left, and whether p lies on the edge.
func windingBeside(a, b, p Point) (int32, bool) {
	if a.Y == b.Y {
		on := p.Y == a.Y && p.X >= min(a.X, b.X) && p.X <= max(a.X, b.X)
		return 0, on
	}
	if p.Y < min(a.Y, b.Y) || p.Y > max(a.Y, b.Y) || p.X < min(a.X, b.X) {
		return 0, false
	}
	o := orient(a, b, p)
	if o == 0 {
		return 0, true
	}
	switch {
	case a.Y <= p.Y && p.Y < b.Y && o < 0:
		return -1, false
	case b.Y <= p.Y && p.Y < a.Y && o > 0:
		return 1, false
	}
	return 0, false
}

// Index answers [Contains] for many points: it keeps the edges by the
// horizontal bands that they meet. It never changes, so that any number of
// goroutines may ask it.
type Index struct {
	edges  [][2]Point
	box    Box
	height int64
	off    []int32
	items  []int32
}

// NewIndex makes an index of polygons.
func NewIndex(polys []Polygon) *Index {
	x := &Index{box: Bounds(polys)}
	for _, poly := range polys {
		for _, r := range poly {
			for i := range r {
				x.edges = append(x.edges, [2]Point{r[i], r[(i+1)%len(r)]})
			}
		}
	}
	if len(x.edges) == 0 {
		return x
	}
	tall := int64(x.box.Max.Y) - int64(x.box.Min.Y) + 1
	bands := min(tall, int64(len(x.edges)))
	// No more bands than keep the table within some entries an edge.
	var climb int64
	for _, e := range x.edges {
		climb += int64(magnitude(int64(e[1].Y - e[0].Y)))
	}
	const perEdge = 8
	if climb > 0 {
		bands = min(bands, max(1, perEdge*int64(len(x.edges))*tall/climb))
	}
	x.height = (tall + bands - 1) / bands
	x.fill(int((tall + x.height - 1) / x.height))
	return x
}

func (x *Index) fill(bands int) {
	x.off = make([]int32, bands+1)
	for _, e := range x.edges {
		for b := x.band(min(e[0].Y, e[1].Y)); b <= x.band(max(e[0].Y, e[1].Y)); b++ {
			x.off[b+1]++
		}
	}
	next := offsets(x.off)
	x.items = make([]int32, x.off[bands])
	for i, e := range x.edges {
		for b := x.band(min(e[0].Y, e[1].Y)); b <= x.band(max(e[0].Y, e[1].Y)); b++ {
			x.items[next[b]] = int32(i)
			next[b]++
		}
	}
}

func (x *Index) band(y int32) int {
	return int((int64(y) - int64(x.box.Min.Y)) / x.height)
}

// Locate tells where p lies.
func (x *Index) Locate(p Point) Location {
	if !x.box.Contains(p) {
		return Outside
	}
	b := x.band(p.Y)
	wound := int32(0)
	for _, i := range x.items[x.off[b]:x.off[b+1]] {
		e := &x.edges[i]
		turn, on := windingBeside(e[0], e[1], p)
		if on {
			return Border
		}
		wound += turn
	}
	return inOrOut(wound)
}
