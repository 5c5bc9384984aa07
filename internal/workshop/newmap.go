package workshop

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/mapfile"
	"github.com/mapwright/mapwright/internal/source/all"
	"github.com/paulmach/orb"
)

// DefaultMargin is the distance between the edge of a board and its frame, mm.
const DefaultMargin = 5

// NewMap says what map to make. Path, Width, Height and one of Box, ExtentOf and
// View are required.
type NewMap struct {
	Path     string
	Parents  bool        // make the folder too, if it is not there
	Box      *orb.Bound  // degrees
	ExtentOf string      // a source file whose box is taken
	View     *carto.View // as it is to be: Rotation is then not used
	Width    float64     // of a board, mm
	Height   float64     // mm
	Frame    carto.FrameShape
	Margin   float64 // mm
	Rotation float64 // counterclockwise, degrees
	Title    string  // "": the file's name, and no layer with a title
}

// Made tells about a map that was made.
type Made struct {
	Path  string
	Title string
	Scale float64  // n of 1:n
	Notes []string // what the maker should know about the view
}

// New makes a map file. With a title it begins with a layer "Frame and text".
// An existing file is left alone and is an error.
func (w *Workshop) New(ctx context.Context, n NewMap) (Made, error) {
	if n.Path == "" {
		return Made{}, usage("name the map file, such as place.gpkg")
	}
	if n.Parents {
		if err := os.MkdirAll(dirOf(n.Path), 0o755); err != nil {
			return Made{}, fmt.Errorf("the folder for the map can't be made: %w", err)
		}
	}
	if info, err := os.Stat(dirOf(n.Path)); err != nil || !info.IsDir() {
		return Made{}, fmt.Errorf("the folder %s for the map is not there: make it first", dirOf(n.Path))
	}
	if n.Frame == "" {
		n.Frame = carto.FrameRect
	}
	titled := n.Title != ""
	if !titled {
		n.Title = strings.TrimSuffix(filepath.Base(n.Path), filepath.Ext(n.Path))
	}
	boards := carto.Boards{Count: 1, Width: n.Width, Height: n.Height, Frame: carto.Frame{Shape: n.Frame}, Margin: n.Margin}
	view, notes, err := n.view(ctx, boards)
	if err != nil {
		return Made{}, err
	}
	m := &carto.Map{ID: rand.Text(), Title: n.Title, View: view, Boards: boards}
	if err := mapfile.Create(ctx, n.Path, m); err != nil {
		return Made{}, err
	}
	if titled {
		err := w.change(ctx, n.Path, func(m *carto.Map) (carto.Edit, error) { return newFurniture(m, m.Title, nil), nil })
		if err != nil {
			return Made{}, errors.Join(err, os.Remove(n.Path))
		}
	}
	return Made{Path: n.Path, Title: m.Title, Scale: view.Scale, Notes: notes}, nil
}

// view is the view that is asked for, or the one that shows the box.
func (n NewMap) view(ctx context.Context, boards carto.Boards) (carto.View, []string, error) {
	if n.View != nil {
		if _, err := n.View.Transform(boards); err != nil {
			return carto.View{}, nil, usage("%w", err)
		}
		return *n.View, nil, nil
	}
	box, err := n.box(ctx)
	if err != nil {
		return carto.View{}, nil, err
	}
	view, err := carto.Fit(box, boards, n.Rotation, "")
	if err != nil {
		return carto.View{}, nil, usage("%w", err)
	}
	return view, carto.FitNotes(box, "", view), nil
}

func (n NewMap) box(ctx context.Context) (orb.Bound, error) {
	if n.Box != nil {
		return *n.Box, nil
	}
	if n.ExtentOf == "" {
		return orb.Bound{}, usage("say which place: --bbox W,S,E,N in degrees, or --extent-of FILE")
	}
	box, err := all.Importers().Extent(ctx, n.ExtentOf)
	if err != nil {
		return box, fmt.Errorf("the extent of %s can't be found: %w", n.ExtentOf, err)
	}
	return box, nil
}
