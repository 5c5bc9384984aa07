package raster

import (
	"encoding/binary"
	"math"
)

// A small disc is kept as the samples that it covers with its middle at each
// place of a pixel, a register for each row of pixels: stamps. A thin line is
// a stamp put down step by step, which costs less than half of following the
// sides of its stretches. It has many corners, and soon all places are known.

const (
	// stampColumns is how many pixels of a row fit into a register.
	stampColumns = 4
	// maxStamped is up to which radius a disc lies within the columns of a
	// stamp, and as many rows, wherever its middle is.
	maxStamped = (stampColumns - 1) * subPixels / 2
	// stampPlaces is on how many places along a pixel's side the middle of a
	// stamped disc is put.
	stampPlaces = 32
	stampStep   = subPixels / stampPlaces
	stampShift  = 3 // stampStep as a power of two
	// stampOff is how far it is put beside its own at most: 1/64 pixel, which is
	// less than any sample is from the border of its pixel, so that no box need
	// grow by it.
	stampOff = stampStep / 2
	// notch is how deep the edge of a line may be notched, between two stamps
	// or outside a turn.
	notch = subPixels / 32
	// maxDragged is the longest stretch that is stamped. Of a longer one, much
	// may lie beside the picture.
	maxDragged = 32 * subPixels
)

// stamp is the samples that a small disc covers with its middle at one place
// of a pixel.
type stamp struct {
	rows      [stampColumns]uint64 // 16 bits a pixel, the left one lowest
	count     int32                // of rows; 0 before it is made
	left, top int32                // its first pixel, from the one of the disc's middle
}

// stampsAlong is how many stamps of a disc the way of a unit takes for notches
// that are not too deep: those of two discs d apart are r-√(r²-d²/4) <= d²/8r
// and a bit.
func stampsAlong(radius int32) float64 { return 1 / math.Sqrt(float64(8*notch*float64(radius))) }

// stamp covers a small disc.
func (m *mask) stamp(d *disc, at vec) {
	if d.stamps == nil {
		d.stamps = make([]stamp, stampPlaces*stampPlaces)
	}
	x, y := at.x+stampOff, at.y-m.top+stampOff
	column, row := x>>stampShift&(stampPlaces-1), y>>stampShift&(stampPlaces-1)
	s := &d.stamps[row*stampPlaces+column]
	if s.count == 0 {
		*s = d.stampAt(vec{column * stampStep, row * stampStep})
	}
	left, top := x>>8+s.left, y>>8+s.top
	if left < 0 || left > int32(m.width)-stampColumns {
		m.lined(d, at) // at the picture's sides
		return
	}
	for i, samples := range s.rows[:s.count] {
		y := int(top) + i
		if uint(y) >= uint(m.height) {
			continue // beside the band
		}
		pixels := m.covered[2*(y*m.width+int(left)):]
		binary.LittleEndian.PutUint64(pixels, binary.LittleEndian.Uint64(pixels)|samples)
		if !m.within {
			d := &m.dirty[y]
			d.first, d.last = min(d.first, left), max(d.last, left+stampColumns)
		}
	}
}

// stampAt makes the stamp for a place of the middle.
func (d *disc) stampAt(at vec) stamp {
	s := stamp{left: (at.x - d.radius) >> 8, top: (at.y - d.radius) >> 8, count: 1}
	m := newMask(stampColumns, stampColumns, 0)
	m.lined(d, vec{at.x - s.left*subPixels, at.y - s.top*subPixels})
	for i := range s.rows {
		s.rows[i] = binary.LittleEndian.Uint64(m.covered[2*stampColumns*i:])
		if s.rows[i] != 0 {
			s.count = int32(i) + 1
		}
	}
	return s
}

// drag stamps a disc on its way from a to b, and at b, if it is small and the
// way is not long.
func (p *pen) drag(a, b vec) bool {
	dx, dy := float64(b.x-a.x), float64(b.y-a.y)
	length := math.Sqrt(float64(dx*dx) + float64(dy*dy))
	if p.radius > maxStamped || length > maxDragged {
		return false
	}
	steps := int32(length*p.along) + 1
	const shift = 8 // bits of x and y below 1/256 pixel
	stepX, stepY := (b.x-a.x)<<shift/steps, (b.y-a.y)<<shift/steps
	x, y := int32(1)<<shift/2, int32(1)<<shift/2
	for range steps - 1 {
		x += stepX
		y += stepY
		p.mask.stamp(p.disc, vec{a.x + x>>shift, a.y + y>>shift})
	}
	p.mask.stamp(p.disc, b)
	return true
}
