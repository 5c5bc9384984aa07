package artwork

// Shape is one thing that the machine does: it follows paths, or fills the
// area that they enclose.
type Shape struct {
	Board     int       // number of the board, from 1
	Operation Operation // what the machine does
	Setting   string    // which of the operation's settings
	// Fill says that the area enclosed by Paths is burned (even-odd); all its
	// paths are closed, and their edges are not burned beside it. Without Fill
	// each path is followed once.
	Fill  bool
	Paths []Path
	// Feature is the id of the feature that the shape comes from, 0 where it
	// comes from several.
	Feature int64
}

// HeightField is a regular grid of heights for relief: Values[row*Columns+column],
// row 0 at the lower edge.
type HeightField struct {
	Board         int
	Setting       string
	Origin        Point   // lower left corner of the grid, mm
	Cell          float64 // width of a cell, mm
	Columns, Rows int
	Values        []float32 // height above the deepest point, mm; NaN: not carved
}

// Layer is the artwork of one layer of the map.
type Layer struct {
	ID        string // stable within the map
	Name      string // as the maker wrote it; unique ignoring case
	Operation Operation
	Setting   string
	Color     string // "#RRGGBB" on the canvas
	Shapes    []Shape
	Heights   []HeightField
}

// Empty tells whether nothing of the layer would burn.
func (l Layer) Empty() bool {
	for _, s := range l.Shapes {
		for _, p := range s.Paths {
			if len(p.Points) > 0 {
				return false
			}
		}
	}
	for _, h := range l.Heights {
		if len(h.Values) > 0 {
			return false
		}
	}
	return true
}

// Board is a piece of material.
type Board struct {
	Number        int     // from 1
	Width, Height float64 // mm
	// Frame is the closed outline of the piece; nothing lies outside of it.
	Frame Path
}

// Artwork is what will burn: layers from the bottom to the top, on boards of
// one size.
type Artwork struct {
	Title  string
	Boards []Board
	Layers []Layer
	// Attribution must be shown where the artwork is shown in public, such as
	// "© OpenStreetMap contributors"; "" where none is due.
	Attribution string
}
