package workshop

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/mapwright/mapwright/assets"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/paulmach/orb"
)

// sampleBox is the part of the sample data that is whole, degrees.
var sampleBox = orb.Bound{Min: orb.Point{11.5648, 48.1309}, Max: orb.Point{11.5871, 48.1436}}

// SampleTitle is the title of the sample map.
const SampleTitle = "Munich old town"

// SampleMap makes a map of the old town of Munich at the path, with all layers
// of the preset city, from data that is part of the program. It makes the
// folder too. An existing file is left alone and is ErrMapExists. If it fails
// or ctx ends, there is no file.
func (w *Workshop) SampleMap(ctx context.Context, path string) (made Made, err error) {
	dir, err := os.MkdirTemp("", "mapwright-sample-")
	if err != nil {
		return Made{}, fmt.Errorf("the sample data can't be unpacked: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	data := filepath.Join(dir, assets.SampleName)
	if err := os.WriteFile(data, assets.Sample, 0o600); err != nil {
		return Made{}, fmt.Errorf("the sample data can't be unpacked: %w", err)
	}
	made, err = w.New(ctx, NewMap{
		Path: path, Parents: true, Box: &sampleBox, Width: 300, Height: 260, Margin: carto.DefaultMargin, Title: SampleTitle,
	})
	if err != nil {
		return Made{}, err
	}
	if _, err := w.Import(ctx, Import{Map: path, Source: data, Preset: "city"}); err != nil {
		return Made{}, errors.Join(err, os.Remove(path))
	}
	return made, nil
}

// MapsFolder is where maps go unless the person says otherwise. It need not be
// there yet: see NewMap.Parents.
func (w *Workshop) MapsFolder() string {
	if home, err := os.UserHomeDir(); err == nil {
		documents := filepath.Join(home, "Documents")
		if info, err := os.Stat(documents); err == nil && info.IsDir() {
			return filepath.Join(documents, "Mapwright")
		}
	}
	return filepath.Join(w.DataDir, "maps")
}
