package start

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/mapwright/mapwright/app/start/world"
	"github.com/mapwright/mapwright/internal/carto"
)

// place is what part of the Earth the map is to show: a box, or a view as it
// was dragged or typed.
type place struct {
	box    orb.Bound    // degrees
	view   *carto.View  // nil: the box
	boards carto.Boards // those that the view was chosen with
	exact  bool         // the scale was typed: larger boards show more
}

// on gives the view of the place on boards, its scale rounded to three digits
// unless it was typed, and what there is to say about it.
func (p place) on(b carto.Boards, rotation float64) (carto.View, []string, error) {
	if err := b.Validate(); err != nil {
		return carto.View{}, nil, err
	}
	if p.view == nil {
		v, err := carto.Fit(p.box, b, rotation, "")
		if err != nil {
			return carto.View{}, nil, err
		}
		v.Scale = roundUp(v.Scale)
		return v, carto.FitNotes(p.box, "", v), nil
	}
	v := *p.view
	v.Rotation, v.Projection = rotation, "local"
	if !p.exact {
		w, h := inside(b)
		w0, h0 := inside(p.boards)
		v.Scale = roundUp(v.Scale * max(w0/w, h0/h))
	}
	w, h := inside(b)
	if max(w, h)*v.Scale/1000 > carto.LargestLocal {
		v.Projection = "web-mercator"
	}
	t, err := v.Transform(b)
	if err != nil {
		return carto.View{}, nil, err
	}
	return v, carto.FitNotes(t.Cover(), "", v), nil
}

// inside is how much of a board the frame takes, mm.
func inside(b carto.Boards) (w, h float64) {
	w, h = b.Width-2*b.Margin, b.Height-2*b.Margin
	if b.Frame.Shape == carto.FrameCircle {
		w = min(w, h)
		h = w
	}
	return w, h
}

// roundUp rounds the n of 1:n to three digits, so that what fitted still fits.
func roundUp(n float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(n))-2)
	return min(math.Ceil(n/unit-1e-9)*unit, carto.MaxScale)
}

// moved is the place after a drag of the frame on the world: another centre,
// and so much larger on Mercator's plane than it was in from.
func moved(from carto.View, b carto.Boards, center orb.Point, grow float64) place {
	v := from
	stretch := func(p orb.Point) float64 { return math.Cos(p.Lat() * math.Pi / 180) }
	v.Center = center
	v.Scale = from.Scale * grow * stretch(center) / stretch(from.Center)
	// Not more than once around the Earth, nor less than the smallest place.
	w, h := inside(b)
	around := 40_000_000 * 1000 * stretch(center) / b.Width
	v.Scale = max(carto.MinScale, carto.SmallestExtent*1000/min(w, h), min(v.Scale, around, carto.MaxScale))
	v.Scale = roundUp(v.Scale)
	return place{view: &v, boards: b}
}

// steps of each side of the board that the frame on the world is drawn with.
const steps = 8

// frameOf is the board and what it is cropped to, on the Earth.
func frameOf(v carto.View, b carto.Boards) (world.Frame, error) {
	t, err := v.Transform(b)
	if err != nil {
		return world.Frame{}, err
	}
	at := func(x, y float64) orb.Point {
		p := t.Inverse(x, y)
		// The turn of the world that is nearest to the centre.
		return orb.Point{v.Center[0] + math.Remainder(p[0]-v.Center[0], 360), max(-85, min(85, p[1]))}
	}
	f := world.Frame{Center: v.Center, Size: ground(b.Width*v.Scale/1000, b.Height*v.Scale/1000), On: "on " + board(b.Width, b.Height)}
	f.Board = around(b.Width, b.Height, 0, at)
	if b.Frame.Shape == carto.FrameCircle {
		r := min(b.Width, b.Height)/2 - b.Margin
		for i := range 64 {
			s, c := math.Sincos(float64(i) * math.Pi / 32)
			f.Outline = append(f.Outline, at(b.Width/2+r*c, b.Height/2+r*s))
		}
		return f, nil
	}
	f.Outline = around(b.Width, b.Height, b.Margin, at)
	return f, nil
}

// around walks around a board, counterclockwise from its lower left corner.
func around(w, h, margin float64, at func(x, y float64) orb.Point) (path []orb.Point) {
	corners := [][2]float64{{margin, margin}, {w - margin, margin}, {w - margin, h - margin}, {margin, h - margin}}
	for i, a := range corners {
		b := corners[(i+1)%4]
		for k := range steps {
			f := float64(k) / steps
			path = append(path, at(a[0]+(b[0]-a[0])*f, a[1]+(b[1]-a[1])*f))
		}
	}
	return path
}
