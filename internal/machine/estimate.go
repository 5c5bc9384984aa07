package machine

import (
	"cmp"
	"context"
	"slices"

	"github.com/mapwright/mapwright/internal/toolpath"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Estimate is what a machine is expected to do with artwork.
type Estimate struct {
	Seconds float64
	// BurnMM and TravelMM are how far the head goes with the beam or tool at
	// work and without, all passes and the lines of filled areas counted, mm.
	BurnMM, TravelMM float64
	// Parts are the settings of all boards: engrave, score, inner cuts, outer
	// cuts. Their Seconds and StartSeconds sum up to Seconds.
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
// the other, each from the machine's corner at 0, 0, in the order of
// [toolpath.Sequence]. The passes of a line follow each other, an open line
// going to and fro. A laser fills all areas of a setting together, row by row,
// to and fro, with a run-up and a run-out of the machine's overscan; it crosses
// gaps longer than both as fast as it can. A router fills each shape for
// itself, and lifts its tool between lines.
//
// Guides are never burned. It fails where ctx ends, and for shapes so far away
// that they are on no board.
func Time(ctx context.Context, art *artwork.Artwork, setup *Setup) (Estimate, error) {
	e := Estimate{}
	parts := map[string]*tally{}
	for _, number := range boardsOf(art) {
		b, err := newBoard(ctx, art, number, setup, parts)
		if err == nil {
			err = b.run()
		}
		if err != nil {
			return Estimate{}, err
		}
		if b.empty() {
			continue
		}
		e.StartSeconds += setup.Machine.StartDelay
		e.Boards = append(e.Boards, BoardTime{number, b.seconds + setup.Machine.StartDelay})
	}
	for _, t := range parts {
		e.Parts = append(e.Parts, Part{t.setting, t.seconds, t.burnMM, t.travelMM})
	}
	slices.SortFunc(e.Parts, func(a, b Part) int {
		return cmp.Or(
			cmp.Compare(a.Operation.Order(), b.Operation.Order()),
			cmp.Compare(toolpath.Turn(a.Operation, a.Setting.Setting), toolpath.Turn(b.Operation, b.Setting.Setting)),
			cmp.Compare(a.Setting.Setting, b.Setting.Setting),
		)
	})
	e.Missing = missing(art, setup)
	e.Seconds = e.StartSeconds
	for _, p := range e.Parts {
		e.Seconds += p.Seconds
		e.BurnMM += p.BurnMM
		e.TravelMM += p.TravelMM
	}
	return e, nil
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
