package trace

import (
	"context"
	"slices"

	"github.com/mapwright/mapwright/plugins/artwork"
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
	// Widens says that it draws lines at their width.
	Widens bool
	// Unites says that areas that touch become one, and AnySize that it does
	// not show the shape of areas, so that small ones do as well.
	Unites, AnySize bool
	// Falls says that what it cuts out is meant to fall, Bridges that it holds
	// pieces by bridges whatever the option pieces says, and Gaps that its lines
	// are broken on purpose.
	Falls, Bridges, Gaps bool
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
	// complete goes on with what draw left, once the layers that reads names are
	// known. Without it the layer leaves free what they take.
	complete func(ctx context.Context, w *work, read []*work) error
	// bare is what the maker of a layer is told in which there is nothing to draw;
	// empty where there are no shapes in the frame.
	bare string
	// clears says that layers below leave free what it needs to be read.
	clears bool
	// fitted says that what it makes has to fit another part.
	fitted bool
	// kerfIn are the operations beside cut in which the beam's width counts.
	kerfIn []artwork.Operation
}

// TakesKerf tells whether the beam's width may change what a layer of an
// operation comes to.
func (s Strategy) TakesKerf(o artwork.Operation) bool {
	return o == artwork.Cut || slices.Contains(s.kerfIn, o)
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

// StrategyOf finds a strategy by its id; false where there is none.
func StrategyOf(id string) (Strategy, bool) {
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
