package workshop

import (
	"context"
	"fmt"
	"slices"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// Shape reads a feature of a layer and puts it on the board.
func (d *Desk) Shape(ctx context.Context, layer carto.LayerID, id int64) (Shape, error) {
	p, err := d.Placer(layer)
	if err != nil {
		return Shape{}, err
	}
	f, err := d.Feature(ctx, layer, id)
	if err != nil {
		return Shape{}, err
	}
	s := []Shape{shapeOf(f, p)}
	err = d.see(ctx, layer, s, p)
	return s[0], err
}

// Shapes reads several features of a layer and puts them on the board. Those
// that the layer does not have are left out.
func (d *Desk) Shapes(ctx context.Context, layer carto.LayerID, ids []int64) ([]Shape, error) {
	p, err := d.Placer(layer)
	if err != nil {
		return nil, err
	}
	wanted := make(map[int64]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	shapes := make([]Shape, 0, len(wanted))
	for f, err := range d.doc.Features(ctx, layer, carto.Everywhere()) {
		if err != nil {
			return nil, err
		}
		if !wanted[f.ID] {
			continue
		}
		if shapes = append(shapes, shapeOf(f, p)); len(shapes) == len(wanted) {
			break
		}
	}
	return shapes, d.see(ctx, layer, shapes, p)
}

// Draw adds a shape to a layer and gives its id: one point, the line through
// several, or with closed the area that they enclose. Points are in mm on the
// board.
func (d *Desk) Draw(ctx context.Context, layer carto.LayerID, points []artwork.Point, closed bool) (int64, error) {
	p, err := d.Placer(layer)
	if err != nil {
		return 0, err
	}
	g, err := p.geometry(points, closed)
	if err != nil {
		return 0, err
	}
	if err := d.Do(ctx, carto.PutFeatures{Layer: layer, Features: []carto.Feature{{Geometry: g}}}); err != nil {
		return 0, err
	}
	return d.newest(ctx, layer, g)
}

// DrawLayer adds an empty layer at the top with a shape in it, as AddLayer and
// Draw do, in one step of undo. It gives the ids of both.
func (d *Desk) DrawLayer(ctx context.Context, name string, points []artwork.Point, closed bool) (carto.LayerID, int64, error) {
	m := d.doc.Map()
	add, err := addition(m, uniqueName(takenNames(m), carto.CleanLayerName(name)), nil)
	if err != nil {
		return "", 0, err
	}
	p, err := placer(m, add.Layer)
	if err != nil {
		return "", 0, err
	}
	g, err := p.geometry(points, closed)
	if err != nil {
		return "", 0, err
	}
	add.Features = []carto.Feature{{Geometry: g}}
	if err := d.Do(ctx, add); err != nil {
		return "", 0, err
	}
	id, err := d.newest(ctx, add.Layer.ID, g)
	return add.Layer.ID, id, err
}

// geometry takes what was drawn on the board to the data: one point, the line
// through several, or the area that they enclose.
func (p Placer) geometry(points []artwork.Point, closed bool) (orb.Geometry, error) {
	var places []orb.Point
	for _, q := range points {
		if at := p.Data(q); len(places) == 0 || at != places[len(places)-1] {
			places = append(places, at)
		}
	}
	switch {
	case closed && len(places) >= 3:
		return orb.Polygon{append(orb.Ring(places), places[0])}, nil
	case closed:
		return nil, usage("an area needs three points or more")
	case len(points) == 1:
		return places[0], nil
	case len(places) >= 2:
		return orb.LineString(places), nil
	default:
		return nil, usage("a line needs two points or more")
	}
}

// newest finds the feature that was just added with a geometry.
func (d *Desk) newest(ctx context.Context, layer carto.LayerID, g orb.Geometry) (id int64, err error) {
	for f, err := range d.doc.Features(ctx, layer, boxAround(g)) {
		if err != nil {
			return 0, err
		}
		id = max(id, f.ID) // ids only grow
	}
	return id, nil
}

func boxAround(g orb.Geometry) orb.Bound {
	box, _ := carto.Extent(g)
	return box
}

// Move moves features by a distance in mm on the board. A border stays: it lies
// at the frame.
func (d *Desk) Move(ctx context.Context, layer carto.LayerID, ids []int64, by artwork.Point) error {
	p, err := d.Placer(layer)
	if err != nil {
		return err
	}
	l, err := d.layer(layer)
	if err != nil {
		return err
	}
	var moved []carto.Feature
	border := false
	for f, err := range d.doc.Features(ctx, layer, carto.Everywhere()) {
		if err != nil {
			return err
		}
		if !slices.Contains(ids, f.ID) {
			continue
		}
		if IsFurniture(l) && f.Class == PartBorder {
			border = true
			continue
		}
		f.Geometry = eachPart(f.Geometry, func(points []orb.Point, _ bool) []orb.Point {
			out := make([]orb.Point, len(points))
			for i, q := range points {
				at := p.Board(q)
				to := artwork.Point{X: at.X + by.X, Y: at.Y + by.Y}
				if l.CRS == carto.BoardCRS {
					to.X, to.Y = hundredths(to.X), hundredths(to.Y)
				}
				out[i] = p.Data(to)
			}
			return out
		})
		moved = append(moved, f)
	}
	if len(moved) == 0 && border {
		return usage("the border lies at the frame: give it an inset to make the piece smaller")
	}
	if len(moved) == 0 {
		return usage("there is nothing to move")
	}
	return d.Do(ctx, carto.PutFeatures{Layer: layer, Features: moved})
}

// MoveVertex moves one vertex of a feature to a place on the board, mm.
func (d *Desk) MoveVertex(ctx context.Context, layer carto.LayerID, id int64, v Vertex, to artwork.Point) error {
	return d.reshape(ctx, layer, id, v, func(points []orb.Point, at orb.Point) []orb.Point {
		points[v.Index] = at
		return points
	}, to)
}

// InsertVertex puts a vertex behind another one, at a place on the board, mm.
func (d *Desk) InsertVertex(ctx context.Context, layer carto.LayerID, id int64, after Vertex, at artwork.Point) error {
	return d.reshape(ctx, layer, id, after, func(points []orb.Point, at orb.Point) []orb.Point {
		return slices.Insert(points, after.Index+1, at)
	}, at)
}

// RemoveVertex takes a vertex out of a feature. A line of two points or a ring
// of three loses nothing: such a shape is removed as a whole.
func (d *Desk) RemoveVertex(ctx context.Context, layer carto.LayerID, id int64, v Vertex) error {
	s, err := d.Shape(ctx, layer, id)
	if err != nil {
		return err
	}
	if v.Part < 0 || v.Part >= len(s.Parts) {
		return usage("the shape has no such point")
	}
	least := 2
	if s.Parts[v.Part].Closed {
		least = 3
	}
	if len(s.Parts[v.Part].Points) <= least {
		return usage("nothing would be left of this part with a point less: delete the shape instead")
	}
	return d.reshape(ctx, layer, id, v, func(points []orb.Point, _ orb.Point) []orb.Point {
		return slices.Delete(points, v.Index, v.Index+1)
	}, artwork.Point{})
}

func (d *Desk) reshape(ctx context.Context, layer carto.LayerID, id int64, v Vertex, change func([]orb.Point, orb.Point) []orb.Point, to artwork.Point) error {
	p, err := d.Placer(layer)
	if err != nil {
		return err
	}
	f, err := d.Feature(ctx, layer, id)
	if err != nil {
		return err
	}
	missing := false
	f, err = edited(f, v.Part, func(points []orb.Point) []orb.Point {
		if v.Index < 0 || v.Index >= len(points) {
			missing = true
			return points
		}
		return change(points, p.Data(to))
	})
	if err == nil && missing {
		err = fmt.Errorf("the shape has no point %d in part %d", v.Index, v.Part)
	}
	if err != nil {
		return err
	}
	return d.Do(ctx, carto.PutFeatures{Layer: layer, Features: []carto.Feature{f}})
}
