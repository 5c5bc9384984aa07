package raster

import "encoding/binary"

// A thin area is so small that the samples of a row of its pixels fit into a
// register: most stretches of lines on a screen. Its sides are followed from
// above line by line, two at a time, and it covers the very samples that edge
// and area cover, in less than half of the time. What corners need is stamped.

const (
	// thinColumns is how many pixels of a row fit into a register.
	thinColumns = 4
	// thinRows keeps thin areas from being long.
	thinRows = 8
)

// rightOf is the sample on the last line of each pixel of a row from a column
// on, the columns lying side by side.
var rightOf = [8]uint64{0x8000_8000_8000_8000, 0x8000_8000_8000_0000, 0x8000_8000_0000_0000, 0x8000_0000_0000_0000}

// thinWindow is the place of a thin area that lies within a box, in pixels.
func (m *mask) thinWindow(b box) (left, top int32, ok bool) {
	x0, x1, y0, y1 := b.x0>>8, b.x1>>8, b.y0>>8, b.y1>>8
	left = min(x0, int32(m.width)-thinColumns)
	return left, y0, x0 >= 0 && left >= 0 && x1-left < thinColumns && y1-y0 < thinRows
}

// coverThin covers samples of a row of pixels from a column on.
func (m *mask) coverThin(y, left int, samples uint64) {
	if uint(y) >= uint(m.height) {
		return // beside the band
	}
	pixels := m.covered[2*(y*m.width+left):]
	binary.LittleEndian.PutUint64(pixels, binary.LittleEndian.Uint64(pixels)|samples)
	d := &m.dirty[y]
	d.first, d.last = min(d.first, int32(left)), max(d.last, int32(left+thinColumns))
}

// side is one side of a thin area.
type side struct {
	x, step int64 // on its first line, and from line to line, as in edge
	end     int32 // the line after its last one
}

// slope is how much x grows as y grows by 1 along d; what goes neither up nor
// down has no lines, and none of its slope is used.
func slope(d vec) float64 { return float64(d.x) / float64(d.y) }

// newSide is the side from a place in the window that goes down by some height.
func newSide(a vec, height int32, slope float64) side {
	first := (a.y + lineStep/2 - 1) >> lineShift
	return side{
		x:    follow(a.x, first*lineStep+lineStep/2-a.y, slope),
		step: stepOf(slope),
		end:  (a.y + height + lineStep/2 - 1) >> lineShift,
	}
}

// thinQuad covers what lies within n, a quarter turn from the line from a to
// b, on both sides of that line. It refuses what is not thin.
func (m *mask) thinQuad(a, b, n vec) bool {
	wide, high := max(n.x, -n.x), max(n.y, -n.y)
	left, top, ok := m.thinWindow(box{
		min(a.x, b.x) - wide, min(a.y, b.y) - high, max(a.x, b.x) + wide, max(a.y, b.y) + high,
	})
	if !ok {
		return false
	}
	d := vec{b.x - a.x, b.y - a.y}
	if d.y < 0 || d.y == 0 && d.x < 0 {
		a, d, n = b, vec{-d.x, -d.y}, vec{-n.x, -n.y}
	}
	// Now d goes down and n to the left.
	a = vec{a.x - left*subPixels, a.y - top*subPixels}
	p, q, across := vec{a.x + n.x, a.y + n.y}, vec{a.x - n.x, a.y - n.y}, vec{-2 * n.x, -2 * n.y}
	var l, r [2]side // the upper one and the lower one
	along := slope(d)
	if n.y > 0 {
		across = vec{-across.x, -across.y}
		aslant := slope(across)
		l = [2]side{newSide(q, across.y, aslant), newSide(p, d.y, along)}
		r = [2]side{newSide(q, d.y, along), newSide(vec{q.x + d.x, q.y + d.y}, across.y, aslant)}
	} else {
		aslant := slope(across)
		l = [2]side{newSide(p, d.y, along), newSide(vec{p.x + d.x, p.y + d.y}, across.y, aslant)}
		r = [2]side{newSide(p, across.y, aslant), newSide(q, d.y, along)}
	}
	m.between(&l, &r, (a.y-high+lineStep/2-1)>>lineShift, left, top-m.top/subPixels)
	return true
}

// between covers what lies between two left and two right sides, which end on
// the same line, from a line on.
func (m *mask) between(lefts, rights *[2]side, line, column, row int32) {
	l, r, end := &lefts[0], &rights[0], lefts[1].end
	if line == l.end {
		l = &lefts[1]
	}
	if line == r.end {
		r = &rights[1]
	}
	first, last := line>>4, (end-1)>>4
	var rows [thinRows]uint64
	var samples uint64
	left, right := l.x, r.x
	for line < end {
		// A row is kept at each of its lines: testing for the last one costs
		// more, as nobody can foretell it. What the row before has left in the
		// register is out of it by then.
		for next := min(l.end, r.end); line < next; line++ {
			b := bias[line&15]
			samples = samples>>1&0x7fff_7fff_7fff_7fff |
				(rightOf[(left+b)>>pixelShift&7] ^ rightOf[(right+b)>>pixelShift&7])
			rows[line>>4&(thinRows-1)] = samples
			left += l.step
			right += r.step
		}
		if line == l.end {
			l = &lefts[1]
			left = l.x
		}
		if line == r.end {
			r = &rights[1]
			right = r.x
		}
	}
	missing := -end & 15 // lines of the last row
	rows[last&(thinRows-1)] = samples >> missing & (0xffff >> missing * 0x0001_0001_0001_0001)
	for y := first; y <= last; y++ {
		m.coverThin(int(row+y), int(column), rows[y&(thinRows-1)])
	}
}
