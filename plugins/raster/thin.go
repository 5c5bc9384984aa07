package raster

import "encoding/binary"

// A thin area is so small that the samples of a row of its pixels fit into a
// register: most stretches and corners of lines on a screen. Its sides are
// followed from above line by line, two at a time, and it covers the very
// samples that edge and area cover, in less than half of the time.

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
	m.first, m.last = min(m.first, y), max(m.last, y)
}

// side is one side of a thin area.
type side struct {
	x, step int64 // on its first line, and from line to line, as in edge
	end     int32 // the line after its last one
}

// newSide is the side from a place in the window along d, which goes down.
func newSide(a, d vec) side {
	first := (a.y + lineStep/2 - 1) >> lineShift
	end := (a.y + d.y + lineStep/2 - 1) >> lineShift
	if first >= end {
		return side{end: end}
	}
	// Dividing is as exact as with integers, and faster: a window holds so
	// little that the dividends have less than 53 bits.
	dx, dy := float64(d.x), float64(d.y)
	return side{
		x:    int64(a.x)<<fraction + int64(dx*float64(int64(first*lineStep+lineStep/2-a.y)<<fraction)/dy),
		step: int64(dx * (lineStep << fraction) / dy),
		end:  end,
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
	if n.y > 0 {
		across = vec{-across.x, -across.y}
		l = [2]side{newSide(q, across), newSide(p, d)}
		r = [2]side{newSide(q, d), newSide(vec{q.x + d.x, q.y + d.y}, across)}
	} else {
		l = [2]side{newSide(p, d), newSide(vec{p.x + d.x, p.y + d.y}, across)}
		r = [2]side{newSide(p, across), newSide(q, d)}
	}
	m.between(l, r, (a.y-high+lineStep/2-1)>>lineShift, left, top-m.top/subPixels)
	return true
}

// between covers what lies between two left and two right sides, which end on
// the same line, from a line on.
func (m *mask) between(lefts, rights [2]side, line, column, row int32) {
	l, r, end := lefts[0], rights[0], lefts[1].end
	if line == l.end {
		l = lefts[1]
	}
	if line == r.end {
		r = rights[1]
	}
	var samples uint64
	for line < end {
		next := min(line|15+1, l.end, r.end)
		for _, b := range bias[line&15 : (next-1)&15+1] {
			samples = samples>>1 | rightOf[(l.x+b)>>pixelShift&7] ^ rightOf[(r.x+b)>>pixelShift&7]
			l.x += l.step
			r.x += r.step
		}
		line = next
		if line&15 == 0 || line == end {
			m.coverThin(int(row+(line-1)>>lineShift), int(column), samples>>(-line&15))
			samples = 0
		}
		if line == l.end {
			l = lefts[1]
		}
		if line == r.end {
			r = rights[1]
		}
	}
}
