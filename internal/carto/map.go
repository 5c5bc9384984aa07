package carto

import (
	"maps"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// Map is one project: a place at a scale, boards, and layers from the bottom
// to the top. The features of a layer are kept by the Store.
type Map struct {
	ID     string // random, given at creation, never changed
	Title  string
	View   View
	Boards Boards
	Layers []Layer // bottom to top
	// Attribution lists the credit lines that the sources ask for, each once.
	Attribution []string
}

// at is the position of a layer from the bottom, or a *NoLayerError.
func (m *Map) at(id LayerID) (int, error) {
	for i, l := range m.Layers {
		if l.ID == id {
			return i, nil
		}
	}
	return 0, &NoLayerError{Name: string(id), Layers: m.LayerNames()}
}

// LayerNames lists the layers from the top to the bottom, as makers see them.
func (m *Map) LayerNames() []string {
	var names []string
	for _, l := range slices.Backward(m.Layers) {
		names = append(names, l.Name)
	}
	return names
}

// FindLayer is the layer of a name, ignoring case, or a *NoLayerError.
func (m *Map) FindLayer(name string) (Layer, error) {
	for _, l := range m.Layers {
		if strings.EqualFold(l.Name, name) {
			return l, nil
		}
	}
	return Layer{}, &NoLayerError{Name: name, Layers: m.LayerNames()}
}

// Clone is a copy that shares nothing with m.
func (m *Map) Clone() *Map {
	c := *m
	c.Attribution = slices.Clone(m.Attribution)
	c.Layers = slices.Clone(m.Layers)
	for i := range c.Layers {
		c.Layers[i].Options = maps.Clone(c.Layers[i].Options)
	}
	return &c
}

// Boards are the pieces of material of a map, all of one size.
type Boards struct {
	Count  int     // 1..n, numbered from the top
	Width  float64 // mm
	Height float64 // mm
	Frame  Frame
	Margin float64 // mm between the edge of the board and the frame
}

// FrameShape names the outline of a frame.
type FrameShape string

// The frame shapes.
const (
	FrameRect      FrameShape = "rect"
	FrameRoundRect FrameShape = "round-rect" // corners of FrameRadius
	FrameCircle    FrameShape = "circle"
	FrameEllipse   FrameShape = "ellipse"
	FrameHexagon   FrameShape = "hexagon" // regular, a corner at each side
)

// Frame is the outline that the map is cropped to: a shape inside the board
// less the margin.
type Frame struct {
	Shape FrameShape
}

// View puts the Earth on the board: projection, scale and rotation, shared by
// all boards of a map.
type View struct {
	Center orb.Point // degrees (longitude, latitude), shown at the middle of the board
	// Scale is n of 1:n: n mm on the ground are 1 mm on the board at Center.
	Scale float64
	// Rotation turns the map counterclockwise on the board, degrees.
	Rotation   float64
	Projection string // "local", "web-mercator", or an "EPSG:" code that projection knows
}

// LayerID is the identity of a layer in its map; it survives renaming.
type LayerID string

// Layer is an ordered, named set of features with what is to be done with it.
type Layer struct {
	ID        LayerID
	Name      string // unique ignoring case
	Operation artwork.Operation
	Setting   string // one of artwork.Settings(Operation)
	Strategy  string // id of a tracing strategy
	Visible   bool
	Locked    bool
	Board     int // number of the board, from 1
	Color     string
	// Options holds what the maker set beside the strategy's defaults, such as
	// "simplify" or "width.river", as written.
	Options map[string]string
	CRS     string // of the features' coordinates, such as "EPSG:4326", or BoardCRS
	Source  string // what it was imported from, for the maker
	// Count is the number of features.
	Count int
}

// Feature is a point, line or polygon (or multi-) with attributes.
type Feature struct {
	ID         int64 // unique in its layer, > 0, never given twice
	Geometry   orb.Geometry
	Class      string // what the strategy's widths go by, such as "river"
	Name       string
	Attributes map[string]string
}
