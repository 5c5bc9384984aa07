package planar

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
)

// Bridge is a straight strip from an island to what it hangs on, which may be
// another island: it is a bridge of that one too.
type Bridge struct {
	// Island is the index of the island that it was made for.
	Island int
	// From lies on the island's border, To on that of the outer area or of
	// another island.
	From, To Point
	// Strip is as wide as was asked for and reaches into both areas, but not
	// out on their other side. Uniting it with them makes one of them.
	Strip Polygon
}

// Bridges ties islands to the outer areas that they would fall out of, so that
// a stencil holds together: each island gets count bridges of a width in grid
// units, fewer where its border is too short for them, and more only where it
// ties others. United with outer and the islands, their strips leave no island
// loose, but for slivers of a few units that vanish by rounding. Islands may lie
// in islands. Several outer areas count as held already; without any the islands
// hang on each other.
//
// First every island gets the shortest bridge that ties it to something that is
// not tied to it yet, nearest pairs first (O. Borůvka 1926), which ties all in
// some rounds. Then more are added where the island's border is far enough from
// the bridges that it has, always the shortest. Borders are sampled at corners
// and in between, and the ends slide to where the gap is narrowest.
//
// The areas must be valid and not overlap; they may touch. It fails as
// [Boolean] does, and for a width or count that makes no sense.
func Bridges(ctx context.Context, outer, islands []Polygon, width float64, count int) ([]Bridge, error) {
	if !(width >= 4) || math.IsInf(width, 0) {
		return nil, fmt.Errorf("bridges %g grid units wide: take 4 or more", width)
	}
	if count < 1 {
		return nil, fmt.Errorf("%d bridges to an island: take 1 or more", count)
	}
	pc := newPace(ctx)
	b, err := newBridger(pc, outer, islands, width, count)
	if err != nil {
		return nil, err
	}
	if err := b.tieAll(); err != nil {
		return nil, err
	}
	for i := range islands {
		if err := b.tieMore(i); err != nil {
			return nil, err
		}
	}
	return b.strips(ctx, slices.Concat(outer, islands))
}

// bridger finds the places of bridges. The outer areas are owner 0 of their
// edges, island i is owner i+1.
type bridger struct {
	pc     *pace
	width  float64
	count  int
	near   *proximity
	shells []shore
	tied   []int32 // union-find over owners
	links  []link
}

// shore is the outer border of an island: its length, places on it where a
// bridge may start, and how far along it bridges are.
type shore struct {
	first, end int32 // its edges
	length     float64
	samples    []Point
	bridges    []float64
}

// link is a bridge to be.
type link struct {
	island   int
	from, to footing
}

func newBridger(pc *pace, outer, islands []Polygon, width float64, count int) (*bridger, error) {
	b := &bridger{pc: pc, width: width, count: count, tied: upTo(len(islands) + 1)}
	var edges []owned
	for _, r := range Rings(outer) {
		edges, _ = appendOwned(edges, r, 0)
	}
	for i, island := range islands {
		for k, r := range island {
			first := len(edges)
			var length float64
			edges, length = appendOwned(edges, r, int32(i+1))
			if k == 0 {
				s := newShore(edges[first:], length, max(width/4, length/float64(32*count)))
				s.first, s.end = int32(first), int32(len(edges))
				b.shells = append(b.shells, s)
			}
		}
	}
	for _, e := range edges {
		if !e.a.onGrid() {
			return nil, offGrid([]Point{e.a})
		}
	}
	var err error
	b.near, err = newProximity(edges)
	return b, err
}

// newShore takes samples at all corners and at most a step apart.
func newShore(edges []owned, length, step float64) shore {
	s := shore{length: length}
	for _, e := range edges {
		n := int(math.Ceil(distance(e.a, e.b) / step))
		for k := range n {
			s.samples = append(s.samples, Point{
				e.a.X + share(e.b.X-e.a.X, uint64(k), uint64(n)),
				e.a.Y + share(e.b.Y-e.a.Y, uint64(k), uint64(n)),
			})
		}
	}
	return s
}

// root is the owner that stands for all that are tied to this one.
func (b *bridger) root(owner int32) int32 {
	for b.tied[owner] != owner {
		b.tied[owner] = b.tied[b.tied[owner]]
		owner = b.tied[owner]
	}
	return owner
}

// tieAll makes bridges until nothing is left that is not tied to the rest.
func (b *bridger) tieAll() error {
	for {
		var shortest []link
		for i := range b.shells {
			if b.root(int32(i+1)) == b.root(0) {
				continue
			}
			l, ok, err := b.shortest(i)
			if err != nil {
				return err
			}
			if ok {
				shortest = append(shortest, l)
			}
		}
		slices.SortFunc(shortest, func(l, m link) int {
			return cmp.Or(cmp.Compare(l.to.d2, m.to.d2), cmp.Compare(l.island, m.island))
		})
		before := len(b.links)
		for _, l := range shortest {
			from, to := b.root(int32(l.island+1)), b.root(b.near.edges[l.to.edge].owner)
			if from != to {
				b.tied[max(from, to)] = min(from, to)
				b.add(l)
			}
		}
		if len(b.links) == before {
			return nil
		}
	}
}

// shortest finds the shortest link from an island to what is not tied to it.
// Its ends are each other's nearest places, so that nothing lies between them.
func (b *bridger) shortest(island int) (link, bool, error) {
	own := b.root(int32(island + 1))
	others := func(owner int32) bool { return b.root(owner) != own }
	self := func(owner int32) bool { return owner == int32(island+1) }
	best := footing{d2: math.MaxInt64}
	for _, p := range b.shells[island].samples {
		if err := b.pc.walk(64); err != nil {
			return link{}, false, err
		}
		if to, ok := b.near.nearest(p, others); ok && to.d2 < best.d2 {
			best = to
		}
	}
	if best.d2 == math.MaxInt64 {
		return link{}, false, nil
	}
	for {
		from, _ := b.near.nearest(best.at, self)
		to, _ := b.near.nearest(from.at, others)
		if to.d2 >= best.d2 {
			return link{island, from, best}, true, nil
		}
		best = to
	}
}

// add keeps a link, for both sides.
func (b *bridger) add(l link) {
	b.links = append(b.links, l)
	b.note(l.from)
	b.note(l.to)
}

// note remembers the place of a bridge on the outer border of an island.
func (b *bridger) note(f footing) {
	owner := b.near.edges[f.edge].owner
	if owner > 0 && b.onShell(f) {
		s := &b.shells[owner-1]
		s.bridges = append(s.bridges, b.near.place(f))
	}
}

// onShell tells whether a footing lies on the outer border of its island.
func (b *bridger) onShell(f footing) bool {
	s := &b.shells[b.near.edges[f.edge].owner-1]
	return f.edge >= s.first && f.edge < s.end
}

// tieMore adds the bridges that an island still wants.
func (b *bridger) tieMore(island int) error {
	s := &b.shells[island]
	if len(s.bridges) >= b.count {
		return nil
	}
	var candidates []link
	owner := int32(island + 1)
	for _, p := range s.samples {
		if err := b.pc.walk(64); err != nil {
			return err
		}
		to, ok := b.near.nearest(p, func(o int32) bool { return o != owner })
		if !ok || to.d2 == 0 {
			continue
		}
		from, _ := b.near.nearest(to.at, func(o int32) bool { return o == owner })
		if b.onShell(from) {
			candidates = append(candidates, link{island, from, to})
		}
	}
	slices.SortStableFunc(candidates, func(l, m link) int { return cmp.Compare(l.from.d2, m.from.d2) })
	for len(s.bridges) < b.count {
		at := -1
		for _, share := range []float64{0.7, 0.35} { // of an even spread
			apart := max(share*s.length/float64(b.count), 1.5*b.width)
			at = slices.IndexFunc(candidates, func(l link) bool { return s.room(b.near.place(l.from)) >= apart })
			if at >= 0 {
				break
			}
		}
		if at < 0 {
			return nil
		}
		b.add(candidates[at])
	}
	return nil
}

// room is how far along the border a place lies from all bridges.
func (s *shore) room(place float64) float64 {
	room := s.length
	for _, o := range s.bridges {
		d := math.Abs(place - o)
		room = min(room, d, s.length-d)
	}
	return room
}

// strips draws the links. What they would fill of gaps behind an area that is
// shorter than the strip reaches is taken off again.
func (b *bridger) strips(ctx context.Context, matter []Polygon) ([]Bridge, error) {
	out := make([]Bridge, len(b.links))
	raw := make([]Ring, len(b.links))
	for i, l := range b.links {
		out[i] = Bridge{Island: l.island, From: l.from.at, To: l.to.at}
		strip, err := out[i].rectangle(b.width)
		if err != nil {
			return nil, err
		}
		raw[i] = strip
	}
	gaps, err := Boolean(ctx, Difference, raw, Rings(matter), Positive)
	if err != nil {
		return nil, err
	}
	gaps = slices.DeleteFunc(gaps, func(gap Polygon) bool {
		box := gap[0].Bounds()
		return slices.ContainsFunc(out, func(br Bridge) bool { return touches(gap, box, br.middle()) })
	})
	for i := range out {
		if out[i].Strip, err = clean(ctx, raw[i], gaps, out[i].middle()); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (br Bridge) middle() Point { return halfway(br.From, br.To) }

// rectangle is the strip of a bridge, reaching its own width beyond both ends.
func (br Bridge) rectangle(width float64) (Ring, error) {
	dir := vector{1, 0}
	if br.From != br.To {
		dir = newLeg(br.From, br.To).dir
	}
	ahead, side := dir.times(width), dir.perpendicular().times(width/2)
	p := newPen(width, Style{Tolerance: 1})
	for _, v := range []vector{
		br.From.vector().plus(ahead.times(-1)).plus(side),
		br.To.vector().plus(ahead).plus(side),
		br.To.vector().plus(ahead).plus(side.times(-1)),
		br.From.vector().plus(ahead.times(-1)).plus(side.times(-1)),
	} {
		p.to(v)
	}
	if p.bad != nil {
		return nil, p.bad
	}
	return fromLeftmost(p.take()), nil
}

// clean takes gaps off a strip and keeps the part at a point.
func clean(ctx context.Context, strip Ring, gaps []Polygon, at Point) (Polygon, error) {
	box := strip.Bounds()
	var off []Ring
	for _, g := range gaps {
		if g[0].Bounds().Meets(box) {
			off = append(off, g...)
		}
	}
	if len(off) == 0 {
		return Polygon{strip}, nil
	}
	parts, err := Boolean(ctx, Difference, []Ring{strip}, off, Positive)
	if err != nil {
		return nil, err
	}
	for _, p := range parts {
		if touches(p, p[0].Bounds(), at) {
			return p, nil
		}
	}
	return Polygon{strip}, nil
}

// touches tells whether a point lies in a polygon or within what rounding
// explains beside it.
func touches(p Polygon, box Box, at Point) bool {
	const near = 2
	if !box.Meets(Box{Point{at.X - near, at.Y - near}, Point{at.X + near, at.Y + near}}) {
		return false
	}
	if Contains([]Polygon{p}, at) != Outside {
		return true
	}
	for _, r := range p {
		for i := range r {
			if distanceToSegment(at, r[i], r[(i+1)%len(r)]) <= near {
				return true
			}
		}
	}
	return false
}
