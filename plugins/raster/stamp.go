package raster

import "encoding/binary"

const (
	// maxStamped is up to which radius a disc lies within the columns of a
	// thin area, and as many rows, wherever its middle is.
	maxStamped = (thinColumns - 1) * subPixels / 2
	// stampPlaces is on how many places along a pixel's side the middle of a
	// stamped disc is put.
	stampPlaces = 32
	stampStep   = subPixels / stampPlaces
	stampShift  = 3 // stampStep as a power of two
	// stampOff is how far it is put beside its own at most: 1/64 pixel, which is
	// less than any sample is from the border of its pixel, so that no box need
	// grow by it.
	stampOff = stampStep / 2
)

// stamp is the samples that a small disc covers with its middle at one place
// of a pixel. The corners of thin lines are many, and soon all places are known.
type stamp struct {
	rows      [thinColumns]uint64 // as coverThin takes them
	count     int32               // of rows; 0 before it is made
	left, top int32               // its first pixel, from the one of the disc's middle
}

// stamp covers a small disc. It refuses one at the picture's sides.
func (m *mask) stamp(d *disc, at vec) bool {
	if d.stamps == nil {
		d.stamps = make([]stamp, stampPlaces*stampPlaces)
	}
	at = vec{at.x + stampOff, at.y - m.top + stampOff}
	column, row := at.x>>stampShift&(stampPlaces-1), at.y>>stampShift&(stampPlaces-1)
	s := &d.stamps[row*stampPlaces+column]
	if s.count == 0 {
		*s = d.stampAt(vec{column * stampStep, row * stampStep})
	}
	left, top := at.x>>8+s.left, at.y>>8+s.top
	if left < 0 || left > int32(m.width)-thinColumns {
		return false
	}
	for i, samples := range s.rows[:s.count] {
		m.coverThin(int(top)+i, int(left), samples)
	}
	return true
}

// stampAt makes the stamp for a place of the middle.
func (d *disc) stampAt(at vec) stamp {
	s := stamp{left: (at.x - d.radius) >> 8, top: (at.y - d.radius) >> 8, count: 1}
	m := newMask(thinColumns, thinColumns, 0)
	at = vec{at.x - s.left*subPixels, at.y - s.top*subPixels}
	lines := d.at(at.y & (lineStep - 1))
	m.wideDisc(lines.sides, at.x, at.y>>lineShift+lines.first)
	m.area(box{at.x, at.y, at.x, at.y}.grow(d.radius))
	for i := range s.rows {
		s.rows[i] = binary.LittleEndian.Uint64(m.covered[2*thinColumns*i:])
		if s.rows[i] != 0 {
			s.count = int32(i) + 1
		}
	}
	return s
}
