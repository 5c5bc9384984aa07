// Package lettering turns text into paths in millimetres and finds places for
// it: names of streets along the streets, of lakes in the widest part of the
// lake, of stations beside their points.
//
// Text is set by a [Typeface]: outlines of a chain of fonts, shaped by a port
// of HarfBuzz, for letters that are burned as areas; or single lines, for
// letters that the beam follows once. Size always means the height of a capital
// letter in mm, because that is what a maker measures; other programs' font
// size is about 1.4 times as much.
//
// The order of the work on a layer's names:
//
//	names and places -> candidates, best first (Along, Around, Within)
//	  -> Settle: what collides gives way by rank -> Label.Areas or Label.Lines
//
// Placing works in float64 millimetres without fused or platform-dependent
// operations; what comes out lies on the grid of package planar. The same input
// gives the same labels on every machine.
//
// Fonts beyond those of the program come from a [Shelf]. Their files are read
// without trust ([ReadFont]).
//
// It never opens files, never draws a box for a letter that no font has (that
// is a [MissingError]), and knows no layers, maps or strategies.
package lettering
