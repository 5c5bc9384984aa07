package preflight

import (
	"slices"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// Kind names what a finding is about.
type Kind string

// The kinds of findings.
const (
	OpenRing     Kind = "open-ring"     // an outline that ought to be closed is not
	OutsideFrame Kind = "outside-frame" // something would burn beside the map
	EmptyLayer   Kind = "empty-layer"   // nothing of a layer would burn
	DoubleBurn   Kind = "double-burn"   // something would burn twice
	TooSmall     Kind = "too-small"     // something is too thin or too small to survive
)

// Kinds lists all kinds of findings.
func Kinds() []Kind { return []Kind{OpenRing, OutsideFrame, EmptyLayer, DoubleBurn, TooSmall} }

// Severity tells whether a finding stands in the way of an export.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // blocks an export
	Warning Severity = "warning" // the maker decides
)

// Finding is one thing that is wrong with one layer on one board.
type Finding struct {
	Layer    string // name of the layer
	Kind     Kind
	Severity Severity
	Message  string        // a sentence with the numbers in mm
	At       artwork.Point // the worst place, mm
	Board    int           // number of the board; 0 when it is about none
	Fix      string        // what the maker can do about it; empty when there is nothing
	// Count is how many places it is about, and Places lists them, mm, in the
	// order of the artwork.
	Count  int
	Places []artwork.Point
}

// Options say what is wrong. The zero value is right for a diode laser and
// plywood; a negative minimum switches its check off.
type Options struct {
	// Named lists the ids of layers that the maker named by hand: when such a
	// layer is empty, that is an error.
	Named []string
	// Covered lists the ids of layers that are empty only because other layers
	// already burn all of them: that is no error, whoever named them.
	Covered []string
	// Tolerance is how near two lines burn the same, and how near the ends of a
	// line ought to be one, mm; 0 is 0.03.
	Tolerance float64
	// MinWidth is the narrowest part of an area that survives, mm; 0 is 0.1.
	MinWidth float64
	// MinArea is the smallest area that shows, mm²; 0 is 0.04.
	MinArea float64
	// MinPiece is the smallest cut-out piece that can be handled, mm²; 0 is 4.
	MinPiece float64
}

func (o Options) complete() Options {
	for _, d := range []struct {
		value *float64
		usual float64
	}{{&o.Tolerance, 0.03}, {&o.MinWidth, 0.1}, {&o.MinArea, 0.04}, {&o.MinPiece, 4}} {
		if *d.value == 0 {
			*d.value = d.usual
		}
	}
	return o
}

// Blocks tells whether any of the findings stands in the way of an export.
func Blocks(findings []Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.Severity == Error })
}
