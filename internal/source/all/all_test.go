package all

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/source"
)

// Whatever a file is called, it is opened by the importer for what it holds.
func TestFilesFindTheirImporter(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"../../../assets/sample/monaco-2021.osm.pbf":        "OpenStreetMap",
		"../osm/testdata/bautzen-no-metadata.osm":           "OpenStreetMap",
		"../osm/testdata/berlin-siegessaeule-2017.osm.gz":   "OpenStreetMap",
		"../osm/testdata/west-oakland-2016.osm.bz2":         "OpenStreetMap",
		"../osm/testdata/monaco-lz4-beginning.osm.pbf":      "OpenStreetMap",
		"../geojson/testdata/ne_50m_some_countries.geojson": "GeoJSON",
	} {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			nameless := filepath.Join(t.TempDir(), "download.bin")
			if err := os.WriteFile(nameless, content, 0o600); err != nil {
				t.Fatal(err)
			}
			i, err := Importers().For(nameless)
			if err != nil || !strings.HasPrefix(i.Name(), want) {
				t.Errorf("the importer is %v, %v", i, err)
			}
		})
	}
}

func TestUnknownFilesAreNamed(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"empty": "", "text": "hello", "xml": "<?xml version='1.0'?><gpx/>", "json": `{"version":1}`,
		"gzip of nothing": "\x1f\x8b\x08\x00\x00\x00", "zip": "PK\x03\x04",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "thing.dat")
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Importers().Import(t.Context(), source.Request{Path: path})
			wantKind := "thing.dat is of no kind that Mapwright knows. Mapwright reads OpenStreetMap"
			if content == "" {
				wantKind = "thing.dat is empty. Mapwright reads OpenStreetMap"
			}
			if !errors.Is(err, source.ErrUnknownFormat) || !strings.HasPrefix(err.Error(), wantKind) || !strings.Contains(err.Error(), "GeoJSON") {
				t.Errorf("the error is %v", err)
			}
		})
	}
	if _, err := Importers().Extent(t.Context(), filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there gives %v", err)
	}
}

// The same list imports and measures.
func TestImportAndExtentAgree(t *testing.T) {
	t.Parallel()
	const path = "../geojson/testdata/ne_50m_some_countries.geojson"
	result, err := Importers().Import(t.Context(), source.Request{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if box, err := Importers().Extent(t.Context(), path); err != nil || box != result.Bounds {
		t.Errorf("the extent is %v, %v, want %v", box, err, result.Bounds)
	}
}
