package trace

import (
	"cmp"
	"context"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
)

// No path may burn twice: a second pass chars the edge. Two paths burn the same
// where they run within 0.03 mm of each other for longer than it takes to
// cross. The numbers leave a margin for the rounding to the grid.
const (
	nearMM     = 0.032 // paths this near burn the same
	overlapMM  = 0.25  // together for longer than this is a double burn; less is a crossing
	leftoverMM = 0.12  // what is left between two cuts and is shorter than this goes too
	touchMM    = 0.001 // paths this near meet
	turnMM     = 0.12  // along one path, points nearer than this are neighbours
)

// burn is a path on its way through [burnOnce].
type burn struct {
	path  planar.Path
	layer int  // whose it is, for the caller
	index int  // which of the layer's paths it comes from, for the caller
	first int  // rank: burns of a lower rank keep what they share
	cut   bool // something was taken away
}

// burnOnce takes from paths what burns already, so that no stretch burns twice:
// not by another path, not backwards, not in part, not by the path itself.
//
// Paths are kept in the order of their rank, then closed ones, then longer
// ones. From each of the others every run that lies beside what is kept goes;
// crossings stay whole. A second pass, from the last path to the first, takes
// the runs that are long only beside several others together.
//
// A closed path of which a run goes becomes open: what closes it burns
// elsewhere. An end that was cut reaches on to the kept path where that is
// near, so that a piece comes free.
func burnOnce(ctx context.Context, burns []burn) ([]burn, error) {
	if len(burns) == 0 {
		return nil, nil
	}
	box := burns[0].path.Bounds()
	for _, b := range burns {
		box = box.Union(b.path.Bounds())
	}
	s := sweeper{trails: newTrails(box, nearMM*unitsPerMM)}
	for _, b := range inOrder(burns) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s.keep(b)
	}
	for i := len(s.kept) - 1; i >= 0; i-- {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s.review(i)
	}
	var out []burn
	for _, k := range s.kept {
		if !s.trails.dead[k.owner] {
			out = append(out, k.burn)
		}
	}
	return out, nil
}

// burnedOnce is burnOnce for paths of one layer.
func burnedOnce(ctx context.Context, paths []planar.Path) ([]planar.Path, error) {
	burns := make([]burn, len(paths))
	for i, p := range paths {
		burns[i].path = p
	}
	burns, err := burnOnce(ctx, burns)
	if err != nil {
		return nil, err
	}
	return rejoined(burns), nil
}

// inOrder sorts burns by which keeps what it shares.
func inOrder(burns []burn) []burn {
	type measured struct {
		burn
		open   int
		length float64
	}
	list := make([]measured, len(burns))
	for i, b := range burns {
		list[i] = measured{burn: b, open: 1, length: planar.Length(b.path)}
		if b.path.Closed() {
			list[i].open = 0
		}
	}
	slices.SortStableFunc(list, func(a, b measured) int {
		return cmp.Or(
			cmp.Compare(a.first, b.first),
			cmp.Compare(a.open, b.open),
			cmp.Compare(b.length, a.length),
			slices.CompareFunc(a.path, b.path, planar.Point.Compare),
		)
	})
	for i := range list {
		burns[i] = list[i].burn
	}
	return burns
}

// sweeper holds the paths that are kept.
type sweeper struct {
	trails *trails
	kept   []keptBurn
}

type keptBurn struct {
	burn
	owner int32
}

// keep takes a path in, without what is kept already.
func (s *sweeper) keep(b burn) {
	owner := s.put(b)
	runs := s.runs(b.path, owner, true)
	if len(runs) > 0 {
		s.replace(b, owner, runs)
	}
}

// review takes a path that is kept once more, beside all others.
func (s *sweeper) review(i int) {
	k := s.kept[i]
	if s.trails.dead[k.owner] {
		return
	}
	if runs := s.runs(k.path, k.owner, false); len(runs) > 0 {
		s.replace(k.burn, k.owner, runs)
	}
}

func (s *sweeper) put(b burn) int32 {
	owner := s.trails.newOwner()
	s.trails.add(owner, b.path)
	s.kept = append(s.kept, keptBurn{b, owner})
	return owner
}

// replace puts what is left of a path in its place.
func (s *sweeper) replace(b burn, owner int32, runs []run) {
	s.trails.remove(owner)
	for _, piece := range remains(b.path, runs) {
		left := b
		left.path, left.cut = piece, true
		s.put(left)
	}
}

// rejoined joins paths that meet, where something was cut.
func rejoined(burns []burn) []planar.Path {
	var whole, cut []planar.Path
	for _, b := range burns {
		if b.cut {
			cut = append(cut, b.path)
		} else {
			whole = append(whole, b.path)
		}
	}
	return append(whole, throughJunctions(planar.MergePaths(cut))...)
}
