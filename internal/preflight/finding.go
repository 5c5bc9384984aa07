package preflight

import "github.com/mapwright/mapwright/plugins/artwork"

// Kind names what a finding is about.
type Kind string

// The kinds of findings.
const (
	OpenRing     Kind = "open-ring"       // an outline that ought to be closed is not
	OutsideFrame Kind = "outside-frame"   // something would burn beside the map
	EmptyLayer   Kind = "empty-layer"     // nothing of a layer would burn
	DoubleBurn   Kind = "double-burn"     // something would burn twice
	TooSmall     Kind = "too-small"       // something is too thin or too small to survive
	SmallScale   Kind = "small-scale"     // most shapes of a layer are too small at this scale
	FallsOut     Kind = "falls-out"       // a piece that is meant to stay would fall out
	ThinWeb      Kind = "thin-web"        // too little material is left between two cuts
	ThinBridge   Kind = "thin-bridge"     // a gap in a cut is too short to hold
	SmallText    Kind = "small-text"      // letters are too small to read
	Needless     Kind = "needless-points" // points that slow the machine and show nothing
	OutsideBed   Kind = "outside-bed"     // the board does not lie in the machine
)

// Kinds lists all kinds of findings.
func Kinds() []Kind {
	return []Kind{
		OpenRing, OutsideFrame, EmptyLayer, DoubleBurn, TooSmall, SmallScale,
		FallsOut, ThinWeb, ThinBridge, SmallText, Needless, OutsideBed,
	}
}

// Severity tells whether a finding stands in the way of an export.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // blocks an export
	Warning Severity = "warning" // the maker decides
)

// Finding is one thing that is wrong with one layer on one board.
type Finding struct {
	Layer    string // name of the layer; "" when it is about a board
	Kind     Kind
	Severity Severity
	Message  string        // a sentence with the numbers in mm
	At       artwork.Point // the worst place, mm
	Board    int           // number of the board; 0 when it is about none
	Fix      string        // what the maker can do about it; empty when there is nothing
	// Remedies are changes that do it, the best first.
	Remedies []Remedy
	// Count is how many places it is about, and Places lists them, mm, in the
	// order of the artwork.
	Count  int
	Places []artwork.Point
}
