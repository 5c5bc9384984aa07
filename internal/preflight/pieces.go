package preflight

import (
	"context"
	"fmt"

	"github.com/mapwright/mapwright/internal/planar"
)

// piece is a part of a board that its cuts part from the rest.
type piece struct {
	shape  planar.Polygon
	around int // the piece that it lies in a hole of; -1: none, it has the board's edge
	// by is the line that bounds most of its outside, -1 where that is the
	// board's edge.
	by int
	// depth is how many of the pieces around it are bounded by the same layer.
	depth int
}

// sheet is a board as its cuts leave it.
type sheet struct {
	board  int
	lines  []line // the cuts
	pieces []piece
	kept   []bool // by piece: it is what the maker wants, not waste
}

// sheetOf cuts a board: every cut takes away its kerf, and what hangs together
// is one piece, whatever line it was that parted it from the rest.
func (c *checker) sheetOf(ctx context.Context, board int) (*sheet, error) {
	edge := c.boardRing(board)
	s := &sheet{board: board, lines: c.cuts(board, edge.Bounds())}
	if len(s.lines) == 0 {
		return s, nil
	}
	paths := make([]planar.Path, len(s.lines))
	for i, l := range s.lines {
		paths[i] = planar.Path(onGrid(l.points))
	}
	half := c.through() / 2
	gone, err := planar.Stroke(ctx, paths, half*unitsPerMM, planar.Style{Join: planar.MitreJoin, Cap: planar.SquareCap})
	if err != nil {
		return nil, err
	}
	whole, err := planar.Boolean(ctx, planar.Difference, []planar.Ring{edge}, planar.Rings(gone), planar.Positive)
	if err != nil {
		return nil, err
	}
	if err := s.nest(ctx, whole); err != nil {
		return nil, err
	}
	s.bound(half)
	s.judge()
	return s, nil
}

// boardRing is the edge of a board.
func (c *checker) boardRing(number int) planar.Ring {
	for _, b := range c.art.Boards {
		if b.Number == number && planar.InRange(b.Width, b.Height) {
			return planar.RectRing(planar.FromMM(0, 0), planar.FromMM(b.Width, b.Height))
		}
	}
	return planar.RectRing(planar.Point{}, planar.Point{})
}

// nest finds which piece lies in a hole of which.
func (s *sheet) nest(ctx context.Context, whole []planar.Polygon) error {
	var rings []planar.Ring
	var owner []int // of each ring
	var shell []int // of each piece, its first ring
	for i, p := range whole {
		s.pieces = append(s.pieces, piece{shape: p, around: -1, by: -1})
		shell = append(shell, len(rings))
		for _, r := range p {
			rings = append(rings, r)
			owner = append(owner, i)
		}
	}
	nodes, err := planar.Nest(ctx, rings)
	if err != nil {
		return err
	}
	for i := range s.pieces {
		if parent := nodes[shell[i]].Parent; parent >= 0 {
			s.pieces[i].around = owner[parent]
		}
	}
	return nil
}

// bound finds the line that bounds most of each piece that lies in another one.
func (s *sheet) bound(half float64) {
	reach := 1.5*half + 0.01
	near := newIndex(s.lines, reach).finder()
	for i := range s.pieces {
		if s.pieces[i].around < 0 {
			continue
		}
		votes := map[int32]float64{}
		ring := s.pieces[i].shape[0]
		for k, p := range ring {
			a, b := pointMM(p), pointMM(ring[(k+1)%len(ring)])
			mid := between(a, b, 0.5)
			best, least := int32(-1), reach
			for _, n := range near.near(mid, mid, reach) {
				o := &near.segments[n]
				d := fromSegment(mid, o.a, o.b)
				if d < least || d == least && (best < 0 || o.line < best) {
					best, least = o.line, d
				}
			}
			if best >= 0 {
				votes[best] += distance(a, b)
			}
		}
		most := 0.0
		for l, v := range votes {
			if v > most || v == most && int(l) < s.pieces[i].by {
				s.pieces[i].by, most = int(l), v
			}
		}
	}
}

// judge tells what is kept and what is waste. A cut of the setting outer parts a
// piece of its true size from the rest: inside its outline lies what is kept,
// in a hole of that lies waste, and in the hole again something kept. A cut of
// the setting inner makes an opening of its true size, so that it is the other
// way round. The sheet itself is waste when only pieces are cut out of it.
func (s *sheet) judge() {
	openings, outlines := false, false
	s.kept = make([]bool, len(s.pieces))
	for i := range s.pieces {
		p := &s.pieces[i]
		if p.by < 0 {
			continue
		}
		around := 0
		for a := p.around; a >= 0; a = s.pieces[a].around {
			around++
			if by := s.pieces[a].by; by >= 0 && s.lines[by].layer == s.lines[p.by].layer {
				p.depth++
			}
		}
		s.kept[i] = (p.depth%2 == 0) != s.opens(i)
		if around == 1 {
			openings = openings || s.opens(i)
			outlines = outlines || !s.opens(i)
		}
	}
	for i := range s.pieces {
		if s.pieces[i].by < 0 {
			s.kept[i] = openings || !outlines
		}
	}
}

// inner is the setting of cuts that make openings.
const inner = "inner"

// opens tells whether a piece is bounded by a cut of the setting inner.
func (s *sheet) opens(i int) bool { return s.lines[s.pieces[i].by].setting == inner }

// fallsOut finds pieces that would fall out though they belong to what is kept.
// What falls is meant to when the layer says so, when it is waste, and when it
// is a piece that is cut out of the bare sheet. That leaves islands in openings,
// and pieces that are cut out of a piece that another layer cuts.
func (c *checker) fallsOut(s *sheet) []located {
	var islands, parts []spot
	for i, p := range s.pieces {
		if p.by < 0 || !s.kept[i] {
			continue
		}
		l := s.lines[p.by]
		if c.factsOf(&c.art.Layers[l.layer]).Falls {
			continue
		}
		at := spot{layer: l.layer, board: s.board, at: pointMM(p.shape[0][0]), size: planar.Area([]planar.Polygon{p.shape}) * squareUnit}
		if at.size < c.options.MinPiece {
			continue // that would be lost anyway, and is told of
		}
		around := s.pieces[p.around]
		switch {
		case p.depth > 0:
			islands = append(islands, at)
		case around.by >= 0 && s.kept[p.around]:
			at.note = fmt.Sprintf("%q", c.art.Layers[s.lines[around.by].layer].Name)
			parts = append(parts, at)
		}
	}
	remedies := func(g group) []Remedy {
		all := []Remedy{option(Bridge, "Add bridges", "pieces", "bridge", "bridge-width", "2")}
		if g.worst.size <= mostDropped {
			all = append(all, option(Drop, "Leave them out", "pieces", "drop", "min-area", mm(g.worst.size*1.05+0.1)))
		}
		all = append(all, option(LetFall, "Let them fall", "pieces", "fall"))
		return append(all, engrave())
	}
	out := c.report(telling{
		kind: FallsOut,
		message: func(g group) string {
			return fmt.Sprintf("%s fall out with the opening around; the largest has %.1f mm².",
				counted(g.count, "island would", "islands would"), g.worst.size)
		},
		fix:      "Hold them by bridges, leave them out, or say that they may fall (pieces=fall).",
		remedies: remedies,
	}, islands)
	return append(out, c.report(telling{
		kind: FallsOut,
		message: func(g group) string {
			return fmt.Sprintf("%s fall out of what %s cuts; the largest has %.1f mm².",
				counted(g.count, "piece would", "pieces would"), g.worst.note, g.worst.size)
		},
		fix:      "Hold them by bridges, leave them out, or say that they may fall (pieces=fall); for openings in the piece, take the setting inner.",
		remedies: remedies,
	}, parts)...)
}

// mostDropped is how large a piece may be that is offered to be left out, mm²:
// larger ones are what the map is about.
const mostDropped = 400.0

// cutSheets finds what the cuts of each board leave: pieces that fall out, webs
// and bridges that are too thin.
func (c *checker) cutSheets(ctx context.Context) ([]located, error) {
	found := make([][]located, len(c.boards))
	err := each(ctx, len(c.boards), func(i int) error {
		s, err := c.sheetOf(ctx, c.boards[i])
		if err != nil || len(s.lines) == 0 {
			return err
		}
		webs, err := c.thinWebs(ctx, s)
		if err != nil {
			return err
		}
		found[i] = append(c.fallsOut(s), webs...)
		found[i] = append(found[i], c.thinBridges(s)...)
		return nil
	})
	var all []located
	for _, f := range found {
		all = append(all, f...)
	}
	return all, err
}
