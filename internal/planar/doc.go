// Package planar is the geometry kernel: polygons and lines on one integer
// grid that the whole map shares. It unites, cuts, offsets, strokes, clips,
// merges, simplifies and hatches, and what it returns is always valid: rings
// never cross themselves or each other, holes lie inside their shells, no
// point stands twice in a row. The same input in another order gives the same
// output, to the last coordinate, on every machine.
//
// # The grid
//
// One step is 2⁻¹² mm (a quarter of a micrometre, [Unit]); coordinates are
// int32 within ±2²⁸ ([Max], 65.5 m of board). Differences then fit 30 bits and
// every predicate is exact in int64, so that no tolerance is ever guessed.
// Layers that are computed apart share their borders exactly.
//
// # How it works
//
// Segments are noded by snap rounding: every end and every crossing makes its
// grid square (pixel) hot, and a segment is replaced by the chain of the hot
// pixels that it passes through. That moves no point of a line farther than
// half a grid step in x and in y, never makes two segments cross that did not,
// and leaves a planar graph on grid points.
//
//   - J. D. Hobby, "Practical segment intersection with finite precision
//     output", Computational Geometry 13 (1999) 199–214: the half-open pixels
//     and the proof that no crossing is left.
//   - L. J. Guibas, D. H. Marimont, "Rounding arrangements dynamically",
//     International Journal of Computational Geometry and Applications 8
//     (1998) 157–178: why the rounding keeps the topology.
//   - M. T. Goodrich, L. J. Guibas, J. Hershberger, P. J. Tanenbaum, "Snap
//     rounding line segments efficiently in two and three dimensions",
//     Symposium on Computational Geometry (1997) 284–293: finding the hot
//     pixels of a segment.
//
// A plane sweep then carries the winding numbers of the subject and of the
// clip from below to above each edge, keeps the edges with the result on one
// side only, and traces them into rings by the wedges at each vertex. Offset
// and stroke draw raw curves whose winding number is positive exactly on the
// wanted area (see offset.go) and unite them.
//
// A union of many shapes over each other is first rid of what lies deep inside
// (core.go): where every winding number is positive all over a cell of a coarse
// lattice, rings go straight on, and no border is looked for. That changes the
// winding numbers of the rest by nothing.
//
// Large inputs are divided into vertical strips that are noded, linked and swept
// on all cores, each in numbers of its own, and then sewn together along their
// common borders (strips.go, polygonize.go, sew.go, outline.go). Where the strips
// lie changes nothing of the result.
//
// # What it never does
//
// It knows no millimetres beyond [FromMM] and [Point.MM], no layers, no
// curves, no files. It never panics on bad input: coordinates off the grid are
// a [RangeError].
package planar
