package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Size is how large an area is on the board.
type Size struct {
	Area   float64       // mm², holes taken off
	Border float64       // mm, holes included
	At     artwork.Point // the middle of its box
}

// Sizes gives the sizes of a layer's areas that come near the frame, as the
// features have them: before they are simplified, cropped, united, or left out
// for being too small. They tell how much of a layer a scale can show.
//
// It fails for an unknown layer, and when features can't be read or ctx ends.
func Sizes(ctx context.Context, s *Scene, id carto.LayerID) ([]Size, error) {
	areas, err := s.areasNear(ctx, id)
	return sizesOf(areas), err
}

// UnitedSizes is Sizes of what adjoining areas are together, as strategies burn
// them that fill, and what is nearer than the layer's merge-gap with them.
// Areas adjoin when they share a stretch of their borders, point by point, as
// the houses of a row do.
func UnitedSizes(ctx context.Context, s *Scene, id carto.LayerID) ([]Size, error) {
	areas, err := s.areasNear(ctx, id)
	if err != nil {
		return nil, err
	}
	l, _, err := s.layer(id)
	if err != nil {
		return nil, err
	}
	settings, err := settingsOf(l, &notebook{layer: l})
	if err != nil {
		return nil, err
	}
	gap := settings.units("merge-gap")
	if gap == 0 {
		return rowsOf(areas), nil
	}
	areas, err = planar.Closing(ctx, areas, gap)
	return sizesOf(areas), err
}

// rowsOf gives the sizes of areas, those together that share stretches.
func rowsOf(areas []planar.Polygon) []Size {
	type stretch struct{ a, b planar.Point }
	single := sizesOf(areas)
	first := make([]int, len(areas)) // of the row, by way of others
	find := func(i int) int {
		for first[i] != i {
			first[i] = first[first[i]]
			i = first[i]
		}
		return i
	}
	sides := map[stretch]int{}            // the area that has a stretch of border
	within := make([]float64, len(areas)) // length of borders between areas
	for i, p := range areas {
		first[i] = i
		for _, r := range p {
			for k, a := range r {
				b := r[(k+1)%len(r)]
				if other, ok := sides[stretch{b, a}]; ok { // borders run around to the left
					first[find(i)] = find(other)
					within[i] += distance(a, b) / unitsPerMM
				}
				sides[stretch{a, b}] = i
			}
		}
	}
	at := make([]int, len(areas)) // of the first one, in rows; 0: not there yet
	var rows []Size
	for i, s := range single {
		r := find(i)
		if at[r] == 0 {
			rows = append(rows, Size{At: s.At})
			at[r] = len(rows)
		}
		row := &rows[at[r]-1]
		row.Area += s.Area
		row.Border += s.Border - 2*within[i]
	}
	return rows
}

// areasNear gives the areas of a layer that may show in the frame.
func (s *Scene) areasNear(ctx context.Context, id carto.LayerID) ([]planar.Polygon, error) {
	l, _, err := s.layer(id)
	if err != nil {
		return nil, err
	}
	features, err := s.featuresOf(ctx, l)
	if err != nil {
		return nil, err
	}
	var near []planar.Polygon
	box := s.frame.box
	for _, p := range features.areas {
		if box.Meets(p[0].Bounds()) {
			near = append(near, p)
		}
	}
	return near, nil
}

func sizesOf(areas []planar.Polygon) []Size {
	sizes := make([]Size, len(areas))
	for i, p := range areas {
		box := p[0].Bounds()
		left, low := box.Min.MM()
		right, high := box.Max.MM()
		sizes[i].At = artwork.Point{X: (left + right) / 2, Y: (low + high) / 2}
		sizes[i].Area = planar.Area(areas[i:i+1]) / unitsPerMM / unitsPerMM
		for _, path := range closedPaths(areas[i : i+1]) {
			sizes[i].Border += planar.Length(path) / unitsPerMM
		}
	}
	return sizes
}
