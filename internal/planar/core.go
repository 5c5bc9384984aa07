package planar

import (
	"math/bits"
	"slices"
)

// core is the part of a union that lies inside beyond doubt: cells of a lattice
// in which no point has a winding number below one. The lattice runs between the
// points of the grid, so that each belongs to one cell.
//
// What lies in there is no border, and so needs no exact answer. A ring that
// wanders about in the core goes straight through it instead (see shorten), and
// the sweep takes no edge in the core for a border (see holds). This leaves
// winding numbers as they were wherever an edge reaches out of the core: ring
// and short cut differ by a loop in the core. Where roads lie over each other
// many times, most of what has to be noded goes away.
type core struct {
	origin Point
	shift  uint // a cell is 2^shift units wide
	nx, ny int
	words  int      // of a row
	inside []uint64 // a bit a cell, row by row
}

const (
	// drift is how far from a line, in units, its cells reach: noding moves it by
	// less.
	drift = 2
	// a wide ring is so many cells wide, about
	coreCells = 4
	// coreFrom is from how many points on a core is looked for.
	coreFrom = 1 << 11
)

// newCore finds the core of the area where rings have a positive winding number.
// It is nil where it would not spare much.
func newCore(pc *pace, rings []Ring) (*core, error) {
	pieces, m, err := measure(pc, rings)
	if err != nil {
		return nil, err
	}
	k := m.lattice()
	if k == nil {
		return nil, nil
	}
	worth, err := k.find(pc, rings, pieces)
	if err != nil || !worth {
		return nil, err
	}
	return k, nil
}

// piece is a run of edges of a ring, of the ones from these points on.
type piece struct {
	ring, from, to int32
	low, high      int32
}

// measures are what the lattice is chosen by.
type measures struct {
	box    Box
	points int64
	area   uint64 // twice that of all rings together, in 2¹⁶ square units
	around int64  // |dx|+|dy| of all edges
}

// measure cuts rings into pieces.
func measure(pc *pace, rings []Ring) ([]piece, measures, error) {
	const long = 32
	starts := batches(rings)
	parts := make([][]piece, len(starts)-1)
	found := make([]measures, len(parts))
	err := inParallel(len(parts), func(part int) error {
		m, n := measures{box: emptyBox()}, 0
		for _, r := range rings[starts[part]:starts[part+1]] {
			n += (len(r) + long - 1) / long
		}
		pieces := make([]piece, 0, n)
		for i := starts[part]; i < starts[part+1]; i++ {
			r := rings[i]
			if len(r) == 0 {
				continue
			}
			m.points += int64(len(r))
			area := int64(0)
			p, low, high, from := r[0], r[0].Y, r[0].Y, 0
			m.box.Min.X, m.box.Max.X = min(m.box.Min.X, p.X), max(m.box.Max.X, p.X)
			for k := range r {
				q := r[0]
				if k+1 < len(r) {
					q = r[k+1]
				}
				d := q.minus(p)
				area += cross(p.minus(r[0]), d)
				m.around += int64(max(d.X, -d.X)) + int64(max(d.Y, -d.Y))
				m.box.Min.X, m.box.Max.X = min(m.box.Min.X, q.X), max(m.box.Max.X, q.X)
				low, high = min(low, q.Y), max(high, q.Y)
				if k-from == long-1 || k+1 == len(r) {
					pieces = append(pieces, piece{int32(i), int32(from), int32(k + 1), low, high})
					m.box.Min.Y, m.box.Max.Y = min(m.box.Min.Y, low), max(m.box.Max.Y, high)
					low, high, from = q.Y, q.Y, k+1
				}
				p = q
			}
			m.area += uint64(max(area, -area)) >> 16
		}
		parts[part], found[part] = pieces, m
		return pc.ctx.Err()
	})
	m := measures{box: emptyBox()}
	for _, f := range found {
		m.points += f.points
		m.area += f.area
		m.around += f.around
		if !f.box.Empty() {
			m.box = m.box.around([]Point{f.box.Min, f.box.Max})
		}
	}
	return slices.Concat(parts...), m, err
}

// lattice chooses cells that are small beside the rings, and not too many.
func (m *measures) lattice() *core {
	const (
		sides  = 1 << 13 // most cells in a row or column
		each   = 128     // most cells for a point
		passed = 8       // most cells that an edge passes, on the average
	)
	if m.box.Empty() || !m.box.Min.onGrid() || !m.box.Max.onGrid() || m.around == 0 {
		return nil
	}
	wide := m.area / (uint64(m.around)>>16 + 1)
	k := &core{origin: Point{m.box.Min.X - 2*drift, m.box.Min.Y - 2*drift}}
	k.shift = uint(max(bits.Len64(wide/coreCells)-1, 4))
	w, h := int(m.box.Max.X-k.origin.X)+2*drift, int(m.box.Max.Y-k.origin.Y)+2*drift
	for ; ; k.shift++ {
		k.nx, k.ny = w>>k.shift+2, h>>k.shift+2
		if k.nx <= sides && k.ny <= sides && int64(k.nx)*int64(k.ny) <= each*m.points && m.around>>k.shift <= passed*m.points {
			break
		}
	}
	k.words = (k.nx + 63) / 64
	return k
}

func (k *core) row(y int32) int { return int(y-k.origin.Y) >> k.shift }
func (k *core) col(x int32) int { return int(x-k.origin.X) >> k.shift }

// at tells whether a cell is in the core.
func (k *core) at(row, col int) bool {
	return k.inside[row*k.words+col>>6]>>(col&63)&1 != 0
}

// covers tells whether the cells of a row from one column to another are in the
// core.
func (k *core) covers(row, from, to int) bool {
	words := k.inside[row*k.words : (row+1)*k.words]
	for from <= to {
		end := min(to, from|63)
		if mask := ^uint64(0) >> (63 - (end - from)) << (from & 63); words[from>>6]&mask != mask {
			return false
		}
		from = end + 1
	}
	return true
}

// holds tells whether an edge lies in the core.
func (k *core) holds(a, b Point) bool {
	if k == nil {
		return false
	}
	r0, r1, c0, c1 := k.row(a.Y), k.row(b.Y), k.col(a.X), k.col(b.X)
	if !k.at(r0, c0) || !k.at(r1, c1) {
		return false
	}
	if r0 == r1 {
		return k.covers(r0, min(c0, c1), max(c0, c1))
	}
	if r0 > r1 {
		a, b, r0, r1 = b, a, r1, r0
	}
	x, y, slope := float64(a.X-k.origin.X), float64(a.Y-k.origin.Y), float64(b.X-a.X)/float64(b.Y-a.Y)
	from, end := a.X-k.origin.X, b.X-k.origin.X
	for r := r0; r <= r1; r++ {
		to := end
		if r < r1 {
			line := float64((r+1)<<k.shift) - 0.5
			to = int32(x + float64((line-y)*slope) + 0.5)
		}
		if !k.covers(r, int(min(from, to))>>k.shift, int(max(from, to))>>k.shift) {
			return false
		}
		from = to
	}
	return true
}
