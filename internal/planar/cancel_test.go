package planar

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync/atomic"
	"testing"
)

// patience is a context that is cancelled after it was asked so many times,
// which stops a computation at any place wanted, without a clock.
type patience struct {
	context.Context
	left atomic.Int64
}

func newPatience(times int64) *patience {
	p := &patience{Context: context.Background()}
	p.left.Store(times)
	return p
}

func (p *patience) Err() error {
	if p.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// "Cancel" in the app must stop a large map soon, wherever it is.
func TestCancel(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 8))
	var rings []Ring
	var paths []Path
	for range 6000 {
		x, y := r.Int32N(1<<20), r.Int32N(1<<20)
		rings = append(rings, rect(x, y, x+2000, y+3000))
		paths = append(paths, Path{{x, y}, {x + 9000, y + 5000}})
	}
	area := mustValidLarge(t, rings)
	calls := map[string]func(context.Context) error{
		"Boolean": func(ctx context.Context) error { _, err := Union(ctx, rings, NonZero); return err },
		"Offset":  func(ctx context.Context) error { _, err := Offset(ctx, area, 100, Style{}); return err },
		"Stroke":  func(ctx context.Context) error { _, err := Stroke(ctx, paths, 100, Style{}); return err },
		"ClipPaths": func(ctx context.Context) error {
			_, err := ClipPaths(ctx, paths, area, Inside)
			return err
		},
		"NodePaths":        func(ctx context.Context) error { _, err := NodePaths(ctx, paths); return err },
		"SimplifyPolygons": func(ctx context.Context) error { _, err := SimplifyPolygons(ctx, area, 10); return err },
		"Hatch":            func(ctx context.Context) error { _, err := Hatch(ctx, area, 45, 100); return err },
	}
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const plenty = 1 << 30
			whole := newPatience(plenty)
			if err := call(whole); err != nil {
				t.Fatal(err)
			}
			asked := plenty - whole.left.Load()
			if asked < 3 {
				t.Errorf("it looks at its context %d times only", asked)
			}
			for _, n := range []int64{0, 1, asked / 2, asked - 1} {
				if err := call(newPatience(n)); !errors.Is(err, context.Canceled) {
					t.Errorf("cancelled at look %d of %d: %v", n, asked, err)
				}
			}
		})
	}
}

func mustValidLarge(t *testing.T, rings []Ring) []Polygon {
	t.Helper()
	polys, err := Union(context.Background(), rings, NonZero)
	if err != nil {
		t.Fatal(err)
	}
	return polys
}

// stumble is a context that fails at one look, and at no other one.
type stumble struct {
	context.Context
	left atomic.Int64
}

func (s *stumble) Err() error {
	if s.left.Add(-1) == -1 {
		return context.Canceled
	}
	return nil
}

// Where one strip fails, nobody may wait for it for ever.
func TestAStripThatFailsIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	segs, err := ringSegments(newPace(t.Context()), crowd(rand.New(rand.NewPCG(3, 71))), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	inside, err := insideRule(UnionOp, NonZero)
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	for n := int64(0); ; n++ {
		ctx := &stumble{Context: t.Context()}
		ctx.left.Store(n)
		_, err := polygonizeStrips(newPace(ctx), segs, rule{inside: inside}, 10)
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		failed++
	}
	if failed < 20 {
		t.Errorf("it looked at its context %d times only", failed)
	}
}
