package source

import (
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// WGS84 is the CRS of coordinates in degrees, longitude first.
const WGS84 = "EPSG:4326"

// Feature is a point, line or polygon (or multi-) as the source holds it.
// Polygons are closed, their shells counterclockwise, their holes clockwise.
type Feature struct {
	ID         string       // the source's own, such as "way/123"; empty when it has none
	Geometry   orb.Geometry // in the CRS of its layer
	Class      string       // what widths go by, such as "river"; empty without a preset
	Name       string
	Attributes map[string]string
}

// Layer is an ordered set of features with what a preset proposes for it.
type Layer struct {
	Name     string
	CRS      string // of the coordinates, such as "EPSG:4326"
	Features []Feature
	Defaults LayerDefaults
}

// LayerDefaults is what to do with a layer until the maker says otherwise.
type LayerDefaults struct {
	Operation artwork.Operation
	Setting   string            // one of artwork.Settings(Operation)
	Strategy  string            // id of a tracing strategy
	Options   map[string]string // of the strategy, such as "width.river": "1.2"
	Visible   bool
	Color     string // "#RRGGBB"
}

// PlainDefaults is for a layer that no preset speaks of: a thin line.
func PlainDefaults() LayerDefaults {
	return LayerDefaults{
		Operation: artwork.Score,
		Setting:   "1",
		Strategy:  "centreline",
		Options:   map[string]string{"simplify": "0.05"},
		Visible:   true,
		Color:     "#0000FF",
	}
}

// FindingKind names what an importer met.
type FindingKind string

// The kinds of findings.
const (
	Incomplete  FindingKind = "incomplete"   // members or nodes are not in the file
	OpenRing    FindingKind = "open-ring"    // an area's outline has a gap
	Crossing    FindingKind = "crossing"     // an area's outline crosses itself
	EmptyArea   FindingKind = "empty-area"   // an area without any surface
	BrokenCoast FindingKind = "broken-coast" // coastlines that don't tell sea from land
	BadGeometry FindingKind = "bad-geometry" // coordinates that can't be used
	ClosedRing  FindingKind = "closed-ring"  // a ring was closed that the file left open
)

// Finding is something in the source that could not be taken as it is: it is
// reported, and nothing is made up in its place.
type Finding struct {
	Kind    FindingKind
	Object  string // the source's id, such as "relation/5"; empty: the whole file
	Message string // a sentence
}

// Result is what an import gives.
type Result struct {
	Layers []Layer // bottom to top
	// Bounds is the box that the file says it covers, or else the extent of its
	// data, in degrees.
	Bounds      orb.Bound
	Report      []Finding
	Attribution string // the credit line that the data asks for; may be empty
}

// Request says what to import.
type Request struct {
	Path   string
	Preset string            // id of a preset, such as "city"; empty: none
	Layer  string            // name of the one layer to make; empty: the preset's, or the source's
	Where  map[string]string // attributes that a feature must have; the value "*" is any
	// View is the part of the Earth that is wanted, degrees. Features that touch
	// it are kept whole. The zero value is all.
	View orb.Bound
	// Progress is told bytes read and bytes in all; it may be nil.
	Progress func(done, total int64)
}

// Wants tells whether attributes satisfy the request's Where.
func (r Request) Wants(attributes map[string]string) bool {
	for key, want := range r.Where {
		got, ok := attributes[key]
		if !ok || want != "*" && got != want {
			return false
		}
	}
	return true
}

// Whole tells whether the request has no view, so that all is wanted.
func (r Request) Whole() bool { return r.View == orb.Bound{} }
