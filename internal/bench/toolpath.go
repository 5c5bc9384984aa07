//go:build geos

package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"github.com/mapwright/mapwright/internal/toolpath"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/quadtree"
)

// pathOrder measures how far a machine travels between paths, and how long
// ordering them takes, beside going to the nearest path each time, with the
// quadtree of orb to find it, and beside no order.
type pathOrder struct{ paths int }

func (o pathOrder) what() (name, input string) {
	return "path order", fmt.Sprintf("%d paths on 300 × 200 mm", o.paths)
}

func (o pathOrder) measure(ctx context.Context) ([]figure, error) {
	shapes := o.shapes()
	var ours, peer []cost
	var travel, greedy float64
	for range runs {
		began := time.Now()
		ordered, err := toolpath.Order(ctx, shapes, nil)
		if err != nil {
			return nil, err
		}
		ours = append(ours, cost{millis: time.Since(began).Seconds() * 1000})
		travel = travelOf(ordered)
		began = time.Now()
		greedy = greedyTravel(shapes)
		peer = append(peer, cost{millis: time.Since(began).Seconds() * 1000})
	}
	name, input := o.what()
	millis := func(c cost) float64 { return c.millis }
	a, b := median(ours, millis), median(peer, millis)
	drawn := travelOf(shapes)
	return []figure{
		{name + ": travel", input, travel, greedy, "nearest path each time", "mm", greedy / travel},
		{name + ": travel", input, travel, drawn, "no order", "mm", drawn / travel},
		{name + ": time", input, a, b, "nearest path each time", "ms", b / a},
	}, nil
}

// shapes are short open lines all over a board.
func (o pathOrder) shapes() []artwork.Shape {
	random := rand.New(rand.NewPCG(11, uint64(o.paths)))
	shapes := make([]artwork.Shape, o.paths)
	for i := range shapes {
		x, y := 300*random.Float64(), 200*random.Float64()
		p := artwork.Path{Points: []artwork.Point{{X: x, Y: y}, {X: x + 2*random.Float64(), Y: y + 2*random.Float64()}}}
		shapes[i] = artwork.Shape{Board: 1, Operation: artwork.Score, Paths: []artwork.Path{p}}
	}
	return shapes
}

func travelOf(shapes []artwork.Shape) float64 {
	sum, head := 0.0, artwork.Point{}
	for _, s := range shapes {
		p := s.Paths[0].Points
		sum += math.Hypot(p[0].X-head.X, p[0].Y-head.Y)
		head = p[len(p)-1]
	}
	return sum
}

// pathEnd is one end of a path in the quadtree.
type pathEnd struct {
	at, other orb.Point
	path      int
}

func (e *pathEnd) Point() orb.Point { return e.at }

// greedyTravel is the way when the nearest end of those left is next.
func greedyTravel(shapes []artwork.Shape) float64 {
	tree := quadtree.New(orb.Bound{Max: orb.Point{310, 210}})
	ends := make([][2]*pathEnd, len(shapes))
	for i, s := range shapes {
		p := s.Paths[0].Points
		a, b := orb.Point{p[0].X, p[0].Y}, orb.Point{p[len(p)-1].X, p[len(p)-1].Y}
		ends[i] = [2]*pathEnd{{a, b, i}, {b, a, i}}
		for _, e := range ends[i] {
			if err := tree.Add(e); err != nil {
				panic(err) // the box holds all of them
			}
		}
	}
	sum, head := 0.0, orb.Point{}
	for range shapes {
		e := tree.Find(head).(*pathEnd)
		sum += math.Hypot(e.at[0]-head[0], e.at[1]-head[1])
		head = e.other
		for _, own := range ends[e.path] {
			tree.Remove(own, func(p orb.Pointer) bool { return p == orb.Pointer(own) })
		}
	}
	return sum
}

// pathOrders are the inputs of the contest.
func pathOrders() []entry {
	var all []entry
	for _, n := range []int{2_000, 50_000} {
		all = append(all, pathOrder{n})
	}
	return all
}
