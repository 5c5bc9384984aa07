package trace

import (
	"context"
	"math"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// drill draws a circle for each point: for holes for pins and pegs, and for
// places that are to be seen. A circle across the edge of the frame is left
// out: a part of a circle is no hole.
func drill() Strategy {
	return Strategy{
		ID:          "drill",
		Title:       "Drill holes",
		Description: "Draws a circle for each point. For holes for pins, and for places that are to be seen.",
		Draws:       Points,
		Falls:       true,
		OfPoints:    "a circle each",
		draw:        func(ctx context.Context, w *work) error { return w.drillPoints(ctx) },
	}
}

// drillPoints draws a circle for each of the layer's points.
func (w *work) drillPoints(ctx context.Context) error {
	var rings []planar.Ring
	var across []planar.Point
	r := w.holeRadius(w.settings.units("diameter"))
	for _, p := range w.features.points {
		switch ring := circle(p, r, w.settings.fineness()); {
		case w.scene.frame.holdsAll(ring):
			rings = append(rings, ring)
		case w.scene.frame.holds(p):
			across = append(across, p)
		}
	}
	if n := len(across); n > 0 {
		w.add(KindAtFrame, n, across[0], "%s across the edge of the frame left out.", plural(n, "drill circle"))
	}
	if len(rings) == 0 {
		return nil
	}
	united, err := planar.Union(ctx, rings, planar.Positive)
	if err != nil {
		return err
	}
	w.cover = append(w.cover, united...)
	if w.fills() {
		if united, err = planar.Union(ctx, append(planar.Rings(w.area), planar.Rings(united)...), planar.Positive); err != nil {
			return err
		}
		w.area = united
		return nil
	}
	circles := closedPaths(united)
	w.lines, w.drills = append(w.lines, circles...), append(w.drills, circles...)
	return nil
}

// holeRadius is that of a circle of a diameter, grid units, less half the kerf
// where it is cut.
func (w *work) holeRadius(diameter float64) float64 {
	if w.layer.Operation == artwork.Cut {
		return math.Max((diameter-w.settings.units("kerf"))/2, 1)
	}
	return diameter / 2
}

// circle is a regular polygon whose corners lie on the circle, the same in
// every quarter.
func circle(centre planar.Point, r, tolerance float64) planar.Ring {
	const fewest = 6 // sides of a quarter: a small hole is to look round too
	quarter := max(fewest, int(math.Ceil(math.Pi/4/math.Acos(1-math.Min(0.5, tolerance/r)))))
	ring := make(planar.Ring, 0, 4*quarter)
	for turn := range 4 {
		for i := range quarter {
			s, c := math.Sincos(float64(i) / float64(quarter) * math.Pi / 2)
			x, y := int32(math.Round(r*c)), int32(math.Round(r*s))
			for range turn {
				x, y = -y, x
			}
			ring = append(ring, planar.Point{X: centre.X + x, Y: centre.Y + y})
		}
	}
	return ring
}
