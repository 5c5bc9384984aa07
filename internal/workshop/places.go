package workshop

import (
	"math"
	"strconv"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// places says where the parts of the furniture stand on a piece, mm.
type places struct {
	box     artwork.Box // around the piece
	angular bool        // there is room in the corners
}

// placesOn gives the places on a piece that is as large as the frame.
func placesOn(b carto.Boards) places {
	p := places{box: artwork.EmptyBox(), angular: b.Frame.Shape == carto.FrameRect || b.Frame.Shape == carto.FrameRoundRect}
	for _, q := range b.FrameOutline().Points {
		p.box = p.box.Add(q)
	}
	return p
}

// piecePlaces gives the places on the piece that the border leaves.
func piecePlaces(b carto.Boards, parts map[string][]carto.Feature) places {
	p := placesOn(b)
	for _, f := range parts[trace.ClassBorder] {
		in, err := strconv.ParseFloat(f.Attributes["inset"], 64)
		w, h := p.box.Max.X-p.box.Min.X, p.box.Max.Y-p.box.Min.Y
		if err == nil && in > 0 && 2*in < min(w, h) && f.Attributes[trace.PartVisible] != trace.PartHidden {
			p.box.Min.X, p.box.Min.Y = p.box.Min.X+in, p.box.Min.Y+in
			p.box.Max.X, p.box.Max.Y = p.box.Max.X-in, p.box.Max.Y-in
			break
		}
	}
	return p
}

// at is the place of an anchor at the usual distance from the edge. Where there
// is no room in corners, those of a smaller box count.
func (p places) at(anchor, class string) orb.Point {
	gap := edgeGap
	if class == trace.ClassHole {
		gap = holeIn
	}
	sx, sy, _ := trace.AnchorShares(anchor)
	if !p.angular && sx != 0.5 && sy != 0.5 {
		inner := p
		w, h := p.box.Max.X-p.box.Min.X, p.box.Max.Y-p.box.Min.Y
		const beyond = (1 - math.Sqrt2/2) / 2 // of a circle's box, at each side of the square in it
		inner.box.Min.X, inner.box.Max.X = p.box.Min.X+float64(beyond*w), p.box.Max.X-float64(beyond*w)
		inner.box.Min.Y, inner.box.Max.Y = p.box.Min.Y+float64(beyond*h), p.box.Max.Y-float64(beyond*h)
		const off = 1 // mm: so that a corner of the part does not touch the edge
		return inner.inside(anchor, off, off)
	}
	in := func(share float64) float64 {
		if share == 0.5 {
			return 0
		}
		return gap
	}
	return p.inside(anchor, in(sx), in(sy))
}

// inside is a point so far inside the piece from the sides that an anchor names;
// from the middle to the right and up where it names none.
func (p places) inside(anchor string, dx, dy float64) orb.Point {
	sx, sy, _ := trace.AnchorShares(anchor)
	along := func(share, lo, hi, d float64) float64 {
		switch share {
		case 0:
			return lo + d
		case 1:
			return hi - d
		}
		return (lo+hi)/2 + d
	}
	return orb.Point{hundredths(along(sx, p.box.Min.X, p.box.Max.X, dx)), hundredths(along(sy, p.box.Min.Y, p.box.Max.Y, dy))}
}

// offset is how far a point lies inside the piece, as inside takes it.
func (p places) offset(anchor string, at orb.Point) artwork.Point {
	sx, sy, _ := trace.AnchorShares(anchor)
	along := func(share, lo, hi, v float64) float64 {
		switch share {
		case 0:
			return v - lo
		case 1:
			return hi - v
		}
		return v - (lo+hi)/2
	}
	return artwork.Point{
		X: hundredths(along(sx, p.box.Min.X, p.box.Max.X, at[0])),
		Y: hundredths(along(sy, p.box.Min.Y, p.box.Max.Y, at[1])),
	}
}

// hundredths rounds a length to 0.01 mm: finer than any machine, and figures
// that people can read.
func hundredths(mm float64) float64 { return math.Round(mm*100) / 100 }

// edge is how far a point lies from the nearest side of the box around the
// piece.
func (p places) edge(at orb.Point) float64 {
	return hundredths(min(at[0]-p.box.Min.X, p.box.Max.X-at[0], at[1]-p.box.Min.Y, p.box.Max.Y-at[1]))
}

// fromEdge moves a point until it lies so far from the edges that it is near to:
// both of a corner, or the one at the end of a middle line.
func (p places) fromEdge(at orb.Point, d float64) orb.Point {
	to := func(v, lo, hi float64) float64 {
		middle := (lo + hi) / 2
		switch near := (hi - lo) / 20; {
		case v < middle-near:
			return hundredths(lo + d)
		case v > middle+near:
			return hundredths(hi - d)
		}
		return v
	}
	return orb.Point{to(at[0], p.box.Min.X, p.box.Max.X), to(at[1], p.box.Min.Y, p.box.Max.Y)}
}

// oneHole makes a hole to hang the piece up by: at the top, in the middle.
func (p places) oneHole() carto.Feature {
	at := orb.Point{hundredths((p.box.Min.X + p.box.Max.X) / 2), hundredths(p.box.Max.Y - holeIn)}
	return carto.Feature{Class: trace.ClassHole, Geometry: at, Attributes: map[string]string{}}
}

// usual gives the point of a part, and which place of the part lies on it.
func (p places) usual(class string) (orb.Point, string) {
	lo, hi := p.box.Min, p.box.Max
	middle := (lo.X + hi.X) / 2
	h := hi.Y - lo.Y
	left, right, bottom, top := lo.X+edgeGap, hi.X-edgeGap, lo.Y+edgeGap, hi.Y-edgeGap
	if p.angular {
		switch class {
		case trace.ClassTitle:
			return orb.Point{middle, top}, "top"
		case trace.ClassScaleBar:
			if p.narrow() {
				bottom += 2 * creditSize
			}
			return orb.Point{left, bottom}, "bottom-left"
		case trace.ClassNorthArrow:
			return orb.Point{right, top}, "top-right"
		case trace.ClassCredit:
			return orb.Point{right, bottom}, "bottom-right"
		case trace.ClassScale:
			return orb.Point{left, bottom + 8}, "bottom-left"
		case trace.ClassCoordinates:
			return orb.Point{right, bottom + 4}, "bottom-right"
		}
	}
	switch class {
	case trace.ClassBorder:
		return orb.Point{lo.X, lo.Y}, "center"
	case trace.ClassTitle:
		return orb.Point{middle, hi.Y - 0.12*h}, "top"
	case trace.ClassScaleBar:
		return orb.Point{middle, lo.Y + 0.2*h}, "bottom"
	case trace.ClassNorthArrow:
		return orb.Point{right, (lo.Y + hi.Y) / 2}, "right"
	case trace.ClassCredit:
		return orb.Point{middle, lo.Y + 0.12*h}, "bottom"
	case trace.ClassScale:
		return orb.Point{middle, lo.Y + 0.28*h}, "bottom"
	case trace.ClassCoordinates:
		return orb.Point{middle, lo.Y + 0.16*h}, "bottom"
	}
	return orb.Point{middle, (lo.Y + hi.Y) / 2}, "center"
}

// narrow tells whether a scale bar and a credit line do not stand side by side.
func (p places) narrow() bool { return p.box.Max.X-p.box.Min.X < 90 }

// holes makes a hole in each corner; where there are no corners, at the ends of
// the middle lines.
func (p places) holes() []carto.Feature {
	lo, hi := p.box.Min, p.box.Max
	points := []orb.Point{
		{lo.X + holeIn, lo.Y + holeIn},
		{hi.X - holeIn, lo.Y + holeIn},
		{hi.X - holeIn, hi.Y - holeIn},
		{lo.X + holeIn, hi.Y - holeIn},
	}
	if !p.angular {
		x, y := (lo.X+hi.X)/2, (lo.Y+hi.Y)/2
		points = []orb.Point{{x, lo.Y + holeIn}, {hi.X - holeIn, y}, {x, hi.Y - holeIn}, {lo.X + holeIn, y}}
	}
	holes := make([]carto.Feature, len(points))
	for i, at := range points {
		holes[i] = carto.Feature{Class: trace.ClassHole, Geometry: at}
	}
	return holes
}
