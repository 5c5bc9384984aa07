package lettering

import "github.com/mapwright/mapwright/internal/planar"

// Taken is areas that labels keep off. It never changes.
type Taken struct {
	borders *cells
	index   *planar.Index
}

// NewTaken takes areas, as valid polygons.
func NewTaken(areas []planar.Polygon) *Taken {
	t := &Taken{borders: newCells(cellSize), index: planar.NewIndex(areas)}
	for _, r := range planar.Rings(areas) {
		points := mm(planar.Path(r))
		for i, b := range points {
			a := points[(i+len(points)-1)%len(points)]
			t.borders.add(0, []Quad{{a, b, b, a}})
		}
	}
	return t
}

// meets tells whether quads meet what is taken: its border, or its inside.
func (t *Taken) meets(quads []Quad) bool {
	if t == nil {
		return false
	}
	met := false
	t.borders.hits(quads, func(int) bool {
		met = true
		return false
	})
	for i := 0; i < len(quads) && !met; i++ {
		corner := quads[i][0]
		met = planar.InRange(corner.X, corner.Y) && t.index.Locate(planar.FromMM(corner.X, corner.Y)) == planar.Inside
	}
	return met
}
