package planar

import (
	"context"
	"fmt"
)

// Fill says which winding numbers are inside.
type Fill int

// The fill rules.
const (
	NonZero  Fill = iota // every winding number but 0
	EvenOdd              // the odd ones
	Positive             // those above 0
)

// Op is what [Boolean] makes of subject and clip.
type Op int

// The operations. That for the union has a name of its own because [Union] is
// the function that most callers want.
const (
	UnionOp      Op = iota // in the subject or in the clip
	Intersection           // in both
	Difference             // in the subject and not in the clip
	Xor                    // in exactly one of them
)

// Boolean combines two sets of rings, each taken by the fill rule. Rings may
// cross themselves and each other, touch, overlap and repeat. The result lies
// within half a grid step of the exact one, in x and in y.
//
// It fails with a [RangeError] for points off the grid, with [ErrTooLarge],
// and with the error of the context.
func Boolean(ctx context.Context, op Op, subject, clip []Ring, fill Fill) ([]Polygon, error) {
	inside, err := insideRule(op, fill)
	if err != nil {
		return nil, err
	}
	n := 0
	for _, r := range subject {
		n += len(r)
	}
	for _, r := range clip {
		n += len(r)
	}
	segs := make([]segment, 0, n)
	for _, r := range subject {
		segs = appendRing(segs, r, winding{subject: 1})
	}
	for _, r := range clip {
		segs = appendRing(segs, r, winding{clip: 1})
	}
	return polygonize(newPace(ctx), segs, inside)
}

// Union is the area that the rings fill together. See [Boolean].
func Union(ctx context.Context, rings []Ring, fill Fill) ([]Polygon, error) {
	return Boolean(ctx, UnionOp, rings, nil, fill)
}

// polygonize nodes segments and returns the polygons of the area inside.
func polygonize(pc *pace, segs []segment, inside func(winding) bool) ([]Polygon, error) {
	arr, err := node(pc, segs)
	if err != nil {
		return nil, err
	}
	g, err := newGraph(pc, arr, segs, false)
	if err != nil {
		return nil, err
	}
	b := borders{points: g.points}
	if err := g.sweep(pc, b.collect(g, inside)); err != nil {
		return nil, err
	}
	return b.polygons(pc)
}

func insideRule(op Op, fill Fill) (func(winding) bool, error) {
	var in func(int32) bool
	switch fill {
	case NonZero:
		in = func(n int32) bool { return n != 0 }
	case EvenOdd:
		in = func(n int32) bool { return n&1 != 0 }
	case Positive:
		in = func(n int32) bool { return n > 0 }
	default:
		return nil, fmt.Errorf("unknown fill rule %d: take NonZero, EvenOdd or Positive", fill)
	}
	switch op {
	case UnionOp:
		return func(w winding) bool { return in(w.subject) || in(w.clip) }, nil
	case Intersection:
		return func(w winding) bool { return in(w.subject) && in(w.clip) }, nil
	case Difference:
		return func(w winding) bool { return in(w.subject) && !in(w.clip) }, nil
	case Xor:
		return func(w winding) bool { return in(w.subject) != in(w.clip) }, nil
	}
	return nil, fmt.Errorf("unknown operation %d: take UnionOp, Intersection, Difference or Xor", op)
}
