package raster

const (
	// manyDots is after how many discs stamps are worth their memory.
	manyDots = 512
	// maxReach keeps the stamps of a pen within 3.3 MB.
	maxReach = 2
)

// stamps are the samples of one disc at each place within a pixel, made when
// they are needed. Moved by whole pixels a disc covers the same samples, so
// that a stamp is what drawing the disc would cover.
type stamps struct {
	disc   []vec
	radius int32
	reach  int      // pixels to each side of the one in the middle
	cells  []uint16 // by place, row and column
	made   [subPixels * subPixels / 64]uint64
	mask   *mask // to make them in
}

// stampReach is how many pixels around its own a disc may touch.
func stampReach(radius int32) int { return int(radius+1+subPixels-1) / subPixels }

func newStamps(disc []vec, radius int32) *stamps {
	reach := stampReach(radius)
	side := 2*reach + 1
	return &stamps{
		disc: disc, radius: radius, reach: reach,
		cells: make([]uint16, subPixels*subPixels*side*side),
		mask:  newMask(side, side, 0),
	}
}

// at is the stamp for a place: rows of 2·reach+1 pixels.
func (s *stamps) at(p vec) []uint16 {
	place := int(p.y&(subPixels-1))*subPixels + int(p.x&(subPixels-1))
	size := len(s.mask.covered)
	cells := s.cells[place*size : (place+1)*size : (place+1)*size]
	if s.made[place/64]&(1<<(place%64)) == 0 {
		s.made[place/64] |= 1 << (place % 64)
		middle := int32(s.reach) * subPixels
		c := vec{middle + p.x&(subPixels-1), middle + p.y&(subPixels-1)}
		s.mask.disc(s.disc, c, box{c.x - s.radius, c.y - s.radius, c.x + s.radius, c.y + s.radius})
		copy(cells, s.mask.covered)
		clear(s.mask.covered)
	}
	return cells
}

// press covers the stamp's disc at a place.
func (m *mask) press(s *stamps, at vec) {
	cells := s.at(at)
	side := 2*s.reach + 1
	left, top := int(at.x>>8)-s.reach, int((at.y-m.top)>>8)-s.reach
	x0, x1 := max(left, 0), min(left+side, m.width)
	y0, y1 := max(top, 0), min(top+side, m.height)
	if x0 >= x1 || y0 >= y1 {
		return
	}
	m.first, m.last = min(m.first, y0), max(m.last, y1-1)
	for y := y0; y < y1; y++ {
		row := cells[(y-top)*side+x0-left:]
		covered := m.covered[y*m.width+x0 : y*m.width+x1]
		for x := range covered {
			covered[x] |= row[x]
		}
		d := &m.dirty[y]
		d.first, d.last = min(d.first, int32(x0)), max(d.last, int32(x1))
	}
}
