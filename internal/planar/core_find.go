package planar

import (
	"math"
	"math/bits"
	"sync"
)

// find marks the cells in which every winding number is positive, band by band
// of rows, and tells whether enough of the rings lies there.
//
// The winding numbers at the corners of the cells come from the edges that cross
// the lines of the lattice. Over the cell they differ from that at a corner by
// no more than one for every visit: a stretch of a ring that comes near the cell
// and goes from left to right, or from right to left, all the way (straight up
// counts as to the right). Such a stretch has two sides only.
//
// All this is done for some groups of rings by themselves, and what is certain of
// each is added up: where two roads end beside each other on a third, no corner
// need lie in all of them.
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
			b.group = &b.groups[p.ring%groups]
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

// tally counts visits, and those of cells in the core.
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
	*group
	groups     [groups]group
	first, end int  // its rows
	full       bool // there were too many visits to be counted
}

// groups is how many groups of rings are looked at by themselves: more cost more
// time, and find little more.
const groups = 4

// group is what a band knows of the rings of one.
type group struct {
	seen  []int32  // by cell, with one row more; see below
	dirty []uint64 // a bit for each cell that is not zero
}

// What a band knows of a cell: its visits, and in the upper half by how much the
// winding number grows from its lower left to its lower right corner, which is no
// more than the visits are.
const (
	visit = 1
	turn  = 1 << 16
	most  = 1<<15 - 1
)

// bands keeps the room of bands, all zero, for the next ones.
var bands = sync.Pool{New: func() any { return new(band) }}

func borrowBand(k *core, first, end int) *band {
	b := bands.Get().(*band)
	b.core, b.first, b.end, b.full = k, first, end, false
	for i := range b.groups {
		g := &b.groups[i]
		g.seen, g.dirty = roomFor(g.seen, (end-first+1)*k.nx), roomFor(g.dirty, (end-first+1)*k.words)
	}
	return b
}

// roomFor gives n elements in the room of a slice, if that is large enough.
func roomFor[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

func (b *band) giveBack() {
	b.core, b.group = nil, nil
	bands.Put(b)
}

// draw notes what the edges of a ring do that start at these points.
func (b *band) draw(r Ring, from, to int) {
	var known cell // where the edge before ended,
	var forth bool // and which way it went
	for i := from; ; {
		if i--; i < 0 {
			i = len(r) - 1
		}
		if i == from {
			return // all points are the same
		}
		if r[i] != r[from] {
			_, known = b.ends(r[i], r[from])
			forth = before(r[i], r[from])
			break
		}
	}
	p := r[from]
	for i := from; i < to; i++ {
		q := r[0]
		if i+1 < len(r) {
			q = r[i+1]
		}
		if p == q {
			continue
		}
		if on := before(p, q); on != forth {
			known, forth = none, on
		}
		first, last := b.ends(p, q)
		switch {
		case first != last:
			b.edge(p, q, first, last, known)
		case first != known:
			b.visit(first.row(), first.col())
		}
		p, known = q, last
	}
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

// visit notes one, if the row is in the band.
func (b *band) visit(row, col int) {
	if row -= b.first; uint(row) < uint(b.end-b.first) {
		b.mark(&b.seen[row*b.nx+col], &b.dirty[row*b.words+col>>6], col)
	}
}

func (b *band) mark(seen *int32, dirty *uint64, col int) {
	if *seen&(turn-1) == most {
		b.full = true
		return
	}
	*seen += visit
	*dirty |= 1 << (col & 63)
}

// edge notes the visits and turns of an edge that comes near several cells. If
// it goes on with a visit to the first one, that is known.
func (b *band) edge(p, q Point, first, last, known cell) {
	if row := first.row(); row == last.row() {
		from, to := first.col(), last.col()
		for c := min(from, to); c <= max(from, to); c++ {
			if cell(row<<16|c) != known {
				b.visit(row, c)
			}
		}
		return
	}
	if min(first.row(), last.row()) < b.end && max(first.row(), last.row()) >= b.first {
		b.steep(p, q, known)
	}
}

// steep is edge for several rows.
func (b *band) steep(p, q Point, known cell) {
	up := int32(-turn)
	if p.Y > q.Y {
		p, q, up = q, p, turn
	}
	x, y, dx, dy := int(p.X-b.origin.X), int(p.Y-b.origin.Y), int(q.X-p.X), int(q.Y-p.Y)
	// How far around its places on the lines of the lattice an edge reaches in
	// a row: what it moves within the drift, and a unit for rounding.
	slope, pad := 0.0, max(dx, -dx)+drift
	if dy > 0 {
		slope = float64(dx) / float64(dy)
		pad = drift + 1 + int(math.Abs(float64(slope*(drift+1))))
	}
	left, right := min(x, x+dx)-drift, max(x, x+dx)+drift
	row, end := max((y-drift)>>b.shift, b.first), min((y+dy+drift)>>b.shift, b.end)
	firstLine, lastLine := y>>b.shift+1, (y+dy)>>b.shift
	side := float64(int(1) << b.shift)
	at := float64(x) + float64((float64(row<<b.shift-y)-0.5)*slope)
	at0, dirty0 := (row-b.first)*b.nx, (row-b.first)*b.words
	for ; row <= end; row++ {
		if row >= firstLine && row <= lastLine {
			b.seen[at0+int(at+0.5)>>b.shift] += up
		}
		if row == b.end {
			return
		}
		next := at + float64(side*slope)
		from, to := at, next
		if slope < 0 {
			from, to = next, at
		}
		for c, last := max(left, int(from)-pad)>>b.shift, min(right, int(to)+pad)>>b.shift; c <= last; c++ {
			if cell(row<<16|c) != known {
				b.mark(&b.seen[at0+c], &b.dirty[dirty0+c>>6], c)
			}
		}
		at = next
		at0, dirty0 = at0+b.nx, dirty0+b.words
	}
}

// finish marks the cells and cleans the band.
func (b *band) finish() tally {
	var all tally
	for r := range b.end - b.first {
		marks := b.inside[(b.first+r)*b.words:]
		// Winding numbers at the left corners of a cell, of each group, and how
		// much they come to in all.
		var below, above [groups]int32
		certain := int32(0)
		for w := range b.words {
			bit := uint64(0)
			for i := range b.groups {
				dirty := &b.groups[i].dirty[r*b.words+w]
				bit |= *dirty
				*dirty = 0
			}
			mark, done := uint64(0), 0
			for ; bit != 0; bit &= bit - 1 {
				i := bits.TrailingZeros64(bit)
				if certain > 0 {
					mark |= 1<<i - 1<<done
				}
				done = i + 1
				at := r*b.nx + w<<6 + i
				visits, least := int32(0), int32(0)
				certain = 0
				for g := range b.groups {
					low, high := &b.groups[g].seen[at], b.groups[g].seen[at+b.nx]
					highest := max(below[g], above[g])
					below[g] += *low >> 16
					above[g] += high >> 16
					visits += *low & (turn - 1)
					least += max(highest, below[g], above[g]) - *low&(turn-1)
					certain += below[g]
					*low = 0
				}
				all.visits += int64(visits)
				if least > 0 {
					mark |= 1 << i
					all.spared += int64(visits)
				}
			}
			if certain > 0 {
				mark |= ^uint64(0) << done
			}
			if !b.full {
				marks[w] = mark
			}
		}
	}
	for i := range b.groups {
		clear(b.groups[i].seen[(b.end-b.first)*b.nx:])
	}
	return all
}
