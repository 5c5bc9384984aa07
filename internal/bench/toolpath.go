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
// quadtree of orb to find it, and beside no order. A closed path may start
// anywhere with us; the peer starts it where it starts.
type pathOrder struct {
	input string
	read  func(ctx context.Context) ([]artwork.Shape, error)
}

func (o pathOrder) what() (name, input string) { return "path order", o.input }

func (o pathOrder) measure(ctx context.Context) ([]figure, error) {
	shapes, err := o.read(ctx)
	if err != nil {
		return nil, err
	}
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
	given := travelOf(shapes)
	return []figure{
		{name + ": travel", input, travel, greedy, "nearest path each time", "mm", greedy / travel},
		{name + ": travel", input, travel, given, "no order", "mm", given / travel},
		{name + ": time", input, a, b, "nearest path each time", "ms", b / a},
	}, nil
}

// made are short open lines all over a board.
func made(paths int) func(context.Context) ([]artwork.Shape, error) {
	return func(context.Context) ([]artwork.Shape, error) {
		random := rand.New(rand.NewPCG(11, uint64(paths)))
		shapes := make([]artwork.Shape, paths)
		for i := range shapes {
			x, y := 300*random.Float64(), 200*random.Float64()
			p := artwork.Path{Points: []artwork.Point{{X: x, Y: y}, {X: x + 2*random.Float64(), Y: y + 2*random.Float64()}}}
			shapes[i] = artwork.Shape{Board: 1, Operation: artwork.Score, Paths: []artwork.Path{p}}
		}
		return shapes, nil
	}
}

// drawn are the paths of an input of the kernel, as their file has them.
func drawn(in kernelInput) func(context.Context) ([]artwork.Shape, error) {
	return func(ctx context.Context) ([]artwork.Shape, error) {
		paths, err := in.read(ctx)
		if err != nil {
			return nil, err
		}
		shapes := make([]artwork.Shape, len(paths))
		for i, path := range paths {
			p := artwork.Path{Closed: path.Closed()}
			for _, q := range path {
				x, y := q.MM()
				p.Points = append(p.Points, artwork.Point{X: x, Y: y})
			}
			if p.Closed {
				p.Points = p.Points[:len(p.Points)-1]
			}
			shapes[i] = artwork.Shape{Board: 1, Operation: artwork.Score, Paths: []artwork.Path{p}}
		}
		return shapes, nil
	}
}

func travelOf(shapes []artwork.Shape) float64 {
	sum, head := 0.0, artwork.Point{}
	for _, s := range shapes {
		first, last := ends(s)
		sum += math.Hypot(first.X-head.X, first.Y-head.Y)
		head = last
	}
	return sum
}

// ends are where the head comes to a shape of one path, and where it leaves it.
func ends(s artwork.Shape) (first, last artwork.Point) {
	p := s.Paths[0]
	if p.Closed {
		return p.Points[0], p.Points[0]
	}
	return p.Points[0], p.Points[len(p.Points)-1]
}

// pathEnd is one end of a path in the quadtree.
type pathEnd struct {
	at, other orb.Point
	path      int
}

func (e *pathEnd) Point() orb.Point { return e.at }

// greedyTravel is the way when the nearest end of those left is next.
func greedyTravel(shapes []artwork.Shape) float64 {
	box := artwork.EmptyBox()
	for _, s := range shapes {
		first, last := ends(s)
		box = box.Add(first).Add(last)
	}
	tree := quadtree.New(orb.Bound{Min: orb.Point{box.Min.X, box.Min.Y}, Max: orb.Point{box.Max.X, box.Max.Y}})
	all := make([][2]*pathEnd, len(shapes))
	for i, s := range shapes {
		first, last := ends(s)
		a, b := orb.Point{first.X, first.Y}, orb.Point{last.X, last.Y}
		all[i] = [2]*pathEnd{{a, b, i}, {b, a, i}}
		for _, e := range all[i] {
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
		for _, own := range all[e.path] {
			tree.Remove(own, func(p orb.Pointer) bool { return p == orb.Pointer(own) })
		}
	}
	return sum
}

// pathOrders are the inputs of the contest.
func pathOrders() []entry {
	var all []entry
	for _, n := range []int{2_000, 50_000} {
		all = append(all, pathOrder{fmt.Sprintf("%d paths on 300 × 200 mm", n), made(n)})
	}
	for _, id := range []string{"munich", "liechtenstein", "houses"} {
		all = append(all, pathOrder{inputs[id].name, drawn(inputs[id])})
	}
	return all
}
