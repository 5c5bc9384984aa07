// Package scene is what is where: artwork made ready for the screen, and the
// features of a layer made ready for the pointer.
//
// A Drawing gives the part of the artwork that a view shows, from the coarsest
// level of detail that still looks the same. An Index finds the features at a
// place and the points that a pointer snaps to. Both are in millimetres on the
// board, are never changed after they are made, and may be used from several
// goroutines.
//
// It never paints and never changes artwork or features.
package scene
