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
	if m.within {
		return
	}
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
	// It is followed from its top corner, from which two sides go down. There
	// is no telling which ways they go, so that branches would cost much.
	d := vec{b.x - a.x, b.y - a.y}
	up := d.y >> 31
	l, r := d.downward(), n.downward()
	corner := vec{a.x + d.x&up - r.x, a.y + d.y&up - r.y}
	r = vec{2 * r.x, 2 * r.y}
	swap := (r.x - l.x) >> 31
	l, r = vec{l.x ^ (l.x^r.x)&swap, l.y ^ (l.y^r.y)&swap}, vec{r.x ^ (l.x^r.x)&swap, r.y ^ (l.y^r.y)&swap}
	left, top, ok := m.thinWindow(box{corner.x + l.x, corner.y, corner.x + r.x, corner.y + l.y + r.y})
	if !ok {
		return false
	}
	corner = vec{corner.x - left*subPixels, corner.y - top*subPixels}
	lslope, rslope := slope(l), slope(r)
	lefts := [2]side{newSide(corner, l.y, lslope), newSide(vec{corner.x + l.x, corner.y + l.y}, r.y, rslope)}
	rights := [2]side{newSide(corner, r.y, rslope), newSide(vec{corner.x + r.x, corner.y + r.y}, l.y, lslope)}
	m.between(&lefts, &rights, (corner.y+lineStep/2-1)>>lineShift, left, top-m.top/subPixels)
	return true
}

// downward is v or, if that goes up, -v.
func (v vec) downward() vec {
	up := v.y >> 31
	return vec{v.x ^ up - up, v.y ^ up - up}
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
