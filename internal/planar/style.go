package planar

import (
	"fmt"
	"math"
)

// Join is how an outline turns around a corner.
type Join int

// The joins. A mitre that would reach farther than the limit is cut off there,
// square to the bisector of the corner (as miter-clip in SVG 2); a square join
// is cut off where it touches the circle of the round one.
const (
	RoundJoin Join = iota
	MitreJoin
	SquareJoin
)

// Cap is how a stroke ends.
type Cap int

// The caps: a half circle, nothing, or half a square.
const (
	RoundCap Cap = iota
	ButtCap
	SquareCap
)

const (
	// DefaultTolerance is the error of a flattened arc where a style states
	// none: 20 grid units, 5 micrometres.
	DefaultTolerance = 20
	// DefaultMitreLimit is the limit where a style states none, as in SVG.
	DefaultMitreLimit = 4
)

// Style is how offsets and strokes are drawn. The zero value is round with the
// default tolerance.
type Style struct {
	Join Join
	Cap  Cap
	// MitreLimit is how far a mitre may reach from its corner, in multiples of
	// the distance; 0 takes the default, less than 1 is refused.
	MitreLimit float64
	// Tolerance is how far a flattened arc may lie from the true one, in grid
	// units; 0 takes the default. Less than half a unit is taken as that, and a
	// circle has at least eight corners.
	Tolerance float64
}

// complete puts in the defaults and refuses what makes no sense.
func (s Style) complete() (Style, error) {
	if s.MitreLimit == 0 {
		s.MitreLimit = DefaultMitreLimit
	}
	if s.Tolerance == 0 {
		s.Tolerance = DefaultTolerance
	}
	switch {
	case s.Join < RoundJoin || s.Join > SquareJoin:
		return s, fmt.Errorf("unknown join %d: take RoundJoin, MitreJoin or SquareJoin", s.Join)
	case s.Cap < RoundCap || s.Cap > SquareCap:
		return s, fmt.Errorf("unknown cap %d: take RoundCap, ButtCap or SquareCap", s.Cap)
	case !(s.MitreLimit >= 1):
		return s, fmt.Errorf("a mitre limit of %g: take 1 or more", s.MitreLimit)
	case !(s.Tolerance > 0) || math.IsInf(s.Tolerance, 0):
		return s, fmt.Errorf("an arc tolerance of %g grid units: take more than 0", s.Tolerance)
	}
	return s, nil
}
