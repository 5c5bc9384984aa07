package carto

import (
	"math"

	"github.com/mapwright/mapwright/internal/projection"
	"github.com/paulmach/orb"
)

// Transform takes degrees to millimetres on the board and back: projection,
// then scale, then rotation, with View.Center at the middle of the board. It
// never changes and may be used from several goroutines.
type Transform struct {
	projection    projection.Projection
	centerLon     float64
	originX       float64 // of the centre, on the projection's plane
	originY       float64
	factor        float64 // mm on the board for a unit of the plane
	sin, cos      float64 // of the rotation
	middleX       float64 // of the board, mm
	middleY       float64
	width, height float64 // of the board, mm
}

// Transform makes the way from degrees to the boards. The scale is true at
// the centre for every projection: Web Mercator's 1/cos(latitude) and UTM's
// 0.9996 are divided out. (Web Mercator and EPSG:4326 stretch the two
// directions differently; there the scale is true for areas at the centre.)
func (v View) Transform(b Boards) (Transform, error) {
	if err := v.Validate(); err != nil {
		return Transform{}, err
	}
	if err := b.Validate(); err != nil {
		return Transform{}, err
	}
	p, err := projection.Lookup(v.Projection, v.Center.Lon(), v.Center.Lat())
	if err != nil {
		return Transform{}, err
	}
	t := Transform{
		projection: p, centerLon: v.Center.Lon(),
		middleX: b.Width / 2, middleY: b.Height / 2, width: b.Width, height: b.Height,
	}
	t.originX, t.originY = p.Forward(v.Center.Lon(), v.Center.Lat())
	t.factor = 1000 / (v.Scale * projection.ScaleAt(p, v.Center.Lon(), v.Center.Lat()))
	t.sin, t.cos = turn(v.Rotation)
	return t, nil
}

// turn is sine and cosine of an angle in degrees, exact at quarter turns.
func turn(degrees float64) (sin, cos float64) {
	switch math.Mod(math.Mod(degrees, 360)+360, 360) {
	case 0:
		return 0, 1
	case 90:
		return 1, 0
	case 180:
		return 0, -1
	case 270:
		return -1, 0
	}
	return math.Sincos(degrees * (math.Pi / 180))
}

// Forward takes degrees to mm on the board, which may lie beside the board.
func (t Transform) Forward(place orb.Point) (x, y float64) {
	px, py := t.projection.Forward(place.Lon(), place.Lat())
	px, py = (px-t.originX)*t.factor, (py-t.originY)*t.factor
	x = float64(px*t.cos) - float64(py*t.sin)
	y = float64(px*t.sin) + float64(py*t.cos)
	return x + t.middleX, y + t.middleY
}

// Inverse takes mm on the board to degrees.
func (t Transform) Inverse(x, y float64) orb.Point {
	x, y = x-t.middleX, y-t.middleY
	px := (float64(x*t.cos) + float64(y*t.sin)) / t.factor
	py := (float64(y*t.cos) - float64(x*t.sin)) / t.factor
	lon, lat := t.projection.Inverse(px+t.originX, py+t.originY)
	return orb.Point{lon, lat}
}

// coverSteps is how many stretches of each edge of the board Cover looks at.
const coverSteps = 64

// Cover is a box in degrees that covers the whole board, turned as it is: for
// choosing what to import and what to read. It is a little larger than the
// board. A board across the antimeridian or over a pole is covered by all
// longitudes.
func (t Transform) Cover() orb.Bound {
	box := t.edges()
	box = box.Extend(t.Inverse(t.middleX, t.middleY))
	for _, pole := range []orb.Point{{t.centerLon, 90}, {t.centerLon, -90}} {
		x, y := t.Forward(pole)
		if x >= 0 && x <= t.width && y >= 0 && y <= t.height {
			box = box.Extend(orb.Point{-180, pole.Lat()}).Extend(orb.Point{180, pole.Lat()})
		}
	}
	// The samples miss the bulge between them: at most 1/8 of the square of a
	// step's share of the edge, far under a thousandth.
	dx, dy := (box.Max.X()-box.Min.X())/1000, (box.Max.Y()-box.Min.Y())/1000
	box.Min = orb.Point{box.Min.X() - dx, max(-90, box.Min.Y()-dy)}
	box.Max = orb.Point{box.Max.X() + dx, min(90, box.Max.Y()+dy)}
	if box.Min.X() < -180 || box.Max.X() > 180 {
		box.Min[0], box.Max[0] = -180, 180
	}
	return box
}

// edges is the box of the board's edges, with longitudes counted on from the
// centre, so that they may pass 180.
func (t Transform) edges() orb.Bound {
	box := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	add := func(x, y float64) {
		p := t.Inverse(x, y)
		p[0] = t.centerLon + math.Remainder(p[0]-t.centerLon, 360)
		p[1] = max(-90, min(90, p[1]))
		box.Min = orb.Point{min(box.Min[0], p[0]), min(box.Min[1], p[1])}
		box.Max = orb.Point{max(box.Max[0], p[0]), max(box.Max[1], p[1])}
	}
	for i := range coverSteps + 1 {
		f := float64(i) / coverSteps
		add(f*t.width, 0)
		add(f*t.width, t.height)
		add(0, f*t.height)
		add(t.width, f*t.height)
	}
	return box
}
