//go:build geos

package main

import (
	"context"
	"fmt"
	"math"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/internal/planar/synth"
)

// growth measures how the time of a union grows with its input: the
// nanoseconds for each n log n, n segments being united. Where they stay the
// same, ten times the streets take little more than ten times as long.
type growth struct{ streets int }

// grown are the numbers of streets, the last for half a million segments.
var grown = []int{250, 1250, 5000, 12500}

func growths() []entry {
	var all []entry
	for _, n := range grown {
		all = append(all, growth{n})
	}
	return all
}

func (g growth) id() string { return fmt.Sprintf("grown-%d", g.streets) }

func (g growth) input() kernelInput {
	return kernelInput{g.id(), synth.Metres(4), synth.Metres(1), streets(g.streets)}
}

func (g growth) what() (name, input string) {
	return "growth: union, for each n log n", fmt.Sprintf("%d synthetic streets", g.streets)
}

func (g growth) measure(ctx context.Context) ([]figure, error) {
	n, err := g.segments(ctx)
	if err != nil {
		return nil, err
	}
	name, _ := g.what()
	c := contest{
		name: name, input: fmt.Sprintf("%d segments", n), peerName: "GEOS UnaryUnion",
		ours: child("union", "ours", g.id()), peer: child("union", "geos", g.id()),
	}
	figures, err := c.measure(ctx)
	if err != nil {
		return nil, err
	}
	each := 1e6 / (float64(n) * math.Log2(float64(n)))
	figures[0].Ours *= each
	figures[0].Peer *= each
	figures[0].Unit = "ns"
	return figures, nil
}

// segments counts what is united.
func (g growth) segments(ctx context.Context) (int, error) {
	in := g.input()
	paths, err := in.read(ctx)
	if err != nil {
		return 0, err
	}
	areas, err := in.areas(ctx, paths)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, r := range planar.Rings(areas) {
		n += len(r)
	}
	return n, nil
}
