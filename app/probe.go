//go:build !faultpoints

package app

// probe is nothing: only a program built with the tag faultpoints tells tests
// what it shows.
func (w *Window) probe() {}
