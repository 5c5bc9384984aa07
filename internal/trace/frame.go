package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// frame is what a map is cropped to.
//
// Cropping cuts at the grid point nearest to the true cut, which lies on a
// frame whose sides are upright and level, but up to half a step beside any
// other, and every later step may add another half. Other frames are therefore
// cropped to a line frameInset steps inside, so that nothing ever lies outside,
// exactly.
type frame struct {
	crop    []planar.Polygon // what is cropped to
	index   *planar.Index    // of crop
	outline artwork.Path     // of the frame itself
	box     planar.Box       // around crop
	upright bool             // crop is box
	core    planar.Box       // a box well inside: nothing in it is at the edge
	sides   []side
}

// frameInset is how far frames that are no upright rectangles are cropped inside,
// grid units: 2 micrometres.
const frameInset = 8

func newFrame(b carto.Boards) (*frame, error) {
	f := &frame{outline: b.FrameOutline(), crop: []planar.Polygon{{b.FramePolygon()}}}
	f.box = planar.Bounds(f.crop)
	f.upright = planar.Area(f.crop) == planar.RingArea(planar.RectRing(f.box.Min, f.box.Max))
	if !f.upright {
		var err error
		f.crop, err = planar.Offset(context.Background(), f.crop, -frameInset, planar.Style{Join: planar.MitreJoin})
		if err != nil {
			return nil, err
		}
		f.box = planar.Bounds(f.crop)
	}
	f.index = planar.NewIndex(f.crop)
	f.findSides()
	return f, nil
}

// holds tells whether a point lies inside what is cropped to, or on its border.
func (f *frame) holds(p planar.Point) bool {
	if f.upright {
		return f.box.Contains(p)
	}
	return f.index.Locate(p) != planar.Outside
}

// holdsAll tells whether all points do. The frame is convex, so that the lines
// between them lie inside too.
func (f *frame) holdsAll(points []planar.Point) bool {
	for _, p := range points {
		if !f.holds(p) {
			return false
		}
	}
	return true
}

// cropAreas gives the parts of polygons inside the frame. Polygons may overlap;
// those that leave the frame come back united.
func (f *frame) cropAreas(ctx context.Context, polys []planar.Polygon) ([]planar.Polygon, error) {
	whole := make([]planar.Polygon, 0, len(polys))
	var cut []planar.Polygon
	for _, p := range polys {
		if f.holdsAll(p[0]) {
			whole = append(whole, p)
		} else if f.box.Meets(p[0].Bounds()) {
			cut = append(cut, p)
		}
	}
	if len(cut) == 0 {
		return whole, nil
	}
	inside, err := planar.Boolean(ctx, planar.Intersection, planar.Rings(cut), planar.Rings(f.crop), planar.NonZero)
	if err != nil {
		return nil, err
	}
	return append(whole, inside...), nil
}

// cropEach is cropAreas that keeps every polygon apart.
func (f *frame) cropEach(ctx context.Context, polys []planar.Polygon) ([]planar.Polygon, error) {
	out := make([]planar.Polygon, 0, len(polys))
	for i := range polys {
		inside, err := f.cropAreas(ctx, polys[i:i+1])
		if err != nil {
			return nil, err
		}
		out = append(out, inside...)
	}
	return out, nil
}

// cropPaths gives the parts of paths inside the frame.
func (f *frame) cropPaths(ctx context.Context, paths []planar.Path) ([]planar.Path, error) {
	return f.cropPathsTo(ctx, paths, f.crop)
}

// cropPathsBeyond is cropPaths by a frame that is wider all around, grid units.
func (f *frame) cropPathsBeyond(ctx context.Context, paths []planar.Path, more float64) ([]planar.Path, error) {
	wide, err := planar.Offset(ctx, f.crop, more, planar.Style{Join: planar.MitreJoin})
	if err != nil {
		return nil, err
	}
	return f.cropPathsTo(ctx, paths, wide)
}

// cropPathsTo gives the parts of paths inside an area that holds the frame.
func (f *frame) cropPathsTo(ctx context.Context, paths []planar.Path, area []planar.Polygon) ([]planar.Path, error) {
	box := planar.Bounds(area)
	out := make([]planar.Path, 0, len(paths))
	for i, p := range paths {
		if f.holdsAll(p) {
			out = append(out, p)
			continue
		}
		if !box.Meets(p.Bounds()) {
			continue
		}
		inside, err := planar.ClipPaths(ctx, paths[i:i+1], area, planar.Inside)
		if err != nil {
			return nil, err
		}
		out = append(out, inside...)
	}
	return out, nil
}
