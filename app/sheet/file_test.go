package sheet

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// town is a sample and what of it is on the map.
type town struct {
	file string
	box  orb.Bound
}

var towns = []town{
	{"munich-centre-2020", orb.Bound{Min: orb.Point{11.5648, 48.1309}, Max: orb.Point{11.5871, 48.1436}}},
	{"monaco-2021", orb.Bound{Min: orb.Point{7.409, 43.7247}, Max: orb.Point{7.4399, 43.7519}}},
	{"helsinki-centre-2019", orb.Bound{Min: orb.Point{24.9352, 60.1642}, Max: orb.Point{24.9534, 60.1791}}},
	{"andorra-2021", orb.Bound{Min: orb.Point{1.515, 42.5}, Max: orb.Point{1.535, 42.514}}},
}

// plan says how the layers of a map are drawn: keys by the name of the layer,
// as "layer set" takes them. Layers that it does not name are hidden.
type plan map[string]string

// mixtures hold most strategies and all colours together.
var mixtures = map[string]plan{
	"a picture in wood": {
		"water":       "operation=engrave setting=medium strategy=filled knock-out=above",
		"green":       "operation=engrave setting=light strategy=hatch",
		"buildings":   "operation=score setting=2 strategy=outline",
		"roads-minor": "operation=score setting=1 strategy=casing",
		"roads-major": "operation=engrave setting=dark strategy=filled",
		"rail":        "operation=score setting=2 strategy=dashes",
	},
	"things to be cut": {
		"water":       "operation=engrave setting=dark strategy=inset count=0",
		"green":       "operation=engrave setting=medium strategy=cross-hatch",
		"buildings":   "operation=cut setting=outer strategy=dissolve kerf=0.1",
		"roads-minor": "operation=score setting=1 strategy=label",
		"roads-major": "operation=cut setting=inner strategy=stencil",
		"rail":        "operation=engrave setting=light strategy=groove",
	},
}

// colour is one that the SVG file has, and whose it is.
type colour struct {
	value     string
	operation artwork.Operation
	settings  string // with spaces
	fill      bool   // areas of this colour, or else lines
}

var fileColours = []colour{
	{"#FF0000", artwork.Cut, "outer inner", false},
	{"#0000FF", artwork.Score, "1", false},
	{"#00A0A0", artwork.Score, "2", false},
	{"#FF8000", artwork.Engrave, "light", false},
	{"#FF8000", artwork.Engrave, "light", true},
	{"#FF00FF", artwork.Engrave, "medium", false},
	{"#FF00FF", artwork.Engrave, "medium", true},
	{"#000000", artwork.Engrave, "dark", false},
	{"#000000", artwork.Engrave, "dark", true},
}

func (c colour) String() string {
	if c.fill {
		return c.value + " areas"
	}
	return c.value + " lines"
}

// TestTheFileShowsWhatTheSheetShows exports maps by the SVG plugin, has librsvg
// draw each colour of the file, areas even-odd and lines as they are, and holds
// that to what the sheet shows of it. A maker who looks at the sheet before
// burning would else look at something else.
func TestTheFileShowsWhatTheSheetShows(t *testing.T) {
	plugins := buildSVG(t)
	for i, name := range slices.Sorted(maps.Keys(mixtures)) {
		for k, tn := range towns {
			if i == k || os.Getenv("MAPWRIGHT_SOAK") != "" {
				t.Run(name+" of "+tn.file, func(t *testing.T) { compare(t, plugins, tn, 120, mixtures[name]) })
			}
		}
	}
}

// TestEveryStrategyIsInTheFileAsOnTheSheet is the same for each strategy by
// each operation.
func TestEveryStrategyIsInTheFileAsOnTheSheet(t *testing.T) {
	if os.Getenv("MAPWRIGHT_SOAK") == "" {
		t.Skip("takes long: a part of make soak")
	}
	plugins := buildSVG(t)
	for _, s := range workshop.Strategies() {
		for _, operation := range []artwork.Operation{artwork.Cut, artwork.Score, artwork.Engrave} {
			for _, tn := range towns {
				t.Run(fmt.Sprintf("%s of %s, %s", s.ID, tn.file, operation), func(t *testing.T) {
					keys := fmt.Sprintf("operation=%s setting=%s strategy=%s", operation, artwork.Settings(operation)[0], s.ID)
					compare(t, plugins, tn, 200, plan{"water": keys, "buildings": keys, "roads-minor": keys, "roads-major": keys})
				})
			}
		}
	}
}

// TestFaultsOfTheFileAreSeen plants what the comparison is there for.
func TestFaultsOfTheFileAreSeen(t *testing.T) {
	const size = 120
	drawn, file := export(t, buildSVG(t), towns[0], size, plan{
		"roads-major": "operation=engrave setting=dark strategy=filled",
		"rail":        "operation=score setting=1 strategy=centreline",
	})
	areas, lines := colour{"#000000", artwork.Engrave, "dark", true}, colour{"#0000FF", artwork.Score, "1", false}
	longest := func(paths []string) int {
		n := 0
		for i, p := range paths {
			if len(p) > len(paths[n]) {
				n = i
			}
		}
		return n
	}
	for name, c := range map[string]struct {
		of    colour
		plant func(longest string) string
	}{
		"none, areas": {areas, func(p string) string { return p }},
		"none, lines": {lines, func(p string) string { return p }},
		"a hole is missing": {areas, func(p string) string {
			rings := strings.SplitAfter(p, "Z")
			n := 1 + longest(rings[1:])
			return strings.Join(append(rings[:n:n], rings[n+1:]...), "")
		}},
		"a ring is there twice": {areas, func(p string) string {
			rings := strings.SplitAfter(p, "Z")
			_, ring, _ := strings.Cut(rings[0], ` d="`)
			return strings.Join(append([]string{rings[0], ring}, rings[1:]...), "")
		}},
		"a line is missing": {lines, func(string) string { return "" }},
		"a line lies 0.3 mm beside": {lines, func(p string) string {
			return strings.Replace(p, "<path", `<path transform="translate(0.3 0)"`, 1)
		}},
	} {
		drawing, paths := c.of.onSheet(t, drawn), c.of.inFile(file)
		n := longest(paths)
		paths[n] = c.plant(paths[n])
		v := c.of.partsOf(size)[0]
		d := differ(v.ofSheet(t, drawing, c.of), v.ofFile(t, c.of, paths))
		if wanted := !strings.HasPrefix(name, "none"); wanted != (d != "") {
			t.Errorf("%s: the comparison says %q", name, d)
		}
	}
}

// compare holds the file of a map to the sheet, colour by colour: the whole
// board, and a part of it from near.
func compare(t *testing.T, plugins string, tn town, size float64, p plan) {
	t.Helper()
	drawn, file := export(t, plugins, tn, size, p)
	compared := 0
	for _, c := range fileColours {
		drawing, paths := c.onSheet(t, drawn), c.inFile(file)
		if drawing == nil && len(paths) == 0 {
			continue
		}
		for _, v := range c.partsOf(size) {
			shows, holds := v.ofSheet(t, drawing, c), v.ofFile(t, c, paths)
			if d := differ(shows, holds); d != "" {
				t.Errorf("%s at %g pixels for a mm: %s", c, v.scale, d)
				name := fmt.Sprintf("%s, %s, %g", filepath.Base(t.Name()), c, v.scale)
				shows.keep(t, name+", sheet")
				holds.keep(t, name+", file")
			}
			compared++
		}
	}
	if compared < 2 {
		t.Errorf("only %d pictures were compared", compared)
	}
}

// buildSVG builds the SVG plugin and gives the folder of plugins that has it.
func buildSVG(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	build := exec.CommandContext(t.Context(), "sh", "internal/tools/plugin.sh", "svg", dir)
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the plugin: %v\n%s", err, out)
	}
	return dir
}

// export makes the map, and gives what the window draws of it and the file.
func export(t *testing.T, plugins string, tn town, size float64, p plan) (*workshop.Drawn, string) {
	t.Helper()
	dir := t.TempDir()
	w, err := workshop.Open(workshop.Config{DataDir: filepath.Join(dir, "data"), PluginDirs: []string{plugins}})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "map.gpkg")
	if _, err := w.New(t.Context(), workshop.NewMap{Path: path, Box: &tn.box, Width: size, Height: size * 3 / 4, Margin: 5}); err != nil {
		t.Fatal(err)
	}
	desk, err := w.OpenMap(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := desk.Close(); err != nil {
			t.Error(err)
		}
	}()
	if _, err := desk.Import(t.Context(), workshop.Import{Source: "../../assets/sample/" + tn.file + ".osm.pbf", Preset: "city"}); err != nil {
		t.Fatal(err)
	}
	for _, l := range desk.Map().Layers {
		keys := map[string]string{"visible": "no"}
		if own, ok := p[l.Name]; ok {
			keys["visible"] = "yes"
			for pair := range strings.FieldsSeq(own) {
				key, value, _ := strings.Cut(pair, "=")
				keys[key] = value
			}
		}
		if err := desk.SetLayer(t.Context(), l.ID, keys); err != nil {
			t.Fatal(err)
		}
	}
	drawn, err := desk.Trace(t.Context(), desk.Map())
	if err != nil {
		t.Fatal(err)
	}
	done, err := w.Export(t.Context(), workshop.Export{Map: path, Formats: []string{"svg"}, Out: dir})
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(done.Result.Jobs[0].Files[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	return drawn, string(file)
}

// onSheet is what of a drawing has the colour in the file; nil where nothing has.
func (c colour) onSheet(t *testing.T, d *workshop.Drawn) *workshop.Drawing {
	t.Helper()
	var layers []artwork.Layer
	for _, l := range d.Artwork.Layers {
		own := l
		own.Shapes = nil
		for _, s := range l.Shapes {
			if s.Operation == c.operation && s.Fill == c.fill && strings.Contains(c.settings, s.Setting) {
				own.Shapes = append(own.Shapes, s)
			}
		}
		if len(own.Shapes) > 0 {
			layers = append(layers, own)
		}
	}
	if len(layers) == 0 {
		return nil
	}
	drawing, err := workshop.NewDrawing(t.Context(), layers)
	if err != nil {
		t.Fatal(err)
	}
	return drawing
}

var pathElement = regexp.MustCompile(`<path [^>]*/>`)

// inFile gives the paths of the file that have the colour.
func (c colour) inFile(file string) []string {
	look := `stroke="` + c.value + `"`
	if c.fill {
		look = `fill="` + c.value + `"`
	}
	var paths []string
	for _, p := range pathElement.FindAllString(file, -1) {
		if strings.Contains(p, look) {
			paths = append(paths, p)
		}
	}
	return paths
}
