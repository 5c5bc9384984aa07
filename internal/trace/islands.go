package trace

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
)

// strut is a straight bridge between two areas, from a on the border of one to
// b on that of the other.
type strut struct {
	a, b     planar.Point
	from, to int // the areas
	length   float64
	cost     float64 // the length, and more where an area is too thin to hold it
}

// joinIslands adds struts of a width, grid units, to areas until they are one
// piece, and then more until every area but the largest has so many of them.
// It gives the united areas, which are several where there is no way, and the
// number of struts.
//
// The first ones are a shortest spanning tree: from many places along each
// border the nearest other area is looked for, and the shortest ways that join
// what was apart are taken (J. B. Kruskal, "On the shortest spanning subtree of
// a graph", Proceedings of the American Mathematical Society 7 (1956) 48–50).
// Where that leaves groups apart it is done again with the groups. Further ones
// go where they are far from those of the same area, and short.
func joinIslands(ctx context.Context, areas []planar.Polygon, count int, width float64) ([]planar.Polygon, int, error) {
	made := 0
	for len(areas) > 1 {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		candidates := struts(areas, width)
		taken := spanning(candidates, len(areas))
		if len(taken) == 0 {
			break
		}
		if made == 0 {
			taken = furtherStruts(taken, candidates, areas, count, width)
		}
		made += len(taken)
		drawn, err := drawStruts(ctx, taken, width)
		if err != nil {
			return nil, 0, err
		}
		joined, err := planar.Union(ctx, append(planar.Rings(areas), planar.Rings(drawn)...), planar.Positive)
		if err != nil {
			return nil, 0, err
		}
		if len(joined) >= len(areas) {
			break
		}
		areas, count = joined, 1
	}
	return areas, made, nil
}

// struts gives the ways from places along the border of each area to the
// nearest other one, from cheap to dear.
func struts(areas []planar.Polygon, width float64) []strut {
	table := newEdgeTable(areas)
	index := make([]*planar.Index, len(areas))
	for i := range areas {
		index[i] = planar.NewIndex(areas[i : i+1])
	}
	var out []strut
	for i, p := range areas {
		for k, r := range p {
			if k > 0 && len(r) > 3000 {
				continue // what lies in it looks for it from its own side
			}
			for _, a := range places(r, width) {
				b, other := table.nearest(a, i)
				length := distance(a, b)
				if other < 0 || length > 0 && index[i].Locate(between(a, b, math.Min(8, length/2))) == planar.Inside {
					continue
				}
				cost := length + width*float64(footing(index[i], b, a, width)+footing(index[other], a, b, width))
				out = append(out, strut{a, b, i, other, length, cost})
			}
		}
	}
	slices.SortStableFunc(out, func(s, t strut) int {
		return cmp.Or(cmp.Compare(s.cost, t.cost), s.a.Compare(t.a), s.b.Compare(t.b))
	})
	return out
}

// footing tells how badly an area holds a strut that comes from a and ends on
// its border at b: how many of three points behind its end, as far inside as
// half its width, lie beside the area.
func footing(area *planar.Index, a, b planar.Point, width float64) int {
	length := distance(a, b)
	if length == 0 {
		return 0
	}
	ux, uy := float64(b.X-a.X)/length*width, float64(b.Y-a.Y)/length*width
	bad := 0
	for _, side := range []float64{-0.45, 0, 0.45} {
		p := planar.Point{
			X: b.X + int32(math.RoundToEven(float64(ux/2)-float64(uy*side))),
			Y: b.Y + int32(math.RoundToEven(float64(uy/2)+float64(ux*side))),
		}
		if area.Locate(p) == planar.Outside {
			bad++
		}
	}
	return bad
}

// places gives points along a ring, a strut's width apart, but neither few nor
// very many: in the middle of stretches, so that they keep away from corners.
func places(r planar.Ring, width float64) []planar.Point {
	const fewest, most = 8, 160
	path := append(append(make(planar.Path, 0, len(r)+1), r...), r[0])
	length := planar.Length(path)
	n := min(max(int(length/width), fewest), most)
	out := make([]planar.Point, 0, n)
	at, next := 0.0, length/float64(2*n)
	for i := 1; i < len(path); i++ {
		size := distance(path[i-1], path[i])
		for ; next <= at+size && len(out) < n; next += length / float64(n) {
			out = append(out, between(path[i-1], path[i], next-at))
		}
		at += size
	}
	return out
}

// spanning takes the shortest struts that join what is apart.
func spanning(candidates []strut, areas int) []strut {
	group := make([]int, areas)
	for i := range group {
		group[i] = i
	}
	find := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	var taken []strut
	for _, s := range candidates {
		if a, b := find(s.from), find(s.to); a != b {
			group[max(a, b)] = min(a, b)
			taken = append(taken, s)
		}
	}
	return taken
}

// furtherStruts adds struts until every area but the largest has so many, where
// there is room for them.
func furtherStruts(taken, candidates []strut, areas []planar.Polygon, count int, width float64) []strut {
	largest := 0
	for i := range areas {
		if planar.Area(areas[i:i+1]) > planar.Area(areas[largest:largest+1]) {
			largest = i
		}
	}
	ends := make([][]planar.Point, len(areas))
	note := func(s strut) {
		ends[s.from], ends[s.to] = append(ends[s.from], s.a), append(ends[s.to], s.b)
	}
	for _, s := range taken {
		note(s)
	}
	from := make([][]strut, len(areas))
	for _, s := range candidates {
		from[s.from] = append(from[s.from], s)
	}
	for i := range areas {
		for i != largest && len(ends[i]) < count {
			s, ok := farthestStrut(from[i], ends[i], width)
			if !ok {
				break
			}
			taken = append(taken, s)
			note(s)
		}
	}
	return taken
}

// farthestStrut chooses a strut far from the ends of others, and short.
func farthestStrut(candidates []strut, ends []planar.Point, width float64) (best strut, ok bool) {
	most := 0.0
	for _, s := range candidates {
		apart := math.Inf(1)
		for _, e := range ends {
			apart = math.Min(apart, distance(s.a, e))
		}
		if apart < 2*width {
			continue
		}
		if score := apart / (s.cost + width); !ok || score > most+1e-9 {
			best, most, ok = s, score, true
		}
	}
	return best, ok
}

// drawStruts draws struts a little into both areas, so that a border that is
// not straight holds them too.
func drawStruts(ctx context.Context, list []strut, width float64) ([]planar.Polygon, error) {
	paths := make([]planar.Path, 0, len(list))
	for _, s := range list {
		if s.length == 0 {
			paths = append(paths, planar.Path{
				{X: s.a.X - int32(width/2), Y: s.a.Y}, {X: s.a.X + int32(width/2), Y: s.a.Y},
			})
			continue
		}
		paths = append(paths, planar.Path{beyond(s.b, s.a, width/4), beyond(s.a, s.b, width/4)})
	}
	return planar.Stroke(ctx, paths, width/2, planar.Style{Cap: planar.ButtCap})
}

// beyond is the point a distance behind b, seen from a.
func beyond(a, b planar.Point, d float64) planar.Point {
	length := distance(a, b)
	return planar.Point{
		X: b.X + int32(math.RoundToEven(float64(b.X-a.X)/length*d)),
		Y: b.Y + int32(math.RoundToEven(float64(b.Y-a.Y)/length*d)),
	}
}
