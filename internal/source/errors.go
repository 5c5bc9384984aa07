package source

import (
	"errors"
	"fmt"
	"path/filepath"
)

// What a caller may decide on, with errors.Is.
var (
	ErrUnknownFormat          = errors.New("unknown format")
	ErrUnknownPreset          = errors.New("unknown preset")
	ErrUnsupportedCompression = errors.New("unsupported compression")
	ErrUnsupportedContent     = errors.New("unsupported content")
	ErrTruncated              = errors.New("truncated file")
	ErrDamaged                = errors.New("damaged file")
	ErrNothingInView          = errors.New("no map data in the view")
)

// NoOffset is the Offset of a FileError that is about the whole file.
const NoOffset = -1

// FileError says what is wrong with a file, where, and what to do.
type FileError struct {
	Path    string
	Offset  int64  // byte of the file as it is on disk; NoOffset: the whole file
	Problem string // follows the file's name: "ends in the middle of a block"
	Advice  string // what to do; may be empty
	Err     error  // one of this package's errors, or what it comes from
}

// Error is one sentence for the maker.
func (e *FileError) Error() string {
	s := filepath.Base(e.Path) + " " + e.Problem
	if e.Offset >= 0 {
		s += fmt.Sprintf(" (at byte %d)", e.Offset)
	}
	if e.Advice != "" {
		s += ": " + e.Advice
	}
	return s
}

// Unwrap returns Err.
func (e *FileError) Unwrap() error { return e.Err }
