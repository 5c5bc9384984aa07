package raster

import "math"

// maxTabled is up to which radius discs are kept as lines, 64 KB of them.
const maxTabled = 16 * subPixels

// disc is what a pen covers at a corner or an end.
type disc struct {
	radius  int32 // 1/256 pixel
	outline []vec // convex, around the origin
	// places are its sample lines with its middle at each height between two
	// of them, made when they are needed.
	places [lineStep]discLines
	// stamps are a small one as it lies on the pixels, by the place of its middle.
	stamps []stamp
}

// discLines says where a disc begins and ends on the sample lines: moved
// between columns, and from line to line, it covers the same.
type discLines struct {
	first int32 // line
	// sides are the left and, 32 bits higher, the right end, in 1/256 pixel
	// from the middle, each rounded to the right: samples lie at whole ones.
	sides []uint64
}

func newDisc(radius int32) *disc {
	r := float64(radius)
	// A polygon on the circle whose sides run at most 1/64 pixel inside it.
	n := 8
	for r*(1-math.Cos(math.Pi/float64(n))) > subPixels/64 && n < 4096 {
		n += 4
	}
	d := &disc{radius: radius, outline: make([]vec, n)}
	for i := range d.outline {
		sin, cos := math.Sincos(2 * math.Pi * (float64(i) + 0.5) / float64(n))
		d.outline[i] = vec{roundSub(float64(r * cos)), roundSub(float64(r * sin))}
	}
	return d
}

// at gives the lines of the disc with its middle at a height below a line's
// upper border.
func (d *disc) at(height int32) *discLines {
	lines := &d.places[height]
	if lines.sides != nil {
		return lines
	}
	lines.first = (height - d.radius) >> lineShift
	ends := make([][]int32, (2*d.radius)>>lineShift+2)
	last := d.outline[len(d.outline)-1]
	for _, q := range d.outline {
		a, b := last, q
		if a.y > b.y {
			a, b = b, a
		}
		line, end := (a.y+height+lineStep/2-1)>>lineShift, (b.y+height+lineStep/2-1)>>lineShift
		along := float64(b.x-a.x) / float64(b.y-a.y)
		x := follow(a.x, line*lineStep+lineStep/2-a.y-height, along)
		for ; line < end; line++ {
			ends[line-lines.first] = append(ends[line-lines.first], int32((x+1<<fraction-1)>>fraction))
			x += stepOf(along)
		}
		last = q
	}
	for _, e := range ends {
		if len(e) == 2 {
			lines.sides = append(lines.sides, uint64(int64(min(e[0], e[1])))+uint64(max(e[0], e[1]))<<32)
		} else if len(lines.sides) == 0 {
			lines.first++
		}
	}
	return lines
}

// disc covers a disc, with its middle at a place, that reaches into the band.
func (m *mask) disc(d *disc, at vec) {
	switch {
	case d.radius <= maxStamped:
		m.stamp(d, at)
	case d.radius <= maxTabled:
		m.lined(d, at)
	default:
		m.outline(d.outline, at, box{at.x, at.y, at.x, at.y}.grow(d.radius))
	}
}

// lined covers a disc by its sample lines.
func (m *mask) lined(d *disc, at vec) {
	lines := d.at(at.y & (lineStep - 1))
	m.toggleLines(lines.sides, at.x, (at.y-m.top)>>lineShift+lines.first)
	m.area(box{at.x, at.y, at.x, at.y}.grow(d.radius))
}

// toggleLines toggles the samples to the right of both ends of lines.
func (m *mask) toggleLines(sides []uint64, x, line int32) {
	for i, s := range sides {
		line := int(line) + i
		if uint(line) >= uint(m.height*samples) {
			continue // beside the band
		}
		row, i := line/samples, line%samples
		right := int32((int64(s) + 1<<31) >> 32) // a left end below 0 borrows 1
		l := min(max((x+int32(s)+subPixels-1-offsets[i])>>8, 0), int32(m.width))
		r := min(max((x+right+subPixels-1-offsets[i])>>8, 0), int32(m.width))
		edges := m.edges[row*(m.width+1) : (row+1)*(m.width+1)]
		edges[l] ^= 1 << i
		edges[r] ^= 1 << i
		m.rows[row].first, m.rows[row].last = min(m.rows[row].first, l), max(m.rows[row].last, r)
	}
}

// outline covers what disc covers, of any size: a convex outline around a place, within a box.
func (m *mask) outline(outline []vec, at vec, b box) {
	last := outline[len(outline)-1]
	for _, q := range outline {
		m.edge(vec{at.x + last.x, at.y + last.y}, vec{at.x + q.x, at.y + q.y})
		last = q
	}
	m.area(b.grow(subPixels / 32))
}
