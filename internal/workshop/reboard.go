package workshop

import (
	"context"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/paulmach/orb"
)

// reboarded gives the parts of a map's layers "Frame and text" the places on
// other boards that they have on those now: as far inside the piece, and in the
// middle what is in the middle.
func reboarded(ctx context.Context, m *carto.Map, features trace.FeatureSource, next carto.Boards) (carto.Batch, error) {
	if err := next.Validate(); err != nil {
		return nil, err
	}
	var edits carto.Batch
	for _, l := range m.Layers {
		if l.Strategy != trace.FurnitureStrategy {
			continue
		}
		parts, err := featuresByClass(ctx, features, l.ID)
		if err != nil {
			return nil, err
		}
		before, after := piecePlaces(m.Boards, parts), piecePlaces(next, parts)
		if before.box == after.box {
			continue
		}
		var moved []carto.Feature
		for _, class := range trace.FurnitureClasses() {
			for _, f := range parts[class] {
				if at, ok := f.Geometry.(orb.Point); ok {
					f = f.Clone()
					f.Geometry = after.as(before, f, at)
					moved = append(moved, f)
				}
			}
		}
		if len(moved) > 0 {
			edits = append(edits, carto.PutFeatures{Layer: l.ID, Features: moved})
		}
	}
	return edits, nil
}

// as is the place of a part that has one on another piece. A hole keeps its
// distances from the edges that it is near to.
func (p places) as(before places, f carto.Feature, at orb.Point) orb.Point {
	anchor := f.Attributes["anchor"]
	switch {
	case f.Class == trace.ClassBorder:
		anchor = "bottom-left"
	case f.Class == trace.ClassHole:
		anchor = before.corner(at)
	case anchor == "":
		anchor = "center"
	}
	d := before.offset(anchor, at)
	return p.inside(anchor, d.X, d.Y)
}

// corner names the corner, the side or the middle that a point is nearest to.
func (p places) corner(at orb.Point) string {
	best, least := "center", 0.0
	for _, a := range trace.FurnitureAnchors() {
		sx, sy, _ := trace.AnchorShares(a)
		dx := at[0] - p.box.Min.X - float64(sx*(p.box.Max.X-p.box.Min.X))
		dy := at[1] - p.box.Min.Y - float64(sy*(p.box.Max.Y-p.box.Min.Y))
		if d := float64(dx*dx) + float64(dy*dy); a == "top-left" || d < least {
			best, least = a, d
		}
	}
	return best
}
