package e2e

import (
	"os"
	"slices"
	"testing"
)

// layerJSON is a layer in the documented answer of layer list --json.
type layerJSON struct {
	Name, Operation, Strategy string
	Features, Board, Order    int
	Visible                   bool
}

// layers lists the layers of a closed map, top first.
func (s *shop) layers(m string) []layerJSON {
	s.t.Helper()
	return decode[struct{ Layers []layerJSON }](s.t, s.must("layer", "list", m, "--json")).Layers
}

// light opens the window of a shop in its light look, 1280 by 720.
func light(t *testing.T, shop *shop, awaits string, args ...string) *screen {
	t.Helper()
	shop.settings(`{"theme":"light","width":1280,"height":720}`)
	s := newScreen(t, 1280, 720)
	s.open(shop, awaits, args...)
	return s
}

// pick chooses a file in the file dialog.
func (s *screen) pick(name, confirm string) {
	s.t.Helper()
	s.see("Computer")
	s.clickAbove(name)
	s.clickAbove(confirm)
}

// clickAbove clicks a text in what lies above the window.
func (s *screen) clickAbove(text string) {
	s.t.Helper()
	var at shown
	s.until(text+" can be clicked in the dialog", func() bool {
		for _, o := range s.above(text) {
			if !o.Disabled {
				at = o
				return true
			}
		}
		return false
	})
	s.clickAt(at.X, at.Y)
}

// TestAFileFromTheDialogBecomesALayer: without it nothing of one's own comes
// onto the map.
func TestAFileFromTheDialogBecomesALayer(t *testing.T) {
	t.Parallel()
	shop := newShop(t)
	m := shop.hamlet()
	shop.write("ring.geojson", []byte(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[7.0005,50.0002],[7.0035,50.0018]]}}]}`))
	s := light(t, shop, "Points *", m)
	s.layer("lanes")
	s.click("Add data")
	s.shot("1-dialog")
	s.pick("ring.geojson", "Add")
	s.see("Add ring.geojson")
	s.shot("2-question")
	s.clickAbove("Add")
	s.see("Added ring.geojson")
	s.layer("ring")
	s.see("Line · 1")
	s.shot("3-layer")
	s.close()
	s.quiet()
	if l := shop.layers(m)[0]; l.Name != "ring" || l.Features != 1 {
		t.Errorf("the map has %+v on top", l)
	}
}

// TestANewMapOfAPlaceFromAFile: the first thing that a new person does.
func TestANewMapOfAPlaceFromAFile(t *testing.T) {
	t.Parallel()
	shop := newShop(t)
	data, err := os.ReadFile(sample("munich-centre-2020.osm.pbf"))
	if err != nil {
		t.Fatal(err)
	}
	shop.write("town.osm.pbf", data)
	if err := os.Mkdir(shop.path("Documents"), 0o700); err != nil {
		t.Fatal(err)
	}
	s := light(t, shop, "Recent maps")
	s.shot("1-start")
	s.click("File")
	s.click("Choose a file")
	s.pick("town.osm.pbf", "Open")
	s.see("town.osm.pbf · *")
	s.shot("2-file")
	s.click("Make this map")
	s.see("Added town.osm.pbf")
	s.layer("buildings")
	s.see("Points *")
	s.shot("3-map")
	s.close()
	s.quiet()
	var names []string
	for _, l := range shop.layers(shop.path("Documents/Mapwright/town.gpkg")) {
		names = append(names, l.Name)
	}
	if !slices.Contains(names, "buildings") || !slices.Contains(names, "roads-major") {
		t.Errorf("the map has the layers %v", names)
	}
}
