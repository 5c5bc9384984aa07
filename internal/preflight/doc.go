// Package preflight checks artwork before it is burned and paid for: open
// rings, what lies outside the frame, empty layers, lines and areas that burn
// twice, and parts too small to survive. Every finding says in a maker's words
// what is wrong, where, and what to do.
//
// It judges with code of its own what package trace promises, so that one
// mistake is not made twice. It never changes artwork, and knows no map, format
// or machine.
package preflight
