package workshop

import (
	"context"
	"math"
	"slices"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// Guide is a line that parts are put to: at a place, mm, by the share of their
// box that comes to lie on it: 0 its left or lower side, 1 the other, 0.5 its
// middle.
type Guide struct{ At, Share float64 }

// Guides are the lines that parts are put to while they are dragged: X upright,
// Y level.
type Guides struct{ X, Y []Guide }

// Snap gives how far a box has to move to lie on the nearest guides within a
// distance, mm, and on which it then lies; nil where there is none.
func (g Guides) Snap(box artwork.Box, reach float64) (by artwork.Point, x, y *Guide) {
	if box.Empty() {
		return by, nil, nil
	}
	x, by.X = nearest(g.X, box.Min.X, box.Max.X, reach)
	y, by.Y = nearest(g.Y, box.Min.Y, box.Max.Y, reach)
	return by, x, y
}

func nearest(guides []Guide, lo, hi, reach float64) (found *Guide, by float64) {
	for i, g := range guides {
		d := g.At - (lo + g.Share*(hi-lo))
		if math.Abs(d) <= reach && (found == nil || math.Abs(d) < math.Abs(by)) {
			found, by = &guides[i], d
		}
	}
	return found, by
}

// Guides gives what parts of a layer "Frame and text" are put to while they are
// dragged: the middle of the piece, the usual distance from its edges, and the
// sides and the middles of the other parts. Other layers have none.
func (d *Desk) Guides(ctx context.Context, layer carto.LayerID, ids []int64) (Guides, error) {
	l, err := d.layer(layer)
	if err != nil || !IsFurniture(l) {
		return Guides{}, err
	}
	m := d.doc.Map()
	parts, err := featuresByClass(ctx, d.doc, layer)
	if err != nil {
		return Guides{}, err
	}
	outlines, err := d.outlines(ctx, m, layer)
	if err != nil {
		return Guides{}, err
	}
	var g Guides
	holes := len(ids) > 0
	for class, list := range parts {
		for _, f := range list {
			if moves := slices.Contains(ids, f.ID); moves && class != trace.ClassHole {
				holes = false
			}
		}
	}
	for _, class := range trace.FurnitureClasses() { // in an order, so that equal distances are equal choices
		for _, f := range parts[class] {
			box := outlines[f.ID].Bounds()
			if class == trace.ClassBorder || slices.Contains(ids, f.ID) || len(outlines[f.ID].Points) == 0 {
				continue
			}
			if holes == (class == trace.ClassHole) {
				g.add(box, class == trace.ClassHole)
			}
		}
	}
	p := piecePlaces(m.Boards, parts)
	in, share := edgeGap, []float64{0, 0.5, 1}
	if holes {
		in, share = holeIn, []float64{0.5, 0.5, 0.5}
	}
	g.X = append(g.X, Guide{p.box.Min.X + in, share[0]}, Guide{(p.box.Min.X + p.box.Max.X) / 2, 0.5}, Guide{p.box.Max.X - in, share[2]})
	g.Y = append(g.Y, Guide{p.box.Min.Y + in, share[0]}, Guide{(p.box.Min.Y + p.box.Max.Y) / 2, 0.5}, Guide{p.box.Max.Y - in, share[2]})
	return g, nil
}

// add adds the sides and the middle of a part, or of a hole its middle alone.
func (g *Guides) add(box artwork.Box, hole bool) {
	g.X = append(g.X, Guide{(box.Min.X + box.Max.X) / 2, 0.5})
	g.Y = append(g.Y, Guide{(box.Min.Y + box.Max.Y) / 2, 0.5})
	if !hole {
		g.X = append(g.X, Guide{box.Min.X, 0}, Guide{box.Max.X, 1})
		g.Y = append(g.Y, Guide{box.Min.Y, 0}, Guide{box.Max.Y, 1})
	}
}

// outlines tells where the parts of a layer are seen.
func (d *Desk) outlines(ctx context.Context, m *carto.Map, layer carto.LayerID) (map[int64]artwork.Path, error) {
	setup, err := d.workshop.setupForWindow(ctx)
	if err != nil {
		return nil, err
	}
	s, err := d.sceneOf(ctx, setup.burned(m), nil)
	if err != nil {
		return nil, err
	}
	return trace.PartOutlines(ctx, s, layer)
}

// see finds where parts of a layer "Frame and text" are seen; shapes of other
// layers are seen as they are.
func (d *Desk) see(ctx context.Context, layer carto.LayerID, shapes []Shape, p Placer) error {
	l, err := d.layer(layer)
	if err != nil || !IsFurniture(l) || len(shapes) == 0 {
		return err
	}
	outlines, err := d.outlines(ctx, d.doc.Map(), layer)
	if err != nil {
		return err
	}
	for i := range shapes {
		f := shapes[i].Feature
		outline, ok := outlines[f.ID]
		if !ok {
			continue
		}
		switch g := asSeen(f, outline, p).(type) {
		case orb.LineString:
			shapes[i].Seen = artwork.Path{Points: points(g)}
		case orb.Polygon:
			shapes[i].Seen = artwork.Path{Points: points(orb.LineString(g[0][:len(g[0])-1])), Closed: true}
		}
	}
	return nil
}

func points(line orb.LineString) []artwork.Point {
	out := make([]artwork.Point, len(line))
	for i, q := range line {
		out[i] = artwork.Point{X: q[0], Y: q[1]}
	}
	return out
}
