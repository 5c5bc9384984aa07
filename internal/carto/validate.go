package carto

import (
	"fmt"
	"math"
	"slices"

	"github.com/mapwright/mapwright/internal/projection"
)

// The limits of boards and scales: far beyond any machine, small enough for
// the map's grid of 2^-12 mm.
const (
	MaxBoardSize = 50_000        // mm
	MaxBoards    = 1000          // boards a map
	MinScale     = 1             // n of 1:n
	MaxScale     = 1_000_000_000 // n of 1:n
	// DefaultMargin is the usual distance between board and frame, mm.
	DefaultMargin = 5
)

// InvalidError says what is wrong with a view, boards, a layer or a feature.
type InvalidError struct {
	What string // such as "board width"
	Why  string // a clause: "must be between … and …"
}

func (e *InvalidError) Error() string { return fmt.Sprintf("the %s %s", e.What, e.Why) }

// within gives an error unless low <= v <= high; NaN is never within.
func within(what string, v, low, high float64, unit string) error {
	if v >= low && v <= high {
		return nil
	}
	return &InvalidError{What: what, Why: fmt.Sprintf("must be between %.10g and %.10g%s, not %g", low, high, unit, v)}
}

// Validate tells what keeps the boards from being used: an *InvalidError, or nil.
func (b Boards) Validate() error {
	if err := within("board width", b.Width, 1, MaxBoardSize, " mm"); err != nil {
		return err
	}
	if err := within("board height", b.Height, 1, MaxBoardSize, " mm"); err != nil {
		return err
	}
	if b.Count < 1 || b.Count > MaxBoards {
		return &InvalidError{What: "number of boards", Why: fmt.Sprintf("must be between 1 and %d, not %d", MaxBoards, b.Count)}
	}
	if !slices.Contains(FrameShapes(), b.Frame.Shape) {
		return &InvalidError{What: "frame", Why: fmt.Sprintf("must be %s, not %q", joinOr(FrameShapes()), b.Frame.Shape)}
	}
	short := min(b.Width, b.Height)
	if !(b.Margin >= 0 && 2*b.Margin < short) {
		return &InvalidError{What: "margin", Why: fmt.Sprintf("must be at least 0 and under half of the board's shorter side (%g mm), not %g mm", short/2, b.Margin)}
	}
	return nil
}

// Validate tells what keeps the view from being used: an *InvalidError, a
// *projection.UnknownError, or nil.
func (v View) Validate() error {
	if err := within("longitude of the centre", v.Center.Lon(), -180, 180, " degrees"); err != nil {
		return err
	}
	if err := within("latitude of the centre", v.Center.Lat(), -90, 90, " degrees"); err != nil {
		return err
	}
	if err := within("scale 1:n", v.Scale, MinScale, MaxScale, ""); err != nil {
		return err
	}
	if math.IsNaN(v.Rotation) || math.IsInf(v.Rotation, 0) {
		return &InvalidError{What: "rotation", Why: fmt.Sprintf("must be a number of degrees, not %g", v.Rotation)}
	}
	_, err := projection.Lookup(v.Projection, v.Center.Lon(), v.Center.Lat())
	return err
}
