package trace

import (
	"context"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
)

// chains gives the layer's lines merged end to end, simplified and cropped.
func (w *work) chains(ctx context.Context) ([]planar.Path, error) {
	paths := make([]planar.Path, 0, len(w.features.lines))
	for _, l := range w.features.lines {
		paths = append(paths, l.path)
	}
	return w.scene.frame.cropPaths(ctx, w.merged(paths))
}

// merged joins lines that meet or nearly do, also through junctions, simplifies
// them, and leaves out what is too short. The points where lines meet stay.
func (w *work) merged(paths []planar.Path) []planar.Path {
	paths = endsJoined(paths, w.settings.units("close-gap"))
	return w.longEnough(throughJunctions(w.simplified(w.withoutStubs(planar.MergePaths(paths)))))
}

// simplified leaves out points within the tolerance; the ends of paths stay.
func (w *work) simplified(paths []planar.Path) []planar.Path {
	out := make([]planar.Path, 0, len(paths))
	for _, p := range paths {
		if q := planar.SimplifyPath(p, w.settings.units("simplify")); planar.Length(q) > 0 {
			out = append(out, q)
		}
	}
	return out
}

// longEnough leaves out paths below the layer's minimum.
func (w *work) longEnough(paths []planar.Path) []planar.Path {
	least := w.settings.units("min-length")
	if least == 0 {
		return paths
	}
	kept := make([]planar.Path, 0, len(paths))
	var gone []planar.Path
	for _, p := range paths {
		if planar.Length(p) >= least {
			kept = append(kept, p)
		} else if w.scene.frame.holds(p[0]) {
			gone = append(gone, p)
		}
	}
	if len(gone) > 0 {
		w.add(KindTooSmall, len(gone), gone[0][0], "%s shorter than %g mm left out.",
			plural(len(gone), "line"), w.settings.numbers["min-length"])
	}
	return kept
}

// stroked gives the layer's lines drawn at the width of their class, united
// and cropped.
func (w *work) stroked(ctx context.Context) ([]planar.Polygon, error) {
	var united []planar.Ring
	for _, group := range w.byWidth() {
		shown, err := w.shown(ctx, w.merged(group.paths), group.width)
		if err != nil {
			return nil, err
		}
		if len(shown) == 0 {
			continue
		}
		drawn, err := planar.Stroke(ctx, shown, group.width/2, w.settings.style())
		if err != nil {
			return nil, err
		}
		united = append(united, planar.Rings(drawn)...)
		if w.narrowest == 0 || group.width < w.narrowest {
			w.narrowest = group.width
		}
	}
	all, err := planar.Union(ctx, united, planar.Positive)
	if err != nil {
		return nil, err
	}
	if all, err = w.scene.frame.cropAreas(ctx, all); err != nil {
		return nil, err
	}
	_, least := w.minimums()
	return slices.DeleteFunc(all, func(p planar.Polygon) bool { return planar.Area([]planar.Polygon{p}) < least }), nil
}

// shown gives the parts of lines that are wide enough to see once they are
// drawn at a width and cropped: of a line that runs beside the frame less than
// the minimum would reach into it, a sliver.
func (w *work) shown(ctx context.Context, paths []planar.Path, width float64) ([]planar.Path, error) {
	beyond := width/2 - min(w.leastWidth(), width/2)
	return w.scene.frame.cropPathsBeyond(ctx, paths, beyond)
}

// widthGroup is lines of one width.
type widthGroup struct {
	width float64 // grid units
	paths []planar.Path
}

// byWidth groups the lines by width, in the order in which the widths occur.
func (w *work) byWidth() []widthGroup {
	var groups []widthGroup
	at := map[float64]int{}
	for _, l := range w.features.lines {
		width := w.settings.width(l.class)
		i, ok := at[width]
		if !ok {
			i = len(groups)
			at[width] = i
			groups = append(groups, widthGroup{width: width})
		}
		groups[i].paths = append(groups[i].paths, l.path)
	}
	return groups
}
