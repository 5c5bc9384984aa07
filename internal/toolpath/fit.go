package toolpath

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Stroke is a path to be fitted.
type Stroke struct {
	Path  planar.Path // a closed one repeats its start
	Fill  bool        // it is a ring of an area
	Error float64     // how far the curve may lie from it, mm; 0: it keeps its lines
}

// Options are what all paths of a board have in common.
type Options struct {
	// Straight tells which segments stay as they are, such as those along the
	// frame; nil: none.
	Straight func(a, b planar.Point) bool
	// Inside tells which points a curve may come to; nil: all. Where two points
	// are inside, the line between them is.
	Inside func(planar.Point) bool
	// Apart is how near lines burn the same, mm: curves do not run this near to
	// each other for longer than the lines did. 0: whatever they do.
	Apart float64
	// Crossing is for how long lines that cross come so near, mm.
	Crossing float64
}

// Fit draws the paths of a board with lines, arcs and cubics that keep within
// each path's error of it, both ways. Stretches that paths share come out the
// same for all of them, at the smallest of their errors. The starts and ends of
// open paths stay; closed ones may start elsewhere.
//
// Handles of curves need not lie on the grid. It fails only when ctx ends.
func Fit(ctx context.Context, strokes []Stroke, o Options) ([]artwork.Path, error) {
	n := newNet(strokes, o.Straight)
	fitted := make([][]piece, len(n.chains))
	err := parallel(ctx, len(n.chains), func() func(i int) {
		var f fitter
		return func(i int) { fitted[i] = f.fit(&n.chains[i]) }
	})
	if err != nil {
		return nil, err
	}
	if err := n.settle(ctx, fitted, o); err != nil {
		return nil, err
	}
	out := make([]artwork.Path, len(strokes))
	for i := range strokes {
		out[i] = n.path(i, strokes[i].Path, fitted)
	}
	return out, nil
}

// path puts the pieces of a path's chains together.
func (n *net) path(i int, given planar.Path, fitted [][]piece) artwork.Path {
	var pieces []piece
	for _, c := range n.route[i] {
		if !c.backward {
			pieces = append(pieces, fitted[c.chain]...)
			continue
		}
		own := fitted[c.chain]
		for k := len(own) - 1; k >= 0; k-- {
			pieces = append(pieces, own[k].reversed())
		}
	}
	p := artwork.Path{Closed: n.closed[i]}
	if len(pieces) == 0 {
		for _, q := range given {
			p.Points = append(p.Points, vecOf(q).mm())
		}
		return p
	}
	if last := len(pieces) - 1; p.Closed && last > 0 && pieces[last].verb == artwork.LineTo {
		pieces = pieces[:last]
	}
	p.Points = append(p.Points, pieces[0].start().mm())
	straight := true
	for _, c := range pieces {
		straight = straight && c.verb == artwork.LineTo
		for k := 1; k <= c.verb.Points(); k++ {
			p.Points = append(p.Points, c.p[k].mm())
		}
	}
	if straight {
		return p
	}
	p.Verbs = make([]artwork.Verb, len(pieces))
	for k, c := range pieces {
		p.Verbs[k] = c.verb
	}
	return p
}

// parallel does n jobs on all cores, in batches. Each worker gets a function of
// its own from begin.
func parallel(ctx context.Context, n int, begin func() func(i int)) error {
	const batch = 64
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n/batch+1) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			do := begin()
			for ctx.Err() == nil {
				from := int(next.Add(batch)) - batch
				if from >= n {
					return
				}
				for i := from; i < min(n, from+batch); i++ {
					do(i)
				}
			}
		}()
	}
	wait.Wait()
	return ctx.Err()
}

// Nodes counts the places where a path's lines and curves meet, and its ends:
// what an editor shows as nodes.
func Nodes(p artwork.Path) int {
	n := len(p.Points)
	if p.Verbs != nil {
		n = 1 + len(p.Verbs)
	}
	if p.Closed && p.Verbs != nil && len(p.Points) > 1 && p.Points[0] == p.Points[len(p.Points)-1] {
		n--
	}
	return n
}
