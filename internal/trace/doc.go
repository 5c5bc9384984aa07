// Package trace turns the features of a map into artwork: it projects them to
// millimetres, crops them to the frame, draws them by the layer's tracing
// strategy, and settles over the layers of a job that nothing burns twice.
//
// Everything is computed on the one grid of package planar, so that layers
// that were traced apart share their borders. The same map gives the same
// artwork, to the last coordinate. The ends of lines and curves are whole numbers
// of grid steps, except on whole circles; the handles of curves, and the points
// that arcs pass through, need not be.
//
// The order of the work on one layer:
//
//	features -> mm -> clipped to a wide box in float64 -> grid -> repaired
//	  -> simplified -> strategy, which crops to the frame -> minimums
//	  -> over all layers of a board: nothing twice -> curves -> artwork
//
// Features are simplified before they are cropped: what lies on the frame then
// lies on it exactly, and no later step can leave it. Strokes are drawn before
// they are cropped, so that a road runs out of the map at its full width.
//
// It never reads files, never checks what it made (package preflight judges
// it, with other code), and knows no format, machine or credit.
package trace
