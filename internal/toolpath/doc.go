// Package toolpath turns traced lines into paths that a machine runs well: it
// closes small gaps, draws smooth stretches as few arcs and cubics instead of
// many short lines, and puts paths into an order with little travel.
//
// # Curves
//
// [Fit] takes all paths of a board together. What two paths share (an area and
// the one cut out for it, two neighbours with one border) is found first, drawn
// once and used by both, so that what met before still meets, to the last
// digit. Each such stretch is parted at its corners; between them the longest
// spans that one arc or one cubic can stand for follow each other with common
// tangents. Then of all ways to put spans that follow each other together, where
// one line or curve can stand for them, that with the fewest is taken. Between
// these the direction may change a little, as it did between the lines; no curve
// goes around a turn of more than 35°.
//
//   - P. J. Schneider, "An algorithm for automatically fitting digitized
//     curves", Graphics Gems (1990) 612–626: least squares for the two handles
//     with the parameters corrected by Newton's method.
//
// The error is the Hausdorff distance, both ways, between the curve and what it
// stands for; it is proved for every span (see hausdorff.go), never estimated.
// Curves that would cross another path, themselves or the frame are drawn again
// at a smaller error, in the end as the lines that they were.
//
// # Order
//
// [Order] shortens the way between the shapes of a layer, [Sequence] tells the
// order in which a machine runs all layers of a board.
//
// It uses only +, −, ×, ÷ and square root, each rounded by itself, so that the
// same paths give the same bytes on every processor. It knows no layers of a
// map, no strategies and no formats.
package toolpath
