// Package raster turns artwork into pixels: the canvas, the preview and the
// PNG format draw with it, so that what the preview shows is what the file
// holds.
//
// A Picture is prepared once and then drawn whole or in bands, by all
// processors, so that a board of 600 × 400 mm at 1016 dpi needs the memory of a
// band and of its vertices.
//
// Every pixel has 16 samples, one on each of 16 lines. A filled area is
// even-odd by itself, whatever the winding of its rings, because each edge
// toggles the samples to its right (the edge-flag algorithm of Ackland and
// Weste 1981, with the sample pattern of Kallio 2007). Pieces of strokes and
// neighbouring shapes of one colour are united sample by sample before
// anything is painted, so that no overlap is darker and no shared border
// shines through. Places are rounded to 1/256 pixel and all else is integer
// arithmetic, so that a picture does not hang on how a processor rounds; of
// golang.org/x/image/vector neither holds, and it knows no even-odd rule.
//
// It never reads or writes files, and knows no image format, map or credit.
package raster
