package fonts

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"

	"github.com/go-text/typesetting/font"

	"github.com/mapwright/mapwright/internal/lettering"
)

// Shelf is the fonts of a computer, and files that are named from a folder: it
// is a lettering.Shelf.
type Shelf struct {
	Computer *Computer
	// Folder is where files are that are not named from the root: beside a map.
	Folder string
}

// Named gives a font by its family or from a file; see lettering.FileName. Of a family it
// gives the regular font, or the one with the weight and slope that follow the
// family's name, as in "Noto Serif Bold".
func (s Shelf) Named(ctx context.Context, name string) (*lettering.Font, error) {
	f, err := s.named(ctx, name)
	if err != nil && ctx.Err() == nil {
		err = &lettering.FontError{Name: name, Err: err}
	}
	return f, err
}

func (s Shelf) named(ctx context.Context, name string) (*lettering.Font, error) {
	if path, number, ok := lettering.FileName(name); ok {
		if path = filepath.FromSlash(path); !filepath.IsAbs(path) {
			path = filepath.Join(s.Folder, path)
		}
		return s.Computer.load(path, number-1)
	}
	all, err := s.Computer.all(ctx)
	if err != nil {
		return nil, err
	}
	wanted := font.NormalizeFamily(name)
	var same []installed
	for _, f := range all {
		if font.NormalizeFamily(f.Family) == wanted || font.NormalizeFamily(f.Name()) == wanted {
			same = append(same, f)
		}
	}
	if len(same) == 0 {
		return nil, errors.New("it is not installed on this computer")
	}
	slices.SortStableFunc(same, func(a, b installed) int {
		other := func(f installed) int { return truth(font.NormalizeFamily(f.Family) != wanted) }
		return cmp.Or(cmp.Compare(other(a), other(b)), cmp.Compare(unlike(a, regular), unlike(b, regular)))
	})
	return s.Computer.load(same[0].path, same[0].index)
}

// regular is the regular weight.
const regular = 400

// unlike is how far a font is from an upright one of a weight.
func unlike(f installed, weight int) int {
	return 10_000*truth(f.Italic) + 5_000*truth(f.Narrow) + max(f.Weight-weight, weight-f.Weight)
}

func truth(v bool) int {
	if v {
		return 1
	}
	return 0
}
