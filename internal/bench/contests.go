//go:build geos

package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// place is an input with the map that is made of it.
type place struct{ name, file, box, size string }

var places = []place{
	{"Munich", "munich-centre-2020.osm.pbf", "11.5648,48.1309,11.5871,48.1436", "300x200"},
	{"Liechtenstein", "liechtenstein-2021.osm.pbf", "9.471,47.048,9.636,47.271", "200x300"},
}

// entries lists everything that is measured; dir is for files.
func entries(dir string) []entry {
	var all []entry
	for _, c := range contests(dir) {
		all = append(all, c)
	}
	all = append(all, pathOrders()...)
	all = append(all, growths()...)
	return append(all, window{places[len(places)-1], dir}) // the largest place
}

// contests lists what we and a peer do.
func contests(dir string) []contest {
	var all []contest
	for _, p := range places {
		all = append(all, p.imports(dir)...)
		all = append(all, p.exports(dir)...)
	}
	all = append(all, kernel("munich", "liechtenstein", "houses", "streets", "town")...)
	return append(all, canvas(dir)...)
}

func (p place) source() string { return filepath.Join("assets/sample", p.file) }

// env is the environment of our program: its own data directory, and an
// account that is not counted down.
func (p place) env(dir string) []string {
	return []string{"MAPWRIGHT_DATA=" + filepath.Join(dir, "data")}
}

const mapwright = "build/mapwright"

// imports measures bringing a file into a map beside programs that turn it
// into files of features: GDAL writes a GeoPackage as we do, osmium GeoJSON.
func (p place) imports(dir string) []contest {
	blank := filepath.Join(dir, p.name+"-blank.gpkg")
	work := filepath.Join(dir, p.name+"-work.gpkg")
	gdal := filepath.Join(dir, p.name+"-gdal.gpkg")
	osmium := filepath.Join(dir, p.name+".geojsonseq")
	prepare := func(ctx context.Context) error {
		if err := remove(blank); err != nil {
			return err
		}
		_, err := command(p.env(dir), mapwright, "new", blank, "--bbox", p.box, "--size", p.size)(ctx)
		return err
	}
	ours := before(func() error { return copyFile(blank, work) },
		command(p.env(dir), mapwright, "import", work, p.source(), "--preset", "city"))
	return []contest{
		{
			"import to a GeoPackage", p.name, "ogr2ogr", prepare, ours,
			before(func() error { return remove(gdal) }, command(nil, "ogr2ogr", "-q", "-f", "GPKG", gdal, p.source())),
		},
		{
			"import", p.name, "osmium export", prepare, ours,
			command(nil, "osmium", "export", "--overwrite", "-o", osmium, p.source()),
		},
	}
}

// exports measures making files of the layers that are visible. For SVG the
// peer draws the finished file, for PNG it makes the same picture from it.
func (p place) exports(dir string) []contest {
	gpkg := filepath.Join(dir, p.name+".gpkg")
	out := filepath.Join(dir, p.name+"-files")
	svg := filepath.Join(out, p.name+".svg")
	export := func(format string) func(context.Context) (cost, error) {
		return command(p.env(dir), mapwright, "export", gpkg, "--formats", format, "--out", out)
	}
	prepare := func(ctx context.Context) error {
		if err := remove(gpkg); err != nil {
			return err
		}
		for _, args := range [][]string{
			{"account", "plan", "creator"},
			{"new", gpkg, "--bbox", p.box, "--size", p.size},
			{"import", gpkg, p.source(), "--preset", "city"},
			{"export", gpkg, "--formats", "svg", "--out", out},
		} {
			if _, err := command(p.env(dir), append([]string{mapwright}, args...)...)(ctx); err != nil {
				return err
			}
		}
		return nil
	}
	draw := command(nil, "rsvg-convert", "--dpi-x", "254", "--dpi-y", "254", "-o", filepath.Join(dir, "peer.png"), svg)
	return []contest{
		{"trace and export SVG", p.name, "rsvg-convert drawing it at 254 dpi", prepare, export("svg"), draw},
		{"trace and export PNG, 254 dpi", p.name, "rsvg-convert from the SVG", prepare, export("png"), draw},
	}
}

func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}
