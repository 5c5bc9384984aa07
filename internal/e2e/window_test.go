package e2e

import (
	"fmt"
	"os"
	"path/filepath"
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

			// A file of one's own, dropped in by its dialog's name.
			source := shop.path("lane.geojson")
			if err := os.WriteFile(source, []byte(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Lane"},"geometry":{"type":"LineString","coordinates":[[11.570,48.134],[11.580,48.140]]}}]}`), 0o600); err != nil {
				t.Fatal(err)
			}

			s.click("roads-major")
			s.see("Trace as")
			s.click("Outline")
			s.see("Outline · 183")
			s.shot("2-strategy")
			s.click("Undo")
			s.see("Filled · 183")

			s.click("Laser")
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
			for _, f := range []string{"svg", "png"} {
				if found, _ := filepath.Glob(filepath.Join(shop.dir, "*."+f)); len(found) == 0 {
					if found, _ = filepath.Glob(filepath.Join(shop.dir, "*", "*."+f)); len(found) == 0 {
						t.Errorf("no %s file came: %v", f, shop.tree("."))
					}
				}
			}

			// The same again is free.
			s.click("Export again")
			s.see("free again")
			s.click("Export*")
			s.figure("12")
			s.shot("7-free-again")
			s.keys("Escape")
			s.close()
			if got := shop.balance(); got != 12 {
				t.Errorf("the books say %d, the window said 12", got)
			}
			s.quiet()
		})
	}
}
