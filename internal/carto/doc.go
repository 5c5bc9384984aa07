// Package carto is the map: boards, layers, features, the view that puts the
// Earth on a board, and the edits that change them, each with its undo.
//
// It keeps the map through the Store interface and knows no file format. It
// never traces, checks, exports or pays for anything.
package carto
