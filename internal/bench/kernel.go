//go:build geos

package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/internal/planar/geostest"
	"github.com/mapwright/mapwright/internal/planar/synth"
	"github.com/mapwright/mapwright/internal/source"
	"github.com/mapwright/mapwright/internal/source/all"
	"github.com/paulmach/orb"
)

const (
	roadWidth = 1.0 // mm on the board
	quadrant  = 8   // segments a quarter circle, GEOS's default
	streets   = 5000
)

// kernel measures union and stroke on the roads of a place, drawn on its board.
func (p place) kernel() []contest { return roads(p.name+", all roads", p.name) }

// synthetic measures the same on made streets, as the kernel's own tests do.
func synthetic() []contest { return roads("5,000 synthetic streets", "synthetic") }

func roads(input, id string) []contest {
	return []contest{
		{"union of stroked roads", input, "GEOS UnaryUnion", nil, child("union", "ours", id), child("union", "geos", id)},
		{"stroke and dissolve roads", input, "GEOS buffer", nil, child("stroke", "ours", id), child("stroke", "geos", id)},
	}
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
	if args[0] == "canvas" {
		took, err := canvasJob(ctx, args[1], args[2])
		if err != nil {
			return err
		}
		tell(took)
		return nil
	}
	paths, err := input(ctx, args[2])
	if err != nil {
		return err
	}
	half := roadWidth / 2 / planar.Unit
	if args[2] == "synthetic" {
		half = synth.Metres(4)
	}
	took, err := job(ctx, args[0], args[1], paths, half)
	if err != nil {
		return err
	}
	tell(took)
	return nil
}

func tell(took time.Duration) { fmt.Println(strconv.FormatFloat(took.Seconds()*1000, 'f', 3, 64)) }

func job(ctx context.Context, what, side string, paths []planar.Path, half float64) (time.Duration, error) {
	style := planar.Style{Tolerance: half * (1 - math.Cos(math.Pi/(4*quadrant)))}
	geos := geostest.New()
	defer geos.Close()
	if what == "stroke" {
		if side == "ours" {
			return timed(func() error { _, err := planar.Stroke(ctx, paths, half, style); return err })
		}
		lines, err := geos.Lines(paths)
		if err != nil {
			return 0, err
		}
		return timed(func() error { _, err := lines.Buffer(half, quadrant); return err })
	}
	var each []planar.Polygon
	for _, path := range paths {
		one, err := planar.Stroke(ctx, []planar.Path{path}, half, style)
		if err != nil {
			return 0, err
		}
		each = append(each, one...)
	}
	if side == "ours" {
		rings := planar.Rings(each)
		return timed(func() error { _, err := planar.Union(ctx, rings, planar.NonZero); return err })
	}
	polygons, err := geos.Polygons(each)
	if err != nil {
		return 0, err
	}
	return timed(func() error { _, err := polygons.UnaryUnion(); return err })
}

func timed(f func() error) (time.Duration, error) {
	start := time.Now()
	err := f()
	return time.Since(start), err
}

// input reads the roads of a place as paths on its board, or makes streets.
func input(ctx context.Context, id string) ([]planar.Path, error) {
	if id == "synthetic" {
		return synth.Streets(streets, 1), nil
	}
	for _, p := range places {
		if p.name == id {
			return p.roads(ctx)
		}
	}
	return nil, fmt.Errorf("there is no input %q", id)
}

func (p place) roads(ctx context.Context) ([]planar.Path, error) {
	got, err := all.Importers().Import(ctx, source.Request{Path: p.source(), Layer: "roads", Where: map[string]string{"highway": "*"}})
	if err != nil {
		return nil, err
	}
	boards := carto.Boards{Count: 1, Width: 300, Height: 300, Frame: carto.Frame{Shape: carto.FrameRect}, Margin: carto.DefaultMargin}
	view, err := carto.Fit(got.Bounds, boards, 0, "")
	if err != nil {
		return nil, err
	}
	transform, err := view.Transform(boards)
	if err != nil {
		return nil, err
	}
	var paths []planar.Path
	for _, f := range got.Layers[0].Features {
		line, ok := f.Geometry.(orb.LineString)
		if !ok {
			continue
		}
		var path planar.Path
		for _, q := range line {
			path = append(path, planar.FromMM(transform.Forward(q)))
		}
		paths = append(paths, path)
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("%s holds no roads", p.file)
	}
	return paths, nil
}
