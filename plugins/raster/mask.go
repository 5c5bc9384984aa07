package raster

import (
	"encoding/binary"
	"math/bits"
)

const (
	// samples is how many samples a pixel has, one on each of as many lines.
	samples = 16
	// lineStep is the distance of the sample lines, in 1/256 pixel.
	lineStep  = subPixels / samples
	lineShift = 4 // lineStep as a power of two
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
	covered       []byte // 16 bits a pixel, the lowest byte first
	// edges holds the samples that an edge toggles; it is zero between areas.
	edges       []uint16
	rows        []span // of edges, what columns are set
	dirty       []span // of covered, what columns may be set
	first, last int    // rows of dirty that may hold something
	// within tells that dirty holds all that the path being followed may cover.
	within bool
}

// span is the columns first <= x < last of a row.
type span struct{ first, last int32 }

var noSpan = span{1 << 30, -1}

// newMask is an empty mask for some rows from top on.
func newMask(width, height, top int) *mask {
	m := &mask{
		width: width, height: height, top: int32(top) * subPixels,
		covered: make([]byte, 2*width*height),
		// One more column takes the edges beyond the right border.
		edges: make([]uint16, (width+1)*height),
		rows:  make([]span, height),
		dirty: make([]span, height),
		first: height, last: -1,
	}
	for y := range m.rows {
		m.rows[y], m.dirty[y] = noSpan, noSpan
	}
	return m
}

// moveTo makes an empty mask one for other rows, no more than it has had.
func (m *mask) moveTo(height, top int) {
	m.height, m.top, m.first, m.last = height, int32(top)*subPixels, height, -1
}

// edge toggles the samples to the right of the line from a to b. Both ways
// give the same samples, so that areas with a common border leave no gap.
func (m *mask) edge(a, b vec) {
	if a.y > b.y {
		a, b = b, a
	}
	ay, by := int64(a.y-m.top), int64(b.y-m.top)
	// Sample line k lies at k·lineStep + lineStep/2; a line counts if ay <= it < by.
	own := (ay + lineStep/2 - 1) >> lineShift
	first := max(own, 0)
	last := min((by+lineStep/2-1)>>lineShift, int64(m.height)*samples)
	if first >= last {
		return
	}
	// x is followed in 1/2²⁴ of the coordinates' unit. It is counted from the
	// edge's own first line, so that a band finds what the whole picture finds.
	along := float64(int64(b.x)-int64(a.x)) / float64(by-ay)
	step := stepOf(along)
	x := follow(a.x, int32(own*lineStep+lineStep/2-ay), along) + (first-own)*step
	for k := first; k < last; {
		row := k / samples
		end := min(last, (row+1)*samples)
		m.toggle(int(row), uint(k%samples), uint(end-row*samples), x, step)
		x += (end - k) * step
		k = end
	}
}

// follow is x some height, at most lineStep, below a place. The slope is how
// much x grows as y grows by 1.
func follow(x, height int32, slope float64) int64 {
	return int64(x)<<fraction + int64(slope*float64(int64(height)<<fraction))
}

// stepOf is how far x moves from line to line on a slope.
func stepOf(slope float64) int64 { return int64(slope * (lineStep << fraction)) }

const (
	fraction   = 24           // bits of x below 1/256 pixel
	pixelShift = fraction + 8 // bits of x below a pixel
)

// bias makes a shift of x give the first pixel whose sample on the line lies
// right of the edge, or on it.
var bias = func() (b [samples]int64) {
	for i, o := range offsets {
		b[i] = 1<<pixelShift - 1 - int64(o)<<fraction
	}
	return b
}()

// toggle toggles the samples of a row of pixels on its lines from first up to last.
func (m *mask) toggle(row int, first, last uint, x, step int64) {
	edges := m.edges[row*(m.width+1) : (row+1)*(m.width+1)]
	end := x + int64(last-first)*step
	low, high := min(x, end)>>pixelShift, max(x, end)>>pixelShift+1
	width := int64(m.width)
	s := &m.rows[row]
	s.first, s.last = min(s.first, int32(min(max(low, 0), width))), max(s.last, int32(min(max(high, 0), width)))
	if low >= 0 && high <= width {
		bit := uint16(1) << (first % samples)
		for _, b := range bias[first:last] {
			edges[(x+b)>>pixelShift] ^= bit
			x += step
			bit += bit
		}
		return
	}
	for i := first; i < last; i++ {
		column := (x + bias[i%samples]) >> pixelShift
		edges[min(max(column, 0), width)] ^= 1 << i
		x += step
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
		covered := m.covered[2*int(y)*m.width : 2*(int(y)+1)*m.width]
		end := min(s.last, int32(m.width)-1)
		inside := uint16(0)
		for x := s.first; x <= end; x++ {
			inside ^= edges[x]
			pixel := covered[2*x : 2*x+2]
			binary.LittleEndian.PutUint16(pixel, binary.LittleEndian.Uint16(pixel)|inside)
			edges[x] = 0
		}
		edges[m.width] = 0
		d := &m.dirty[y]
		d.first, d.last = min(d.first, s.first), max(d.last, end+1)
	}
}

// touch tells that samples within a box may be covered.
func (m *mask) touch(b box) {
	m.first = min(m.first, int(max((b.y0-m.top)/subPixels, 0)))
	m.last = max(m.last, int(min((b.y1-m.top)/subPixels, int32(m.height)-1)))
}

// small is up to how many pixels wide a path is whose box is dirty as a whole.
const small = 64

// follow readies for a path that lies within a box.
func (m *mask) follow(b box) {
	m.within = b.x1-b.x0 < small*subPixels
	if !m.within {
		return
	}
	first, last := max(b.x0>>8, 0), min(b.x1>>8+1, int32(m.width))
	for y := max((b.y0-m.top)>>8, 0); y <= min((b.y1-m.top)>>8, int32(m.height)-1); y++ {
		d := &m.dirty[y]
		d.first, d.last = min(d.first, first), max(d.last, last)
	}
}

// reaches tells whether a box may hold samples of the band.
func (m *mask) reaches(b box) bool {
	return b.y1 >= m.top && b.y0 < m.top+int32(m.height)*subPixels && b.x1 >= 0 && b.x0 < int32(m.width)*subPixels
}

// coverage is how many samples of a pixel are covered.
func coverage(m uint16) uint32 { return uint32(bits.OnesCount16(m)) }
