package source

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/paulmach/orb"
)

// Importer reads one family of formats.
type Importer interface {
	// Name is what a maker calls the format, such as "OpenStreetMap".
	Name() string
	// Detect tells from the first bytes of a file (up to HeadSize) whether this
	// importer reads it. The name is a hint for content that says too little.
	Detect(head []byte, name string) bool
	// Import reads what the request asks for. Errors: ErrNothingInView,
	// ErrUnknownPreset, and *FileError for what is wrong with the file.
	Import(ctx context.Context, r Request) (*Result, error)
	// Extent is the box in degrees that the file says it covers, or else the
	// extent of its data.
	Extent(ctx context.Context, path string) (orb.Bound, error)
}

// HeadSize is how many bytes of a file Detect is given, at most.
const HeadSize = 4096

// Importers are tried in their order.
type Importers []Importer

// For returns the importer that reads the file, found by its content. Without
// one the error is a *FileError on ErrUnknownFormat.
func (list Importers) For(path string) (Importer, error) {
	head, err := readHead(path)
	if err != nil {
		return nil, err
	}
	for _, i := range list {
		if i.Detect(head, filepath.Base(path)) {
			return i, nil
		}
	}
	names := make([]string, len(list))
	for n, i := range list {
		names[n] = i.Name()
	}
	problem := "is of no kind that Mapwright knows"
	if len(head) == 0 {
		problem = "is empty"
	}
	return nil, &FileError{
		Path: path, Offset: NoOffset, Err: ErrUnknownFormat,
		Problem: problem + ". Mapwright reads " + strings.Join(names, ", "),
	}
}

// Import finds the importer of the request's file and runs it.
func (list Importers) Import(ctx context.Context, r Request) (*Result, error) {
	i, err := list.For(r.Path)
	if err != nil {
		return nil, err
	}
	return i.Import(ctx, r)
}

// Extent finds the importer of the file and asks it for the file's box.
func (list Importers) Extent(ctx context.Context, path string) (orb.Bound, error) {
	i, err := list.For(path)
	if err != nil {
		return orb.Bound{}, err
	}
	return i.Extent(ctx, path)
}

func readHead(path string) (head []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening the map data: %w", err)
	}
	defer func() {
		if cerr := f.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("closing the map data: %w", cerr)
		}
	}()
	head, err = io.ReadAll(io.LimitReader(f, HeadSize))
	if err != nil {
		return nil, fmt.Errorf("reading the map data: %w", err)
	}
	return head, nil
}
