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
	Options     []Option
	// Draws are the kinds of features that the strategy is for. What else a
	// layer holds gets a drill circle, a centreline or an outline.
	Draws     Kinds
	draw      func(ctx context.Context, w *work) error
	knocksOut bool // reads the layers that "knock-out" names
}

// Kinds is a set of kinds of features.
type Kinds uint

// The kinds of features.
const (
	Points Kinds = 1 << iota
	Lines
	Areas
)

// Strategies lists all strategies in the order in which a maker is shown them.
func Strategies() []Strategy {
	return []Strategy{
		centreline(),
		outline(),
		filled(),
		dashes(),
		hatch(),
		drill(),
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
