// Package artworktest gives tests of formats real artwork: the middle of
// Munich, and one shape of everything that artwork can hold.
package artworktest

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/mapwright/mapwright/plugins/artwork"
)

//go:embed testdata/munich.json
var munich []byte

// Attribution is due wherever Munich is shown.
const Attribution = "© OpenStreetMap contributors"

// Munich is a board of 100 × 80 mm with three layers, the lowest first: water
// engraved medium, buildings engraved light, streets scored. Each call gives
// new layers. It panics if the data that it embeds is broken.
func Munich() (artwork.Board, []*artwork.Layer) {
	var data struct {
		Buildings, Water [][][][2]float64 // polygons, rings, points
		Streets          [][][2]float64   // lines, points
	}
	if err := json.Unmarshal(munich, &data); err != nil {
		panic(fmt.Sprintf("artworktest: munich.json: %v", err))
	}
	streets := &artwork.Layer{ID: "streets", Name: "streets", Operation: artwork.Score, Setting: "1", Color: "#0000FF"}
	for i, line := range data.Streets {
		streets.Shapes = append(streets.Shapes, artwork.Shape{
			Board: 1, Operation: artwork.Score, Setting: "1", Feature: int64(i + 1),
			Paths: []artwork.Path{{Points: points(line)}},
		})
	}
	return board(100, 80), []*artwork.Layer{
		areas("water", "medium", "#FF00FF", data.Water),
		areas("buildings", "light", "#FF8000", data.Buildings),
		streets,
	}
}

// Everything is a board of 60 × 40 mm with a layer of each operation that is
// burned: every verb, a hole, an island in a hole, a ring that crosses
// itself, an open path, a dot of a circle, inner and outer cuts, a helper line.
func Everything() (artwork.Board, []*artwork.Layer) {
	engrave := func(setting string, paths ...artwork.Path) artwork.Shape {
		return artwork.Shape{Board: 1, Operation: artwork.Engrave, Setting: setting, Fill: true, Paths: paths}
	}
	follow := func(o artwork.Operation, setting string, paths ...artwork.Path) artwork.Shape {
		return artwork.Shape{Board: 1, Operation: o, Setting: setting, Paths: paths}
	}
	star := artwork.Path{Closed: true, Points: []artwork.Point{{X: 30, Y: 6}, {X: 38, Y: 30}, {X: 18, Y: 15}, {X: 42, Y: 15}, {X: 22, Y: 30}}}
	wave := artwork.Path{
		Points: []artwork.Point{{X: 4, Y: 34}, {X: 14, Y: 42}, {X: 14, Y: 26}, {X: 24, Y: 34}, {X: 28, Y: 37}, {X: 32, Y: 34}, {X: 40, Y: 34}},
		Verbs:  []artwork.Verb{artwork.CubicTo, artwork.ArcTo, artwork.LineTo},
	}
	return board(60, 40), []*artwork.Layer{
		{ID: "a", Name: "Cuts & holes", Operation: artwork.Cut, Setting: "outer", Shapes: []artwork.Shape{
			follow(artwork.Cut, "outer", rectangle(1, 1, 59, 39)),
			follow(artwork.Cut, "inner", circle(52, 32, 3)),
		}},
		{ID: "b", Name: "areas", Operation: artwork.Engrave, Setting: "dark", Shapes: []artwork.Shape{
			engrave("dark", rectangle(4, 4, 16, 24), rectangle(6, 6, 14, 22), rectangle(8, 8, 12, 20)),
			engrave("medium", star),
			engrave("light", circle(50, 12, 7), circle(50, 12, 4)),
		}},
		{ID: "c", Name: "lines", Operation: artwork.Score, Setting: "1", Shapes: []artwork.Shape{
			follow(artwork.Score, "1", wave),
			follow(artwork.Score, "2", artwork.Path{Points: []artwork.Point{{X: 44, Y: 24}, {X: 56, Y: 24}, {X: 56, Y: 22}}}),
			follow(artwork.Guide, "default", rectangle(0, 0, 60, 40)),
		}},
	}
}

func board(w, h float64) artwork.Board {
	return artwork.Board{Number: 1, Width: w, Height: h, Frame: rectangle(0, 0, w, h)}
}

func areas(name, setting, color string, polygons [][][][2]float64) *artwork.Layer {
	l := &artwork.Layer{ID: name, Name: name, Operation: artwork.Engrave, Setting: setting, Color: color}
	for i, rings := range polygons {
		s := artwork.Shape{Board: 1, Operation: artwork.Engrave, Setting: setting, Fill: true, Feature: int64(i + 1)}
		for _, r := range rings {
			s.Paths = append(s.Paths, artwork.Path{Points: points(r), Closed: true})
		}
		l.Shapes = append(l.Shapes, s)
	}
	return l
}

func points(pairs [][2]float64) []artwork.Point {
	out := make([]artwork.Point, len(pairs))
	for i, p := range pairs {
		out[i] = artwork.Point{X: p[0], Y: p[1]}
	}
	return out
}

func rectangle(x0, y0, x1, y1 float64) artwork.Path {
	return artwork.Path{Closed: true, Points: []artwork.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}}}
}

// circle is two arcs.
func circle(x, y, r float64) artwork.Path {
	return artwork.Path{Closed: true, Verbs: []artwork.Verb{artwork.ArcTo, artwork.ArcTo}, Points: []artwork.Point{
		{X: x + r, Y: y}, {X: x, Y: y + r}, {X: x - r, Y: y}, {X: x, Y: y - r}, {X: x + r, Y: y},
	}}
}
