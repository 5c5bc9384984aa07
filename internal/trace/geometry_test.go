package trace

import (
	"math"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// afterBeam simulates a beam of a width, mm, along the lines of a layer on the
// test's table, and gives the pieces of the board, the largest first or last.
func afterBeam(t *testing.T, l artwork.Layer, kerf float64) []planar.Polygon {
	t.Helper()
	burned, err := planar.Stroke(t.Context(), linesOf(l), kerf/2*unitsPerMM, planar.Style{Tolerance: 1})
	if err != nil {
		t.Fatal(err)
	}
	board := planar.RectRing(planar.FromMM(0, 0), planar.FromMM(100, 80))
	pieces, err := planar.Boolean(t.Context(), planar.Difference, []planar.Ring{board}, planar.Rings(burned), planar.Positive)
	if err != nil {
		t.Fatal(err)
	}
	return pieces
}

// at gives the piece that a point lies in.
func at(t *testing.T, pieces []planar.Polygon, x, y float64) planar.Polygon {
	t.Helper()
	for i, p := range pieces {
		if planar.Contains(pieces[i:i+1], planar.FromMM(x, y)) == planar.Inside {
			return p
		}
	}
	t.Fatalf("nothing is left at %g, %g", x, y)
	return nil
}

// sizeOf is the width and height of a ring, mm.
func sizeOf(r planar.Ring) (w, h float64) {
	b := r.Bounds()
	return float64(b.Max.X-b.Min.X) * planar.Unit, float64(b.Max.Y-b.Min.Y) * planar.Unit
}

// isSize fails where a ring has another size. The tolerance is that of the
// map's projection, to and fro, and of the grid.
func isSize(t *testing.T, what string, r planar.Ring, w, h float64) {
	t.Helper()
	if gotW, gotH := sizeOf(r); math.Abs(gotW-w) > 0.002 || math.Abs(gotH-h) > 0.002 {
		t.Errorf("%s measures %.4f × %.4f mm, want %g × %g", what, gotW, gotH, w, h)
	}
}

func squareMM(p ...planar.Polygon) float64 { return planar.Area(p) / unitsPerMM / unitsPerMM }

// A piece or an opening that is a beam's width off fits nothing.
func TestACutSquareHasItsTrueSize(t *testing.T) {
	t.Parallel()
	for _, join := range []string{"round", "mitre", "square"} {
		for _, setting := range artwork.Settings(artwork.Cut) {
			b := newTable(t, carto.FrameRect)
			b.layer("x", artwork.Cut, "outline", map[string]string{"kerf": "0.15", "join": join},
				b.patch(rect(20, 20, 40, 40), rect(25, 25, 35, 35)), // a ring, and in its hole
				b.patch(rect(28, 28, 32, 32)))                       // a piece
			b.m.Layers[0].Setting = setting
			l, _ := b.trace("x")
			pieces := afterBeam(t, *l, 0.15)
			sheet, ring, waste, inner := at(t, pieces, 10, 10), at(t, pieces, 22, 22), at(t, pieces, 26, 26), at(t, pieces, 30, 30)
			if setting == "outer" {
				isSize(t, "the piece", ring[0], 20, 20)
				isSize(t, "its hole", ring[1], 10, 10)
				isSize(t, "the piece in the hole", inner[0], 4, 4)
			} else {
				isSize(t, "the opening", sheet[1], 20, 20)
				isSize(t, "the island", waste[0], 10, 10)
				isSize(t, "the opening in the island", waste[1], 4, 4)
			}
		}
	}
}

// An area that lies on another one is a hole in it.
func TestNestedAreasTakeTurnsBesideTheKerf(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("x", artwork.Cut, "outline", map[string]string{"kerf": "0.2"},
		b.patch(rect(20, 20, 60, 60)), b.patch(rect(25, 25, 55, 55)), b.patch(rect(30, 30, 50, 50)))
	l, _ := b.trace("x")
	pieces := afterBeam(t, *l, 0.2)
	outer := at(t, pieces, 22, 22)
	isSize(t, "the outermost piece", outer[0], 40, 40)
	isSize(t, "its hole", outer[1], 30, 30)
	isSize(t, "the innermost piece", at(t, pieces, 40, 40)[0], 20, 20)
}

// Two cuts side by side, a beam apart, would burn the web between them away.
func TestPiecesThatShareABorderAreCutOnceThere(t *testing.T) {
	t.Parallel()
	for _, setting := range artwork.Settings(artwork.Cut) {
		b := newTable(t, carto.FrameRect)
		b.layer("x", artwork.Cut, "outline", map[string]string{"kerf": "0.2"},
			b.patch(rect(20, 20, 40, 40)), b.patch(rect(40, 20, 60, 40)))
		b.m.Layers[0].Setting = setting
		l, _ := b.trace("x")
		pieces := afterBeam(t, *l, 0.2)
		if len(pieces) != 3 {
			t.Fatalf("%s: %d pieces, want the sheet and two", setting, len(pieces))
		}
		left, sheet := at(t, pieces, 30, 30), at(t, pieces, 10, 10)
		if setting == "outer" {
			isSize(t, "a piece that shares a border", left[0], 19.9, 20)
		} else {
			isSize(t, "the opening of both", sheet[1], 40, 20)
		}
		for _, s := range l.Shapes {
			for _, p := range s.Paths {
				for _, q := range p.Points {
					if q.X > 39 && q.X < 41 && math.Abs(q.X-40) > 0.002 && q.Y > 20.5 && q.Y < 39.5 {
						t.Errorf("%s: the shared border is cut at %v", setting, q)
					}
				}
			}
		}
	}
}

func TestADrilledHoleHasItsTrueSize(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	options := map[string]string{"kerf": "0.15", "diameter": "3", "curve-error": "0.001"}
	b.layer("hole", artwork.Cut, "drill", options, b.spot(50, 40))
	b.layer("mark", artwork.Score, "drill", options, b.spot(20, 40))
	l, _ := b.trace("hole")
	isSize(t, "the hole", at(t, afterBeam(t, *l, 0.15), 10, 10)[1], 3, 3)
	l, _ = b.trace("mark")
	isSize(t, "a scored circle, which is never moved,", planar.Ring(linesOf(*l)[0]), 3, 3)
}

// A closed line that is cut is the outline of a piece as well.
func TestAClosedLineIsCutToItsSize(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("x", artwork.Cut, "centreline", map[string]string{"kerf": "0.2"},
		b.way("", 20, 20, 40, 20, 40, 40, 20, 40, 20, 20), b.way("", 25, 25, 35, 25, 35, 35, 25, 35, 25, 25), b.way("", 60, 20, 60, 40))
	l, _ := b.trace("x")
	piece := at(t, afterBeam(t, *l, 0.2), 22, 22)
	isSize(t, "the piece", piece[0], 20, 20)
	isSize(t, "its hole", piece[1], 10, 10)
	for _, p := range linesOf(*l) {
		if !p.Closed() && (p[0].X != p[1].X || planar.Length(p) != distance(p[0], p[1])) {
			t.Errorf("the open line was moved: %v", p)
		}
	}
}

func TestScoredAndEngravedLinesAreNeverMoved(t *testing.T) {
	t.Parallel()
	for _, op := range []artwork.Operation{artwork.Score, artwork.Engrave} {
		b := newTable(t, carto.FrameRect)
		b.layer("x", op, "outline", map[string]string{"kerf": "0.5"}, b.patch(rect(20, 20, 40, 40)))
		l, _ := b.trace("x")
		isSize(t, string(op), planar.Ring(linesOf(*l)[0]), 20, 20)
	}
}

// A groove and its inlay fit when both have the size of the shape.
func TestAnInlayFitsItsGroove(t *testing.T) {
	t.Parallel()
	const kerf = 0.2
	for name, c := range map[string]struct {
		fit  string
		less float64 // mm, all around
	}{"pressed in": {"0", 0}, "with room for glue": {"0.1", 0.1}} {
		b := newTable(t, carto.FrameRect)
		b.m.Boards.Count = 2
		b.layer("groove", artwork.Cut, "groove", map[string]string{"kerf": "0.2", "width": "4", "join": "mitre", "curves": "off"}, b.way("", 20, 40, 60, 40), b.patch(rect(50, 20, 80, 60)))
		b.layer("inlay", artwork.Cut, "inlay", map[string]string{"kerf": "0.2", "of": "Groove", "fit": c.fit, "join": "mitre", "curves": "off"})
		b.m.Layers[1].Board = 2
		g, _ := b.trace("groove")
		i, _ := b.trace("inlay")
		opening := at(t, afterBeam(t, *g, kerf), 10, 10)[1]
		piece := at(t, afterBeam(t, *i, kerf), 70, 40)
		shape, err := b.scene().drawn(t.Context(), "groove")
		if err != nil {
			t.Fatal(err)
		}
		want := squareMM(shape.cover...)
		if got := -planar.RingArea(opening) / unitsPerMM / unitsPerMM; math.Abs(got-want) > 0.1 {
			t.Errorf("%s: the opening has %.3f mm², its shape %.3f", name, got, want)
		}
		smaller, err := planar.Offset(t.Context(), shape.cover, -c.less*unitsPerMM, planar.Style{})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := squareMM(piece), squareMM(smaller...); math.Abs(got-want) > 0.1 {
			t.Errorf("%s: the piece has %.3f mm², want %.3f", name, got, want)
		}
		if c.less > 0 {
			continue
		}
		// The two paths differ by the beam's width all along.
		out, in := enclosed(t, *i), enclosed(t, *g)
		grown, err := planar.Offset(t.Context(), in, kerf*unitsPerMM, planar.Style{Join: planar.MitreJoin})
		if err != nil {
			t.Fatal(err)
		}
		if a, b := squareMM(out...), squareMM(grown...); math.Abs(a-b) > 0.1 {
			t.Errorf("the inlay's path encloses %.3f mm², the groove's, a beam farther out, %.3f", a, b)
		}
	}
}

func TestAnEngravedGrooveAllowsForTheBeam(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("x", artwork.Engrave, "groove", map[string]string{"kerf": "0.2"}, b.patch(rect(20, 20, 40, 40)))
	l, _ := b.trace("x")
	if got := filledMM(*l); math.Abs(got-19.8*19.8) > 0.05 {
		t.Errorf("%.3f mm² are engraved, want a square of 19.8 mm", got)
	}
}
