// Package cli is the command line: flags and arguments in, use cases of the
// workshop, text or one JSON value out, and the exit codes that scripts rely
// on. It knows no geometry, no credit rule and no file format.
package cli
