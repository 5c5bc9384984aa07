package preflight

import (
	"context"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// Options say what is wrong. The zero value is right for a diode laser and
// 3 mm plywood; a negative limit switches its check off. Limits are plain
// numbers, so that the check needs no machine to be chosen.
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
	// Kerf is the width of the beam or tool, mm; 0 is 0.12.
	Kerf float64
	// MinWidth is the narrowest part of an area that survives, mm; 0 is 0.1.
	MinWidth float64
	// MinArea is the smallest area that shows, mm²; 0 is 0.04.
	MinArea float64
	// MinPiece is the smallest cut-out piece that can be handled, mm²; 0 is 4.
	MinPiece float64
	// Web is the least material between two cuts that holds, mm; 0 is 1.2.
	Web float64
	// Bridge is the least width of a bridge that holds a piece, mm; 0 is 1.2.
	Bridge float64
	// MinText is the smallest height of capital letters that can be read, mm;
	// 0 is 1.8.
	MinText float64
	// MinStep is how near two points of a line are without need, mm; 0 is 0.05.
	MinStep float64
	// BedWidth and BedHeight are what the machine takes, mm; 0 is not known.
	BedWidth, BedHeight float64
	// Scale is n of 1:n of the map at its middle, and Ground how wide the map's
	// frame is on the ground, metres; 0 is not known.
	Scale, Ground float64
	// Layers tells by id what artwork does not show of its layers.
	Layers map[string]Facts
}

// Facts are what a maker decided for a layer, and what was there to be traced.
// The zero value decides nothing.
type Facts struct {
	// Falls says that what falls out of the layer's cuts is meant to.
	Falls bool
	// Gaps says that its cuts are broken on purpose, as dashes are.
	Gaps bool
	// BridgeWidth is how wide the bridges are that hold its pieces, mm; 0: none do.
	BridgeWidth float64
	// CapHeight is how high the capitals of the layer's text are, mm; 0: no text.
	CapHeight float64
	// TextKeys are the options that say so.
	TextKeys []string
	// Simplify is how far its lines may lie from the true ones already, mm.
	Simplify float64
	// MinArea and MinWidth are the layer's own minimums, mm² and mm: what is
	// under them was left out.
	MinArea, MinWidth float64
	// LineWidth is how wide the narrowest of its lines are drawn, mm; 0: not at
	// a width.
	LineWidth float64
	// Sizes are those of all areas of the layer's features that show in the
	// frame, also of those that were left out.
	Sizes []Size
	// United gives the sizes of what adjoining areas are together, where they
	// burn as one; nil where each burns by itself. It is asked only when many
	// would be too small alone.
	United func(context.Context) ([]Size, error)
}

// Size is how large an area is on the board.
type Size struct {
	Area   float64       // mm²
	Border float64       // mm
	At     artwork.Point // its middle, mm
}

func (o Options) complete() Options {
	for _, d := range []struct {
		value *float64
		usual float64
	}{
		{&o.Tolerance, 0.03},
		{&o.Kerf, 0.12},
		{&o.MinWidth, 0.1},
		{&o.MinArea, 0.04},
		{&o.MinPiece, 4},
		{&o.Web, 1.2},
		{&o.Bridge, 1.2},
		{&o.MinText, 1.8},
		{&o.MinStep, 0.05},
	} {
		if *d.value == 0 {
			*d.value = d.usual
		}
	}
	return o
}

// factsOf gives what is known of a layer.
func (c *checker) factsOf(l *artwork.Layer) Facts { return c.options.Layers[l.ID] }
