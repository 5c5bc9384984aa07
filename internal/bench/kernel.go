//go:build geos

package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"strconv"
	"time"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/internal/planar/geostest"
)

const quadrant = 8 // segments a quarter circle, GEOS's default

// kernel measures the geometry kernel beside GEOS on these inputs.
func kernel(ids ...string) []contest {
	var all []contest
	for _, id := range ids {
		in := inputs[id]
		if in.half > 0 {
			all = append(all,
				contest{"union of stroked roads", in.name, "GEOS UnaryUnion", nil, child("union", "ours", id), child("union", "geos", id)},
				contest{"stroke and dissolve roads", in.name, "GEOS buffer", nil, child("stroke", "ours", id), child("stroke", "geos", id)},
			)
		} else {
			all = append(all,
				contest{"union of areas", in.name, "GEOS UnaryUnion", nil, child("union", "ours", id), child("union", "geos", id)})
		}
		if id != "town" { // where a first time takes long, it is no other than the next ones
			all = append(all,
				contest{"union once more in the process", in.name, "GEOS UnaryUnion", nil, child("union again", "ours", id), child("union again", "geos", id)})
		}
		all = append(all,
			contest{"offset of the union", in.name, "GEOS buffer", nil, child("offset", "ours", id), child("offset", "geos", id)},
			contest{"inset of the union", in.name, "GEOS buffer", nil, child("inset", "ours", id), child("inset", "geos", id)})
	}
	return all
}

// runChild does one job once and prints the milliseconds that it took.
func runChild(args []string) error {
	if len(args) != 3 {
		return errors.New("child wants a job, a side and an input")
	}
	if args[0] == "window" {
		return windowJob(args[1], args[2])
	}
	ctx := context.Background()
	var took time.Duration
	var err error
	if args[0] == "canvas" {
		took, err = canvasJob(ctx, args[1], args[2])
	} else {
		// As in our program, not on the thread that Fyne keeps for the window.
		done := make(chan struct{})
		go func() {
			defer close(done)
			took, err = kernelJob(ctx, args[0], args[1], args[2])
		}()
		<-done
	}
	if err != nil {
		return err
	}
	fmt.Println(strconv.FormatFloat(took.Seconds()*1000, 'f', 3, 64))
	return nil
}

// kernelJob prepares an input as both sides want it, and measures one of them.
func kernelJob(ctx context.Context, what, side, id string) (time.Duration, error) {
	in, ok := inputs[id]
	for _, n := range grown {
		if g := (growth{n}); g.id() == id {
			in, ok = g.input(), true
		}
	}
	if !ok {
		return 0, fmt.Errorf("there is no input %q", id)
	}
	paths, err := in.read(ctx)
	if err != nil {
		return 0, err
	}
	geos := geostest.New()
	defer geos.Close()
	if what == "stroke" {
		if side == "ours" {
			return timed(func() error { _, err := planar.Stroke(ctx, paths, in.half, roundStyle(in.half)); return err })
		}
		lines, err := geos.Lines(paths)
		if err != nil {
			return 0, err
		}
		return timed(func() error { _, err := lines.Buffer(in.half, quadrant); return err })
	}
	areas, err := in.areas(ctx, paths)
	if err != nil {
		return 0, err
	}
	d := in.offset
	switch what {
	case "union", "union again":
		rings := planar.Rings(areas)
		unite := func() error { _, err := planar.Union(ctx, rings, planar.NonZero); return err }
		if side != "ours" {
			polygons, err := geos.Polygons(areas)
			if err != nil {
				return 0, err
			}
			unite = func() error { _, err := polygons.UnaryUnion(); return err }
		}
		if what == "union again" {
			if err := unite(); err != nil {
				return 0, err
			}
		}
		return timed(unite)
	case "inset":
		d = -d
	case "offset":
	default:
		return 0, fmt.Errorf("there is no job %q", what)
	}
	united, err := planar.Union(ctx, planar.Rings(areas), planar.NonZero)
	if err != nil {
		return 0, err
	}
	if side == "ours" {
		return timed(func() error { _, err := planar.Offset(ctx, united, d, roundStyle(d)); return err })
	}
	polygons, err := geos.Polygons(united)
	if err != nil {
		return 0, err
	}
	return timed(func() error { _, err := polygons.Buffer(d, quadrant); return err })
}

// roundStyle flattens arcs as finely as GEOS does with so many segments.
func roundStyle(d float64) planar.Style {
	return planar.Style{Tolerance: math.Abs(d) * (1 - math.Cos(math.Pi/(4*quadrant)))}
}

func timed(f func() error) (time.Duration, error) {
	runtime.GC() // what made the input ready leaves nothing to be done on this time
	start := time.Now()
	err := f()
	return time.Since(start), err
}
