package planar

import (
	"math"
	"math/bits"
	"sync"
)

// find marks the cells in which every winding number is positive, band by band
// of rows, and tells whether enough of the rings lies there.
//
// A visit is a stretch of a ring that comes near a cell and goes from left to
// right, or from right to left, all the way (straight up counts as to the
// right). It has two sides only, of which one is high: on it winding numbers are
// higher by one. So no winding number in the cell is less than that of the cell's
// lower left corner without one for every visit that has the corner on its high
// side. The winding numbers at the corners come from the edges that cross the
// lines of the lattice.
//
// Noding may move an edge across a corner, which changes the corner's winding
// number and its side, both by one, and so the result by nothing. The side is that
// of the visit's left end: a corner lies below a stretch that comes in from the
// left or from above, and above one that comes in from below. Where it is not
// sure, the corner counts as on the high side, and the result is less than it
// could be. Where two stretches part at their common left end in the cell, the
// corner counts as below both, and so on the high side of one: between them the
// winding number is less by one at most.
func (k *core) find(pc *pace, rings []Ring, pieces []piece) (worth bool, err error) {
	const rows, bands = 64, 128 // at least, at most
	each := max(rows, (k.ny+bands-1)/bands)
	n := (k.ny + each - 1) / each
	lists := k.share(pieces, each, n)
	k.inside = make([]uint64, k.ny*k.words)
	tallies := make([]tally, n)
	err = inParallel(n, func(i int) error {
		pc := newPace(pc.ctx)
		b := borrowBand(k, i*each, min((i+1)*each, k.ny))
		for _, at := range lists[i] {
			p := &pieces[at]
			if err := pc.walk(int(p.to - p.from)); err != nil {
				return err // and the band, which is not clean, is gone
			}
			b.draw(rings[p.ring], int(p.from), int(p.to))
		}
		tallies[i] = b.finish()
		b.giveBack()
		return nil
	})
	var all tally
	for _, t := range tallies {
		all.visits += t.visits
		all.spared += t.spared
	}
	return all.spared*8 > all.visits, err
}

// tally counts visits with the corner on their high side, which is half of all,
// about, and those of cells in the core.
type tally struct{ visits, spared int64 }

// share lists the pieces that reach into each band of so many rows.
func (k *core) share(pieces []piece, rows, bands int) [][]int32 {
	counts := make([]int32, bands+1)
	reach := func(p *piece) (from, to int) {
		return k.row(p.low-drift) / rows, k.row(p.high+drift) / rows
	}
	for i := range pieces {
		from, to := reach(&pieces[i])
		for b := from; b <= to; b++ {
			counts[b+1]++
		}
	}
	next := offsets(counts)
	all := make([]int32, counts[bands])
	for i := range pieces {
		from, to := reach(&pieces[i])
		for b := from; b <= to; b++ {
			all[next[b]] = int32(i)
			next[b]++
		}
	}
	lists := make([][]int32, bands)
	for b := range lists {
		lists[b] = all[counts[b]:counts[b+1]]
	}
	return lists
}

// band is some rows of a lattice while they are looked at.
type band struct {
	*core
	first, end int      // its rows
	seen       []seen   // by cell
	dirty      []uint64 // a bit for each cell that was visited
}

// seen is what a band knows of a cell: by how much the winding number grows from
// its lower left to its lower right corner, and how many visits have, or may have,
// the lower left corner on their high side.
type seen struct{ turn, high int32 }

// bands keeps the room of bands, all zero, for the next ones.
var bands = sync.Pool{New: func() any { return new(band) }}

func borrowBand(k *core, first, end int) *band {
	b := bands.Get().(*band)
	b.core, b.first, b.end = k, first, end
	b.seen, b.dirty = roomFor(b.seen, (end-first)*k.nx), roomFor(b.dirty, (end-first)*k.words)
	return b
}

func (b *band) giveBack() {
	b.core = nil
	bands.Put(b)
}

// draw notes what the edges of a ring do that start at these points, run by run
// of those that go the same way, each run from its left end.
func (b *band) draw(r Ring, from, to int) {
	at := func(i int) Point {
		if i == len(r) {
			i = 0
		}
		return r[i]
	}
	for i := from; i < to; {
		p, q := r[i], at(i+1)
		if p == q {
			i++
			continue
		}
		forth := before(p, q)
		end := i + 1
		for end < to {
			if p, q = q, at(end+1); p != q && before(p, q) != forth {
				break
			}
			end++
		}
		b.tip(r, i, forth)
		if forth {
			known := none
			if i == from {
				known = b.reached(r, from, -1)
			}
			p := r[i]
			for k := i + 1; k <= end; k++ {
				q := at(k)
				known = b.edge(p, q, known, true)
				p = q
			}
		} else {
			known := none
			if end == to {
				known = b.reached(r, to, 1)
			}
			p := at(end)
			for k := end - 1; k >= i; k-- {
				q := r[k]
				known = b.edge(p, q, known, false)
				p = q
			}
		}
		i = end
	}
}

// reached is the cell that an edge of a ring reaches which ends at a point in the
// direction of step, if that is its right end.
func (b *band) reached(r Ring, point, step int) cell {
	wrap := func(i int) int { return (i + len(r)) % len(r) }
	p := r[wrap(point)]
	for i := wrap(point + step); i != wrap(point); i = wrap(i + step) {
		if q := r[i]; q != p {
			if !before(q, p) {
				return none
			}
			_, last := b.ends(q, p)
			return last
		}
	}
	return none
}

func before(p, q Point) bool { return p.X < q.X || p.X == q.X && p.Y < q.Y }

// cell is the row and the column of one.
type cell uint32

const none cell = 1<<32 - 1

func (c cell) row() int { return int(c >> 16) }
func (c cell) col() int { return int(c & (1<<16 - 1)) }

// ends are the first and the last cell that an edge comes near.
func (b *band) ends(p, q Point) (first, last cell) {
	dx, dy := ahead(q.X-p.X), ahead(q.Y-p.Y)
	p, q = Point{p.X - dx, p.Y - dy}, Point{q.X + dx, q.Y + dy}
	return cell(b.row(p.Y)<<16 | b.col(p.X)), cell(b.row(q.Y)<<16 | b.col(q.X))
}

// ahead is the drift in the direction of d.
func ahead(d int32) int32 {
	s := d >> 31
	return drift ^ s - s
}

// edge notes the visits and turns of an edge from its left end p. Its ring goes
// forth, the same way, or back. If it goes on with a visit to a cell, that is
// known. It returns the cell where it ends.
func (b *band) edge(p, q Point, known cell, forth bool) cell {
	if p == q {
		return known
	}
	first, last := b.ends(p, q)
	switch row := first.row(); {
	case row != last.row():
		if min(row, last.row()) < b.end && max(row, last.row()) >= b.first {
			b.steep(p, q, known, forth)
		}
	case row >= b.first && row < b.end && (first != last || first != known):
		below, _ := highSide(forth)
		b.visit(row, first.col(), last.col(), known, &sides{math.MaxInt, b.col(q.X), below})
	}
	return last
}

// sides tells on which side of an edge the lower left corners of a row's cells
// lie: in columns up to cross high is 1 for the high side, behind it they lie on
// the other one. Behind the column in which the edge ends it may come near a cell
// that the next one enters from elsewhere: there no side is sure.
type sides struct {
	cross, end int
	high       int32
}

// highSide is 1 for corners on the high side of an edge whose ring goes forth or
// back, where they lie below it and where they lie above.
func highSide(forth bool) (below, above int32) {
	if forth {
		return 0, 1
	}
	return 1, 0
}

// visit notes visits to the cells of a row from one column to another.
func (b *band) visit(row, from, to int, known cell, s *sides) {
	at, dirty := (row-b.first)*b.nx, (row-b.first)*b.words
	for c := from; c <= to; c++ {
		if cell(row<<16|c) == known {
			continue
		}
		high := int32(1)
		if c <= s.end {
			high = s.high
			if c > s.cross {
				high ^= 1
			}
		}
		b.seen[at+c].high += high
		b.dirty[dirty+c>>6] |= 1 << (c & 63)
	}
}

// steep is edge for several rows.
func (b *band) steep(p, q Point, known cell, forth bool) {
	below, above := highSide(forth)
	s := sides{end: b.col(q.X)}
	x, y, dx, dy := int(p.X-b.origin.X), int(p.Y-b.origin.Y), int(q.X-p.X), int(q.Y-p.Y)
	before, turn := above, int32(-1) // where it rises, corners to the left are above it
	if dy < 0 {
		x, y, dx, dy = x+dx, y+dy, -dx, -dy
		before, turn = below, 1
	}
	if !forth {
		turn = -turn
	}
	// How far around its places on the lines of the lattice an edge reaches in
	// a row: what it moves within the drift, and a unit for rounding.
	slope, pad := 0.0, max(dx, -dx)+drift
	if dy > 0 {
		slope = float64(dx) / float64(dy)
		pad = drift + 1 + int(math.Abs(float64(slope*(drift+1))))
	}
	left, right := min(x, x+dx)-drift, max(x, x+dx)+drift
	row, end := max((y-drift)>>b.shift, b.first), min((y+dy+drift)>>b.shift, b.end-1)
	firstLine, lastLine := y>>b.shift+1, (y+dy)>>b.shift
	side := float64(int(1) << b.shift)
	at := float64(x) + float64((float64(row<<b.shift-y)-0.5)*slope)
	for ; row <= end; row++ {
		switch {
		case row < firstLine:
			s.cross, s.high = math.MaxInt, below
		case row > lastLine:
			s.cross, s.high = math.MaxInt, above
		default:
			s.cross, s.high = int(at+0.5)>>b.shift, before
			b.seen[(row-b.first)*b.nx+s.cross].turn += turn
		}
		next := at + float64(side*slope)
		from, to := at, next
		if slope < 0 {
			from, to = next, at
		}
		b.visit(row, max(left, int(from)-pad)>>b.shift, min(right, int(to)+pad)>>b.shift, known, &s)
		at = next
	}
}

// finish marks the cells and cleans the band.
func (b *band) finish() tally {
	var all tally
	for r := range b.end - b.first {
		marks := b.inside[(b.first+r)*b.words:]
		wound := int32(0) // at the lower left corner of a cell
		for w := range b.words {
			dirty := &b.dirty[r*b.words+w]
			mark, done := uint64(0), 0
			for bit := *dirty; bit != 0; bit &= bit - 1 {
				i := bits.TrailingZeros64(bit)
				if wound > 0 {
					mark |= 1<<i - 1<<done
				}
				done = i + 1
				s := &b.seen[r*b.nx+w<<6+i]
				all.visits += int64(s.high)
				if wound > s.high {
					mark |= 1 << i
					all.spared += int64(s.high)
				}
				wound += s.turn
				*s = seen{}
			}
			*dirty = 0
			if wound > 0 {
				mark |= ^uint64(0) << done
			}
			marks[w] = mark
		}
	}
	return all
}
