package planar

import "context"

// ClippedPath is a piece of an input path.
type ClippedPath struct {
	Path   Path
	Source int // index of the path that it comes from
}

// ClipPaths keeps the parts of paths that lie on one side of an area. What
// runs along the border of the area belongs to Inside, once, so that Inside and
// Outside part every path without a gap or a double; Border keeps these runs
// alone. A border that two polygons of the area share is not a border of the
// area. Overlapping polygons count as their union.
//
// Pieces come in the order of the paths and along each of them; a closed path
// that is cut starts at its first cut. Cuts lie on the grid, within half a step
// in x and in y; other points are the paths' own. Paths of one point are kept
// or not by where that lies. It fails as [Boolean] does.
func ClipPaths(ctx context.Context, paths []Path, area []Polygon, keep Side) ([]Path, error) {
	pieces, err := ClipPathsIndexed(ctx, paths, area, keep)
	if err != nil {
		return nil, err
	}
	out := make([]Path, len(pieces))
	for i, p := range pieces {
		out[i] = p.Path
	}
	return out, nil
}

// ClipPathsIndexed is [ClipPaths] that also tells which path each piece comes
// from.
func ClipPathsIndexed(ctx context.Context, paths []Path, area []Polygon, keep Side) ([]ClippedPath, error) {
	c := clipper{keep: keep}
	for _, r := range Rings(area) {
		c.segs = appendRing(c.segs, r, winding{subject: 1})
	}
	rings := len(c.segs)
	for _, p := range paths {
		for i := 1; i < len(p); i++ {
			if p[i] != p[i-1] {
				c.segs = append(c.segs, newSegment(p[i-1], p[i], winding{}))
			}
		}
	}
	if err := c.classify(newPace(ctx)); err != nil {
		return nil, err
	}
	at := rings
	var index *Index
	for i, p := range paths {
		p = withoutRepeats(p)
		switch {
		case len(p) == 1:
			if index == nil {
				index = NewIndex(area)
			}
			if c.wanted(index.Locate(p[0])) {
				c.out = append(c.out, ClippedPath{Path{p[0]}, i})
			}
		case len(p) > 1:
			c.cut(p, i, at)
			at += len(p) - 1
		}
	}
	return c.out, nil
}

// clipper nodes the rings of an area and paths together and says of every edge
// where it lies.
type clipper struct {
	keep  Side
	segs  []segment
	arr   *arrangement
	graph *graph
	where []Location // by edge of the graph
	out   []ClippedPath
}

func (c *clipper) wanted(l Location) bool {
	return l == c.keep || l == Border && c.keep == Inside
}

func (c *clipper) classify(pc *pace) (err error) {
	if c.arr, err = node(pc, c.segs); err != nil {
		return err
	}
	if c.graph, err = newGraph(pc, c.arr, c.segs, true); err != nil {
		return err
	}
	c.where = make([]Location, len(c.graph.edges))
	return c.graph.sweep(pc, func(e, _ int32, below, above winding, under int32) int32 {
		switch b, a := below.subject != 0, above.subject != 0; {
		case b && a:
			c.where[e] = Inside
		case b || a:
			c.where[e] = Border
		}
		return under
	})
}

// cut adds the wanted pieces of a path, whose segments start at index at.
func (c *clipper) cut(p Path, source, at int) {
	first := len(c.out)
	var piece Path
	flush := func() {
		if piece != nil {
			c.out = append(c.out, ClippedPath{piece, source})
			piece = nil
		}
	}
	for i := 0; i+1 < len(p); i++ {
		chain := c.arr.chainFrom(at+i, c.segs[at+i].a != p[i])
		for j := 0; j+1 < len(chain); j++ {
			u, v := chain[j], chain[j+1]
			wanted := c.wanted(c.where[c.graph.edgeBetween(u, v)])
			if wanted == (piece != nil) {
				continue
			}
			if wanted {
				piece = Path{c.arr.points[u]}
				continue
			}
			if j > 0 {
				piece = append(piece, c.arr.points[u])
			}
			flush()
		}
		if piece != nil {
			piece = append(piece, p[i+1])
		}
	}
	throughEnd := piece != nil
	flush()
	last := len(c.out) - 1
	if throughEnd && last > first && p.Closed() && c.out[first].Path[0] == p[0] {
		c.out[first].Path = append(c.out[last].Path, c.out[first].Path[1:]...)
		c.out = c.out[:last]
	}
}
