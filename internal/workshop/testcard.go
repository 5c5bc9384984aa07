package workshop

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// TestCardTitle is the title of the burn test card.
const TestCardTitle = "Burn test card"

// TestCard makes the burn test card at the path: a map of 120 x 90 mm whose
// layers show, once burned, what a machine does with a material: its kerf, the
// thinnest lines, webs and letters that survive, and what the settings look
// like. docs/MACHINES.md tells how to read it. Folder, existing files and
// failures are as with SampleMap.
func (w *Workshop) TestCard(ctx context.Context, path string) (made Made, err error) {
	made, err = w.New(ctx, NewMap{
		Path: path, Parents: true, Width: 120, Height: 90, Margin: 2, Title: TestCardTitle,
		View: &carto.View{Scale: 1000, Projection: "local"}, // it shows no place
	})
	if err != nil {
		return Made{}, err
	}
	if err := w.change(ctx, path, func(*carto.Map) (carto.Edit, error) { return cardEdit() }); err != nil {
		return Made{}, errors.Join(err, os.Remove(path))
	}
	return made, nil
}

// cardEdit adds all layers of the card.
func cardEdit() (carto.Edit, error) {
	var edit carto.Batch
	for _, l := range cardLayers() {
		layer, err := newLayer(l.name, l.keys)
		if err != nil {
			return nil, fmt.Errorf("the layer %q of the card: %w", l.name, err)
		}
		layer.CRS, layer.Color = carto.BoardCRS, cardColors[layer.Operation]
		edit = append(edit, carto.AddLayer{Layer: layer, At: carto.Top}, carto.PutFeatures{Layer: layer.ID, Features: l.features})
	}
	return edit, nil
}

var cardColors = map[artwork.Operation]string{artwork.Cut: "#FF0000", artwork.Score: "#0000FF", artwork.Engrave: "#000000"}

// cardLayer is a layer of the card; its features are in mm on the board.
type cardLayer struct {
	name     string
	keys     map[string]string
	features []carto.Feature
}

// cardLayers lists the layers from the bottom to the top.
func cardLayers() []cardLayer {
	c := &card{text: cardLayer{name: "text", keys: map[string]string{"operation": "engrave", "setting": "dark", "strategy": "furniture"}}}
	c.say(60, 83.5, 4, TestCardTitle)
	c.shades()
	c.intervals()
	c.scores()
	c.thinLines()
	c.webs()
	c.letters()
	c.squares()
	c.slots()
	return append(c.layers, c.text)
}

// card collects layers, and what is written beside them.
type card struct {
	layers []cardLayer
	text   cardLayer
}

// say writes a text of a size in mm around a place.
func (c *card) say(x, y, size float64, text string) {
	c.text.features = append(c.text.features, carto.Feature{
		Geometry: orb.Point{x, y}, Class: "text", Name: text,
		Attributes: map[string]string{"size": strconv.FormatFloat(size, 'f', -1, 64)},
	})
}

// add adds a layer of rectangles: x, y of the lower left corner, width, height.
func (c *card) add(name string, keys map[string]string, rects ...[4]float64) {
	l := cardLayer{name: name, keys: keys}
	for _, r := range rects {
		box := orb.Bound{Min: orb.Point{r[0], r[1]}, Max: orb.Point{r[0] + r[2], r[1] + r[3]}}
		l.features = append(l.features, carto.Feature{Geometry: box.ToPolygon()})
	}
	c.layers = append(c.layers, l)
}

// caption is the size of the figures beside what is tried, mm.
const caption = 1.8

// exact gives keys with nothing simplified or left out.
func exact(operation, setting, strategy string, more ...string) map[string]string {
	keys := map[string]string{
		"operation": operation, "setting": setting, "strategy": strategy,
		"simplify": "0", "min-area": "0", "min-width": "0", "curves": "off",
	}
	for i := 0; i+1 < len(more); i += 2 {
		keys[more[i]] = more[i+1]
	}
	return keys
}

// shades fills a square with each setting of engraving.
func (c *card) shades() {
	for i, setting := range artwork.Settings(artwork.Engrave) {
		x := 6 + 13*float64(i)
		c.add(setting, exact("engrave", setting, "filled"), [4]float64{x, 67, 10, 10})
		c.say(x+5, 65, caption, setting)
	}
}

// intervals burns lines at distances from which an engraved area is made.
func (c *card) intervals() {
	for i, spacing := range []string{"0.1", "0.15", "0.2", "0.3"} {
		x := 48 + 13*float64(i)
		c.add("lines every "+spacing, exact("engrave", "dark", "hatch", "angle", "0", "spacing", spacing), [4]float64{x, 67, 10, 10})
		c.say(x+5, 65, caption, spacing)
	}
}

// scores follows a line with each setting.
func (c *card) scores() {
	for i, setting := range artwork.Settings(artwork.Score) {
		y := 75 - 6*float64(i)
		c.layers = append(c.layers, cardLayer{
			name: "score " + setting, keys: exact("score", setting, "centreline"),
			features: []carto.Feature{{Geometry: orb.LineString{{102, y}, {115, y}}}},
		})
		c.say(108.5, y-2, caption, "score "+setting)
	}
}

// thinLines engraves lines that become wider.
func (c *card) thinLines() {
	var rects [][4]float64
	for i, width := range []float64{0.1, 0.15, 0.2, 0.3, 0.5, 0.8, 1} {
		x := 8 + 5.5*float64(i)
		rects = append(rects, [4]float64{x - width/2, 45, width, 14})
		c.say(x, 43, caption, plainNumber(width))
	}
	c.add("thin lines", exact("engrave", "dark", "filled"), rects...)
}

// webs cuts openings side by side, with more and more left between them.
func (c *card) webs() {
	const wide = 4.2
	x := 49.0
	rects := [][4]float64{{x, 45, wide, 14}}
	for _, web := range []float64{0.5, 0.8, 1, 1.2, 1.5, 2, 3} {
		x += wide + web
		rects = append(rects, [4]float64{x, 45, wide, 14})
		c.say(x-web/2, 43, caption, plainNumber(web))
	}
	c.add("webs", exact("cut", "inner", "outline", "kerf", "0", "pieces", "fall"), rects...)
}

// letters writes the same in sizes that become larger.
func (c *card) letters() {
	y := 58.5
	for _, size := range []float64{1, 1.5, 2, 3} {
		c.say(106, y, size, "Weg "+plainNumber(size))
		y -= size*1.4 + 1.6
	}
}

// squares cuts two squares of 20 mm: one as it is drawn, to measure the kerf,
// and one that is corrected by the kerf of the material, to prove it.
func (c *card) squares() {
	c.add("square as drawn", exact("cut", "outer", "outline", "kerf", "0", "pieces", "fall"), [4]float64{6, 12, 20, 20})
	c.add("square of true size", exact("cut", "outer", "outline", "pieces", "fall"), [4]float64{32, 12, 20, 20})
	c.say(16, 22, 2, "20 - kerf")
	c.say(42, 22, 2, "20")
}

// slots cuts a tongue of 10 mm and slots of 10 mm less twice a kerf: the tongue
// is smaller by the kerf and the slot larger by it, so that they fit where the
// figure beside the slot is the kerf.
func (c *card) slots() {
	const width, high = 10.0, 5.4
	c.add("tongue", exact("cut", "outer", "outline", "kerf", "0", "pieces", "fall"), [4]float64{56.5, 14, width, 16})
	var rects [][4]float64
	for i, kerf := range []float64{0.05, 0.1, 0.15, 0.2, 0.25, 0.3} {
		x, y := 71+15.5*float64(i%3), 26-13*float64(i/3)
		w := width - 2*kerf
		rects = append(rects, [4]float64{x + (width-w)/2, y, w, high})
		c.say(x+width/2, y-2, caption, plainNumber(kerf))
	}
	c.add("slots", exact("cut", "inner", "outline", "kerf", "0", "pieces", "fall"), rects...)
}

func plainNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
