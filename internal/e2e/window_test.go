package e2e

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// munich makes the sample map in a shop.
func (s *shop) munich() string {
	s.t.Helper()
	m := s.path("munich.gpkg")
	s.must("new", m, "--bbox", "11.5648,48.1309,11.5871,48.1436", "--size", "300x200", "--title", "Munich")
	s.must("import", m, sample("munich-centre-2020.osm.pbf"))
	return m
}

// exported reads the SVG and PNG files of a shop, also those in folders of it.
func (s *shop) exported() map[string][]byte {
	s.t.Helper()
	files := map[string][]byte{}
	for _, pattern := range []string{"*.svg", "*.png", "*/*.svg", "*/*.png"} {
		found, err := filepath.Glob(filepath.Join(s.dir, pattern))
		if err != nil {
			s.t.Fatal(err)
		}
		for _, file := range found {
			name, err := filepath.Rel(s.dir, file)
			if err != nil {
				s.t.Fatal(err)
			}
			if files[name], err = os.ReadFile(file); err != nil {
				s.t.Fatal(err)
			}
		}
	}
	return files
}

// TestAMakersJobInTheWindow is the whole of it: look, import, change, preview,
// price, export, pay once.
func TestAMakersJobInTheWindow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name          string
		width, height int
		theme         string
	}{{"light", 1440, 900, "light"}, {"dark-small", 1280, 720, "dark"}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			shop := newShop(t)
			m := shop.munich()
			shop.settings(fmt.Sprintf(`{"theme":%q,"width":%d,"height":%d}`, c.theme, c.width, c.height))
			s := newScreen(t, c.width, c.height)
			s.open(shop, "Points *", m)
			s.figure("18")
			s.see("Burn *")
			s.shot("1-open")

			// A file of one's own, from the dialog.
			shop.write("lane.geojson", []byte(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Lane"},"geometry":{"type":"LineString","coordinates":[[11.570,48.134],[11.580,48.140]]}}]}`))
			s.click("Add data")
			s.pick("lane.geojson", "Add")
			s.see("Add lane.geojson")
			s.clickAbove("Add")
			s.see("Added lane.geojson")
			s.layer("lane")
			s.see("Line · 1")

			s.click("roads-major")
			s.see("Trace as")
			s.click("Outline")
			s.see("Outline · 183")
			s.shot("2-strategy")
			s.click("Undo")
			s.see("Filled · 183")

			s.until("the map shows its scored lines in blue", s.blue)
			s.click("Laser")
			s.until("the laser picture shows wood and burns only", func() bool { return !s.blue() })
			s.shot("3-laser")
			s.click("Check")
			s.shot("4-check")
			s.click("Map")

			s.keys("ctrl+e")
			s.see("Export")
			for _, layer := range []string{"rail", "roads-major", "roads-minor"} {
				for _, format := range []string{"SVG", "PNG"} {
					s.tick(layer, format)
				}
			}
			s.see("6 credits")
			s.shot("5-price")
			s.click("Export * for 6 credits")
			s.see("in place")
			s.figure("12")
			s.shot("6-receipt")
			paid := shop.exported()
			if len(paid) != 4 {
				t.Errorf("%d files came, one SVG and three PNG were due: %v", len(paid), shop.tree("."))
			}

			// The same again is free, also when the files are lost.
			for name := range paid {
				if err := os.Remove(shop.path(name)); err != nil {
					t.Fatal(err)
				}
			}
			s.click("Export again")
			s.see("free again")
			s.clickAbove("Export 4 files, free")
			s.see("Saved again, free")
			s.figure("12")
			s.shot("7-free-again")
			if again := shop.exported(); !maps.EqualFunc(again, paid, bytes.Equal) {
				t.Errorf("the free repeat wrote %v, before it there were %v", slices.Sorted(maps.Keys(again)), slices.Sorted(maps.Keys(paid)))
			}
			s.keys("Escape")
			s.close()
			if got := shop.balance(); got != 12 {
				t.Errorf("the books say %d, the window said 12", got)
			}
			s.quiet()
		})
	}
}
