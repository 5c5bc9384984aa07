package raster

import "math/bits"

const (
	// samples is how many samples a pixel has, one on each of as many lines.
	samples = 16
	// lineStep is the distance of the sample lines, in 1/256 pixel.
	lineStep = subPixels / samples
)

// offsets is where on its line each sample of a pixel lies, in 1/256 pixel:
// every column of a 16 × 16 grid is used once, and neighbouring lines lie far
// from one another, so that steep and flat edges are graded alike.
var offsets = [samples]int32{
	0: 88, 1: 216, 2: 24, 3: 152, 4: 120, 5: 248, 6: 56, 7: 184,
	8: 72, 9: 200, 10: 8, 11: 136, 12: 104, 13: 232, 14: 40, 15: 168,
}

// mask says for each sample of a band whether it is covered.
type mask struct {
	width, height int // of the band, pixels
	top           int32
	covered       []uint16
	// edges holds the samples that an edge toggles; it is zero between areas.
	edges []uint16
	rows  []span // of edges, what columns are set
	dirty []span // of covered, what columns may be set
}

// span is the columns first <= x < last of a row.
type span struct{ first, last int32 }

var noSpan = span{1 << 30, -1}

// newMask is an empty mask for the rows from top on.
func newMask(width, height, top int) *mask {
	m := &mask{
		width: width, height: height, top: int32(top) * subPixels,
		covered: make([]uint16, width*height),
		// One more column takes the edges beyond the right border.
		edges: make([]uint16, (width+1)*height),
		rows:  make([]span, height),
		dirty: make([]span, height),
	}
	for y := range m.rows {
		m.rows[y], m.dirty[y] = noSpan, noSpan
	}
	return m
}

// edge toggles the samples to the right of the line from a to b. Both ways
// give the same samples, so that areas with a common border leave no gap.
func (m *mask) edge(a, b vec) {
	if a.y > b.y {
		a, b = b, a
	}
	ay, by := int64(a.y-m.top), int64(b.y-m.top)
	// Sample line k lies at k·lineStep + lineStep/2; a line counts if ay <= it < by.
	first := max(ceilDiv(ay-lineStep/2, lineStep), 0)
	last := min(ceilDiv(by-lineStep/2, lineStep), int64(m.height)*samples)
	if first >= last {
		return
	}
	// x is followed exactly, as whole and rest of a division by dy, so that a
	// band starts with what the rows above would have reached.
	dx, dy := int64(b.x)-int64(a.x), by-ay
	whole, rest := floorDiv(dx*(first*lineStep+lineStep/2-ay), dy)
	stepWhole, stepRest := floorDiv(dx*lineStep, dy)
	x := int64(a.x) + whole
	for k := first; k < last; {
		row := k / samples
		end := min(last, (row+1)*samples)
		edges := m.edges[row*int64(m.width+1) : (row+1)*int64(m.width+1)]
		s := &m.rows[row]
		for ; k < end; k++ {
			i := k % samples
			// The first pixel whose sample lies right of the edge, or on it.
			right := x - int64(offsets[i])
			if rest > 0 {
				right++
			}
			column := int32((right + subPixels - 1) >> 8)
			column = min(max(column, 0), int32(m.width))
			edges[column] ^= 1 << i
			s.first, s.last = min(s.first, column), max(s.last, column)
			x += stepWhole
			if rest += stepRest; rest >= dy {
				rest -= dy
				x++
			}
		}
	}
}

// area covers what the edges since the last area enclose.
func (m *mask) area(b box) {
	y0 := max((b.y0-m.top)/subPixels, 0)
	y1 := min((b.y1-m.top)/subPixels, int32(m.height)-1)
	for y := y0; y <= y1; y++ {
		s := m.rows[y]
		if s.first > s.last {
			continue
		}
		m.rows[y] = noSpan
		edges := m.edges[int(y)*(m.width+1) : (int(y)+1)*(m.width+1)]
		covered := m.covered[int(y)*m.width : (int(y)+1)*m.width]
		end := min(s.last, int32(m.width)-1)
		inside := uint16(0)
		for x := s.first; x <= end; x++ {
			inside ^= edges[x]
			covered[x] |= inside
			edges[x] = 0
		}
		edges[m.width] = 0
		d := &m.dirty[y]
		d.first, d.last = min(d.first, s.first), max(d.last, end+1)
	}
}

// ceilDiv is a/b rounded up, for b > 0.
func ceilDiv(a, b int64) int64 {
	q := a / b
	if a%b > 0 {
		q++
	}
	return q
}

// floorDiv is a/b rounded down, and what is left over, for b > 0.
func floorDiv(a, b int64) (whole, rest int64) {
	whole, rest = a/b, a%b
	if rest < 0 {
		whole, rest = whole-1, rest+b
	}
	return whole, rest
}

// coverage is how many samples of a pixel are covered.
func coverage(m uint16) uint32 { return uint32(bits.OnesCount16(m)) }
