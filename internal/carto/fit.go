package carto

import (
	"fmt"
	"math"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/internal/projection"
	"github.com/paulmach/orb"
)

// The extents at which Fit departs from what it is asked, metres.
const (
	SmallestExtent = 100       // a smaller one is widened to this
	LargestLocal   = 2_000_000 // a larger one takes Web Mercator instead of a local projection
)

// BoxError says why a box of degrees can't be fitted.
type BoxError struct {
	Box orb.Bound
	Why string // a clause: "its west …"
}

func (e *BoxError) Error() string {
	b := e.Box
	return fmt.Sprintf("the box %g,%g,%g,%g (west, south, east, north) can't be used: %s",
		b.Min[0], b.Min[1], b.Max[0], b.Max[1], e.Why)
}

// Fit is the view that shows a box of degrees whole in the frame, centred, as
// large as it goes: its corners inside the frame, whatever shape that has.
// An empty projection means local. FitNotes says where Fit departs from what
// was asked. Errors: *BoxError, *InvalidError, *projection.UnknownError.
func Fit(box orb.Bound, b Boards, rotation float64, code string) (View, error) {
	if err := checkBox(box); err != nil {
		return View{}, err
	}
	if code == "" {
		code = projection.CodeLocal
	}
	if code == projection.CodeLocal && extent(box) > LargestLocal {
		code = projection.CodeWebMercator
	}
	v := View{Center: box.Center(), Scale: 1000, Rotation: rotation, Projection: code}
	t, err := v.Transform(b)
	if err != nil {
		return View{}, err
	}
	v.Scale *= t.overflow(widen(box), b)
	if v.Scale > MaxScale {
		return View{}, &BoxError{Box: box, Why: fmt.Sprintf("on this board its scale would be under 1:%d; use a larger board", int64(MaxScale))}
	}
	v.Scale = max(v.Scale, MinScale)
	return v, nil
}

// FitNotes tells a maker, a sentence each, where a view made by Fit departs
// from the box and the projection (code) that were asked for.
func FitNotes(box orb.Bound, code string, v View) []string {
	var notes []string
	if extent(box) < SmallestExtent {
		notes = append(notes, fmt.Sprintf("The place is under %d m wide; %d m around it are shown.", SmallestExtent, SmallestExtent))
	}
	if (code == "" || code == projection.CodeLocal) && v.Projection == projection.CodeWebMercator {
		notes = append(notes, fmt.Sprintf("The place is over %d km wide; the map is in Web Mercator, true to scale only at the latitude of its middle.", LargestLocal/1000))
	}
	return notes
}

func checkBox(box orb.Bound) error {
	for _, v := range []float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return &BoxError{Box: box, Why: "all four must be numbers"}
		}
	}
	switch {
	case box == orb.Bound{}:
		return &BoxError{Box: box, Why: "it is empty"}
	case box.Min[0] > box.Max[0]:
		return &BoxError{Box: box, Why: "its west is east of its east; a box across the antimeridian must be split there"}
	case box.Min[1] > box.Max[1]:
		return &BoxError{Box: box, Why: "its south is north of its north"}
	case box.Min[0] < -180 || box.Max[0] > 180:
		return &BoxError{Box: box, Why: "longitudes go from -180 to 180 degrees"}
	case box.Min[1] < -90 || box.Max[1] > 90:
		return &BoxError{Box: box, Why: "latitudes go from -90 to 90 degrees; is the order west, south, east, north?"}
	}
	return nil
}

const metresPerDegree = 111_195 // of a great circle, on the mean sphere

// extent is the longer side of a box of degrees in metres, to about 0.5 %,
// its width taken where it is widest.
func extent(box orb.Bound) float64 {
	widest := max(box.Min[1], min(box.Max[1], 0))
	width := (box.Max[0] - box.Min[0]) * math.Cos(widest*math.Pi/180)
	return metresPerDegree * max(width, box.Max[1]-box.Min[1])
}

// widen gives a box under SmallestExtent that size both ways.
func widen(box orb.Bound) orb.Bound {
	if extent(box) >= SmallestExtent {
		return box
	}
	c := box.Center()
	dy := SmallestExtent / 2.0 / metresPerDegree
	dx := min(dy/max(math.Cos(c.Lat()*math.Pi/180), 1e-9), 180)
	return orb.Bound{
		Min: orb.Point{max(c[0]-dx, -180), max(c[1]-dy, -90)},
		Max: orb.Point{min(c[0]+dx, 180), min(c[1]+dy, 90)},
	}
}

// overflow is by how much the scale's n must grow for the box to fill the frame.
func (t Transform) overflow(box orb.Bound, b Boards) float64 {
	halfW, halfH := b.Width/2-b.Margin, b.Height/2-b.Margin
	var most float64
	ring := b.FramePolygon()
	add := func(f, g float64) {
		x, y := t.Forward(orb.Point{
			box.Min[0] + float64(f*(box.Max[0]-box.Min[0])),
			box.Min[1] + float64(g*(box.Max[1]-box.Min[1])),
		})
		x, y = x-t.middleX, y-t.middleY
		switch b.Frame.Shape {
		case FrameCircle:
			most = max(most, math.Hypot(x, y)/min(halfW, halfH))
		case FrameEllipse:
			most = max(most, math.Hypot(x/halfW, y/halfH))
		case FrameHexagon, FrameRoundRect:
			most = max(most, t.beyond(ring, x, y))
		default:
			most = max(most, math.Abs(x)/halfW, math.Abs(y)/halfH)
		}
	}
	for i := range coverSteps + 1 { // the edges of a box are curves on the board
		f := float64(i) / coverSteps
		add(f, 0)
		add(f, 1)
		add(0, f)
		add(1, f)
	}
	return most
}

// beyond is by how much a convex frame around the middle must grow to reach a
// point, mm from the middle: over 1 for one outside.
func (t Transform) beyond(ring planar.Ring, x, y float64) float64 {
	most := 0.0
	for i, p := range ring {
		ax, ay := p.MM()
		bx, by := ring[(i+1)%len(ring)].MM()
		nx, ny := by-ay, ax-bx // outwards: the ring runs counterclockwise
		reach := float64(nx*(ax-t.middleX)) + float64(ny*(ay-t.middleY))
		most = max(most, (float64(nx*x)+float64(ny*y))/reach)
	}
	return most
}
