//go:build geos

package main

import (
	"context"
	"fmt"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/internal/planar/synth"
	"github.com/mapwright/mapwright/internal/source"
	"github.com/mapwright/mapwright/internal/source/all"
	"github.com/paulmach/orb"
)

const (
	roadHalf  = 0.5 / planar.Unit   // half width of roads on the board, grid units
	roadGrow  = 0.125 / planar.Unit // by which their union is offset
	houseGrow = 0.05 / planar.Unit  // half a usual kerf
)

// kernelInput is something that the kernel is measured on, in grid units.
type kernelInput struct {
	name   string
	half   float64 // half width of the strokes; 0: the paths are rings of areas
	offset float64
	read   func(ctx context.Context) ([]planar.Path, error)
}

var inputs = map[string]kernelInput{
	"munich":        {"Munich, all roads", roadHalf, roadGrow, places[0].paths("highway")},
	"liechtenstein": {"Liechtenstein, all roads", roadHalf, roadGrow, places[1].paths("highway")},
	"houses":        {"Liechtenstein, all buildings", 0, houseGrow, places[1].paths("building")},
	"streets":       {"5,000 synthetic streets", synth.Metres(4), synth.Metres(1), streets(5000)},
	"town":          {"50,000 synthetic streets", synth.Metres(4), synth.Metres(1), streets(50000)},
}

func streets(n int) func(context.Context) ([]planar.Path, error) {
	return func(context.Context) ([]planar.Path, error) { return synth.Streets(n, 1), nil }
}

// areas gives what the union unites: each path stroked by itself, or the area
// of each ring.
func (in kernelInput) areas(ctx context.Context, paths []planar.Path) ([]planar.Polygon, error) {
	var areas []planar.Polygon
	for _, path := range paths {
		var one []planar.Polygon
		var err error
		if in.half > 0 {
			one, err = planar.Stroke(ctx, []planar.Path{path}, in.half, roundStyle(in.half))
		} else {
			one, err = planar.Union(ctx, []planar.Ring{planar.Ring(path[:len(path)-1])}, planar.NonZero)
		}
		if err != nil {
			return nil, err
		}
		areas = append(areas, one...)
	}
	return areas, nil
}

// paths reads the lines, or the rings of the areas, with a tag of a place as
// they lie on its board.
func (p place) paths(key string) func(context.Context) ([]planar.Path, error) {
	return func(ctx context.Context) ([]planar.Path, error) {
		got, err := all.Importers().Import(ctx, source.Request{Path: p.source(), Layer: key, Where: map[string]string{key: "*"}})
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
		add := func(points []orb.Point) {
			var path planar.Path
			for _, q := range points {
				path = append(path, planar.FromMM(transform.Forward(q)))
			}
			paths = append(paths, path)
		}
		for _, f := range got.Layers[0].Features {
			switch g := f.Geometry.(type) {
			case orb.LineString:
				if key != "building" {
					add(g)
				}
			case orb.Polygon:
				if key == "building" {
					add(g[0])
				}
			case orb.MultiPolygon:
				for _, one := range g {
					if key == "building" {
						add(one[0])
					}
				}
			}
		}
		if len(paths) == 0 {
			return nil, fmt.Errorf("%s holds nothing with the tag %s", p.file, key)
		}
		return paths, nil
	}
}
