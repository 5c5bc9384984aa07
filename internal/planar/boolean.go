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
	pc, k := newPace(ctx), (*core)(nil)
	if op == UnionOp && fill != EvenOdd && atLeast(subject, coreFrom) {
		if k, err = newCore(pc, subject); err != nil {
			return nil, err
		}
	}
	segs, err := ringSegments(pc, subject, clip, k)
	if err != nil {
		return nil, err
	}
	return polygonizeStrips(pc, segs, rule{inside, k}, perStrip)
}

func atLeast(rings []Ring, points int) bool {
	for _, r := range rings {
		if points -= len(r); points <= 0 {
			return true
		}
	}
	return false
}

// Union is the area that the rings fill together. See [Boolean].
func Union(ctx context.Context, rings []Ring, fill Fill) ([]Polygon, error) {
	return Boolean(ctx, UnionOp, rings, nil, fill)
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
		switch fill { // those that are asked most, without a call
		case NonZero:
			return func(w winding) bool { return w.subject|w.clip != 0 }, nil
		case Positive:
			return func(w winding) bool { return w.subject > 0 || w.clip > 0 }, nil
		}
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
