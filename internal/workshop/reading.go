package workshop

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/mapwright/mapwright/internal/mapfile"
	"github.com/mapwright/mapwright/internal/source"
	"github.com/mapwright/mapwright/internal/source/all"
	"github.com/mapwright/mapwright/internal/source/osm"
	"github.com/paulmach/orb"
)

// What a caller may decide on, with errors.Is.
var (
	// ErrNothingInView: nothing of the map data lies on the boards.
	ErrNothingInView error = source.ErrNothingInView
	// ErrMapExists: the file of a new map is there already.
	ErrMapExists error = mapfile.Exists
)

// SourceFile tells what a file of map data is, from its beginning alone.
type SourceFile struct {
	Path  string
	Kind  string // as a maker calls it: "OpenStreetMap"
	Bytes int64
	// Presets are those that it can be read with; without one, all of it
	// becomes one layer.
	Presets []string
}

// SourceKinds lists what can be read, as a maker calls it.
func SourceKinds() []string {
	var kinds []string
	for _, i := range all.Importers() {
		kinds = append(kinds, i.Name())
	}
	return kinds
}

// SourceEndings are the usual endings of what can be read. Content decides, not
// the ending.
func SourceEndings() []string {
	return []string{".pbf", ".osm", ".gz", ".bz2", ".geojson", ".json"}
}

// LookAtSource tells what a file is before it is read. A file that can't be
// read is an error that says what it is and what to do.
func (w *Workshop) LookAtSource(_ context.Context, path string) (SourceFile, error) {
	info, err := os.Stat(path)
	if err != nil {
		return SourceFile{}, fmt.Errorf("%s can't be opened: %w", filepath.Base(path), cause(err))
	}
	if info.IsDir() {
		return SourceFile{}, usage("%s is a folder: choose the file in it", filepath.Base(path))
	}
	importer, err := all.Importers().For(path)
	if errors.Is(err, source.ErrUnknownFormat) {
		if kind, ok := unreadable(path); ok {
			return SourceFile{}, usage("%s is %s, which Mapwright can't read yet: %s", filepath.Base(path), kind.name, kind.advice)
		}
	}
	if err != nil {
		return SourceFile{}, err
	}
	kind, _, _ := strings.Cut(importer.Name(), " (")
	file := SourceFile{Path: path, Kind: kind, Bytes: info.Size()}
	if _, ok := importer.(osm.Importer); ok {
		file.Presets = []string{"city"}
	}
	return file, nil
}

// cause is an error without the path that it repeats.
func cause(err error) error {
	if e, ok := errors.AsType[*os.PathError](err); ok {
		return e.Err
	}
	return err
}

// SourceExtent is the box, in degrees, that a file of map data covers. Large
// files take a while.
func (w *Workshop) SourceExtent(ctx context.Context, path string) (orb.Bound, error) {
	return all.Importers().Extent(ctx, path)
}

// foreign is a kind of file that makers have and no importer reads.
type foreign struct{ name, advice string }

const (
	asGeoJSON   = "save it as GeoJSON, with QGIS for instance, and add that"
	noElevation = "heights can't be carved yet"
)

// foreigners are known by the ending of their names.
var foreigners = map[string]foreign{
	".shp":     {"a shapefile", asGeoJSON},
	".dbf":     {"a table of a shapefile", "save the shapefile as GeoJSON, with QGIS for instance, and add that"},
	".shx":     {"an index of a shapefile", "save the shapefile as GeoJSON, with QGIS for instance, and add that"},
	".gpx":     {"a GPX track", asGeoJSON},
	".kml":     {"a KML file", asGeoJSON},
	".kmz":     {"a KMZ file", asGeoJSON},
	".gpkg":    {"a GeoPackage", "open it with Open a map if Mapwright made it, else save its layers as GeoJSON, with QGIS for instance"},
	".dxf":     {"a DXF drawing", asGeoJSON},
	".svg":     {"an SVG drawing", "it has no place on Earth, so it can't be put on a map"},
	".hgt":     {"an elevation tile", noElevation},
	".tif":     {"an elevation model or a picture", noElevation},
	".tiff":    {"an elevation model or a picture", noElevation},
	".asc":     {"an elevation grid", noElevation},
	".zip":     {"a packed folder", "unpack it and add the file in it"},
	".7z":      {"a packed folder", "unpack it and add the file in it"},
	".csv":     {"a table", asGeoJSON},
	".o5m":     {"an OpenStreetMap file of a rare kind", "turn it into .osm.pbf with osmium or osmconvert and add that"},
	".mbtiles": {"a file of map tiles", "add the OpenStreetMap extract of the place instead"},
	".pmtiles": {"a file of map tiles", "add the OpenStreetMap extract of the place instead"},
}

func unreadable(path string) (foreign, bool) {
	f, ok := foreigners[strings.ToLower(filepath.Ext(path))]
	return f, ok
}
