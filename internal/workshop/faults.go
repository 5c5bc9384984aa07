//go:build !faultpoints

package workshop

import "github.com/mapwright/mapwright/internal/export"

// faults is nil: only a program built with the tag faultpoints can be told to
// die at a step of an export.
func faults() func(export.Step) { return nil }
