package machine

import (
	"context"
	"slices"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// Estimate is what a machine is expected to do with artwork.
type Estimate struct {
	Seconds float64
	// BurnMM and TravelMM are how far the head goes with the beam or tool at
	// work and without, all passes and the lines of filled areas counted, mm.
	BurnMM, TravelMM float64
	// Parts are the settings of all boards, in machine order; their Seconds and
	// StartSeconds sum up to Seconds.
	Parts []Part
	// Boards are the times of the boards, in their order.
	Boards []BoardTime
	// StartSeconds is lost before the boards begin.
	StartSeconds float64
	// Missing are the settings in the artwork that the material has no figures
	// for, such as "cut outer": they take no time here. "relief" is not timed.
	Missing []string
}

// Part is what a setting of an operation takes.
type Part struct {
	Setting
	Seconds, BurnMM, TravelMM float64
}

// BoardTime is how long a board takes, its start included.
type BoardTime struct {
	Number  int
	Seconds float64
}

// Time estimates how long a setup takes for artwork. Boards are done one after
// the other, each from the machine's corner at 0, 0. On a board the settings
// follow in machine order: engrave, score, inner cuts, outer cuts; of each
// first the areas, layer by layer, and then the lines in the order of the
// artwork. The passes of a line follow each other, an open line going to and
// fro. A laser fills all areas of a setting together, row by row, to and fro,
// with a run-up and a run-out of the machine's overscan; it crosses gaps longer
// than both as fast as it can. A router fills each shape for itself, and lifts
// its tool between lines.
//
// Guides are never burned. It fails where ctx ends, and for areas so far away
// that they are on no board.
func Time(ctx context.Context, art *artwork.Artwork, setup *Setup) (Estimate, error) {
	e := Estimate{}
	parts := map[string]*tally{}
	for _, number := range boardsOf(art) {
		b := newBoard(ctx, art, number, setup, parts)
		if b.empty() {
			continue
		}
		if err := b.run(); err != nil {
			return Estimate{}, err
		}
		e.StartSeconds += setup.Machine.StartDelay
		e.Boards = append(e.Boards, BoardTime{number, b.seconds() + setup.Machine.StartDelay})
	}
	for _, o := range operations() {
		for _, id := range settingsOf(o) {
			if t, ok := parts[Setting{Operation: o, Setting: id}.key()]; ok {
				s, _ := setup.Setting(o, id)
				s.Setting = id
				e.Parts = append(e.Parts, Part{s, t.seconds, t.burnMM, t.travelMM})
			}
		}
	}
	e.Missing = missing(art, setup)
	e.Seconds = e.StartSeconds
	for _, p := range e.Parts {
		e.Seconds += p.Seconds
		e.BurnMM += p.BurnMM
		e.TravelMM += p.TravelMM
	}
	return e, nil
}

// operations lists what is burned, in machine order.
func operations() []artwork.Operation {
	return []artwork.Operation{artwork.Engrave, artwork.Score, artwork.Cut}
}

// settingsOf lists the settings of an operation in machine order: what is cut
// out of a piece comes before the piece.
func settingsOf(o artwork.Operation) []string {
	if o == artwork.Cut {
		return []string{"inner", "outer"}
	}
	return artwork.Settings(o)
}

// boardsOf lists the numbers of the boards that have shapes.
func boardsOf(art *artwork.Artwork) []int {
	var numbers []int
	for i := range art.Layers {
		for j := range art.Layers[i].Shapes {
			if n := art.Layers[i].Shapes[j].Board; !slices.Contains(numbers, n) {
				numbers = append(numbers, n)
			}
		}
	}
	slices.Sort(numbers)
	return numbers
}

// missing lists what the setup can't do.
func missing(art *artwork.Artwork, setup *Setup) []string {
	var out []string
	add := func(what string) {
		if !slices.Contains(out, what) {
			out = append(out, what)
		}
	}
	for i := range art.Layers {
		l := &art.Layers[i]
		if len(l.Heights) > 0 {
			add(string(artwork.Relief))
		}
		for j := range l.Shapes {
			s := &l.Shapes[j]
			if s.Operation == artwork.Guide || len(s.Paths) == 0 {
				continue
			}
			if s.Operation == artwork.Relief {
				add(string(artwork.Relief))
			} else if _, ok := setup.Setting(s.Operation, s.Setting); !ok {
				add(Setting{Operation: s.Operation, Setting: s.Setting}.key())
			}
		}
	}
	slices.Sort(out)
	return out
}
