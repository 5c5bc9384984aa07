package trace

import (
	"context"
	"slices"
)

// Strategy is one way to draw the features of a layer.
type Strategy struct {
	ID          string // as in the layer's key "strategy"
	Title       string // for the list that a maker chooses from
	Description string // when to use it
	// Draws are the kinds of features that the strategy is for. What else a
	// layer holds gets a drill circle, a centreline or an outline, and the
	// report tells it.
	Draws Kinds
	// OfPoints, OfLines and OfAreas say what it makes of features of the kinds
	// that it is for.
	OfPoints, OfLines, OfAreas string
	Options                    []Option

	// draw draws the kinds of features that the strategy knows, alone.
	draw func(ctx context.Context, w *work) error
	// reads is the key of the option that names the other layers that the
	// strategy looks at; empty where it looks at none.
	reads string
	// ownsHold says that the strategy itself sees to it that pieces hang on.
	ownsHold bool
	// finish goes on with what draw left, once the layers that reads names are
	// known. Without it the layer leaves free what they take.
	finish func(ctx context.Context, w *work, read []*work) error
	// clears says that layers below leave free what it needs to be read.
	clears bool
}

// Kinds is a set of kinds of features.
type Kinds uint

// The kinds of features.
const (
	Points Kinds = 1 << iota
	Lines
	Areas
)

// Strategies lists all strategies in the order in which a maker is shown them:
// first those for lines, then those for areas, then those for points and names.
func Strategies() []Strategy {
	return []Strategy{
		centreline(),
		outline(),
		filled(),
		casing(),
		dashes(),
		groove(),
		inlay(),
		hatch(),
		crossHatch(),
		inset(),
		dissolve(),
		knockOut(),
		stencil(),
		plate(),
		drill(),
		label(),
		symbol(),
		furniture(),
	}
}

// strategyOf finds a strategy by its id.
func strategyOf(id string) (Strategy, bool) {
	all := Strategies()
	i := slices.IndexFunc(all, func(s Strategy) bool { return s.ID == id })
	if i < 0 {
		return Strategy{}, false
	}
	return all[i], true
}

// drawUnknown draws the kinds of features that the strategy does not know.
func (w *work) drawUnknown(ctx context.Context) error {
	draws := w.settings.strategy.Draws
	if draws&Lines == 0 {
		w.replaced(len(w.features.lines), "line", "a centreline")
		if err := w.drawLines(ctx); err != nil {
			return err
		}
	}
	if draws&Areas == 0 {
		w.replaced(len(w.features.areas), "area", "an outline")
		if err := w.outlineAreas(ctx); err != nil {
			return err
		}
	}
	if draws&Points == 0 {
		w.replaced(len(w.features.points), "point", "a drill circle")
		return w.drillPoints(ctx)
	}
	return nil
}
