package trace

import (
	"context"
	"math"

	"github.com/mapwright/mapwright/internal/planar"
)

// dashes follows each line in dashes: for footpaths, borders and everything
// that is to stand behind the other lines. Every dash is whole, and a chain
// starts with one and ends with one: the gaps give way. Dashes go around
// corners. A chain shorter than two dashes and half a gap is one dash.
func dashes() Strategy {
	return Strategy{
		ID:          "dashes",
		Title:       "Dashed line",
		Description: "Follows each line in dashes. For footpaths and borders that are to stand behind other lines.",
		Draws:       Lines,
		Gaps:        true,
		OfLines:     "dashes along each",
		Options: []Option{
			{Key: "dash", Unit: "mm", Default: "1.5", Min: 0.1, Max: 100, Help: "The length of a dash."},
			{
				Key: "gap", Unit: "mm", Default: "1", Min: 0.1, Max: 100,
				Help: "The length of a gap; gaps grow or shrink a little so that a line also ends with a whole dash.",
			},
		},
		draw: func(ctx context.Context, w *work) error {
			chains, err := w.chains(ctx)
			if err != nil {
				return err
			}
			if chains, err = burnedOnce(ctx, chains); err != nil {
				return err
			}
			for _, c := range chains {
				w.lines = append(w.lines, dashed(c, w.settings.units("dash"), w.settings.units("gap"))...)
			}
			return nil
		},
	}
}

// dashed cuts a path into dashes, lengths in grid units. An open path has a
// dash at both ends; around a closed one the last gap leads to the first dash.
func dashed(path planar.Path, dash, gap float64) []planar.Path {
	length := planar.Length(path)
	count, gap := dashCount(length, dash, gap, path.Closed())
	if count < 2 {
		if path.Closed() || length <= dash {
			return []planar.Path{path}
		}
		return []planar.Path{stretch(path, 0, dash)}
	}
	out := make([]planar.Path, 0, count)
	for i := range count {
		from := float64(i) * (dash + gap)
		out = append(out, stretch(path, from, math.Min(length, from+dash)))
	}
	return out
}

// dashCount chooses the number of dashes whose gap comes nearest to the one
// wanted and is at least half of it.
func dashCount(length, dash, gap float64, closed bool) (count int, actual float64) {
	gaps := func(n int) int {
		if closed {
			return n
		}
		return n - 1
	}
	whole := length
	if !closed {
		whole += gap
	}
	count = int(math.Floor(whole / (dash + gap)))
	fits := func(n int) float64 { return (length - float64(n)*dash) / float64(max(1, gaps(n))) }
	if more := fits(count + 1); count >= 1 && more >= gap/2 && math.Abs(more-gap) < math.Abs(fits(count)-gap) {
		count++
	}
	return count, fits(count)
}
