package plugintest

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// awkward is a job that plugins get wrong. What the manifest does not accept is
// left out, as the host would lower it.
type awkward struct {
	name  string
	build func(sdk.Manifest) *sdk.Job
}

func awkwardJobs() []awkward {
	return []awkward{
		{"a square", square},
		{"an empty layer among others", emptyLayer},
		{"names in many scripts", unicodeNames},
		{"a path of 300,000 points", longPath},
		{"curves and arcs", curves},
		{"fills with holes", fills},
		{"heights", heights},
		{"several boards", boards},
		{"two hundred layers", manyLayers},
		{"every operation and setting, with a machine", everyOperation},
		{"a point, a line and a feature of the largest id", tiny},
	}
}

// job makes a job of layers on boards of 300 by 200 mm; of a format that takes
// one layer or board, the first that is not empty.
func job(m sdk.Manifest, boardCount int, layers ...artwork.Layer) *sdk.Job {
	if !m.Accepts.Layers {
		for len(layers) > 1 && layers[0].Empty() {
			layers = layers[1:]
		}
		layers = layers[:1]
	}
	if !m.Accepts.Boards {
		boardCount = 1
	}
	j := &sdk.Job{
		Title: "Conformance", Attribution: "© OpenStreetMap contributors",
		Options: sampleOptions(m), LayerCount: len(layers),
	}
	for n := range boardCount {
		j.Boards = append(j.Boards, artwork.Board{Number: n + 1, Width: 300, Height: 200, Frame: box(0, 0, 300, 200)})
	}
	at := 0
	j.Next = func() (*artwork.Layer, error) {
		if at == len(layers) {
			return nil, io.EOF
		}
		at++
		return &layers[at-1], nil
	}
	return j
}

func layer(name string, o artwork.Operation, shapes ...artwork.Shape) artwork.Layer {
	return artwork.Layer{
		ID: "id-" + name, Name: name, Operation: o, Setting: artwork.Settings(o)[0], Color: "#336699", Shapes: shapes,
	}
}

func shape(board int, o artwork.Operation, paths ...artwork.Path) artwork.Shape {
	return artwork.Shape{Board: board, Operation: o, Setting: artwork.Settings(o)[0], Paths: paths, Feature: 7}
}

func box(x, y, w, h float64) artwork.Path {
	return artwork.Path{Closed: true, Points: []artwork.Point{{X: x, Y: y}, {X: x + w, Y: y}, {X: x + w, Y: y + h}, {X: x, Y: y + h}}}
}

func square(m sdk.Manifest) *sdk.Job {
	return job(m, 1, layer("Outline", artwork.Cut, shape(1, artwork.Cut, box(10, 10, 50, 50))))
}

func emptyLayer(m sdk.Manifest) *sdk.Job {
	return job(m, 1,
		layer("Nothing", artwork.Score),
		layer("Almost nothing", artwork.Score, shape(1, artwork.Score, artwork.Path{}), shape(1, artwork.Score)),
		layer("Something", artwork.Cut, shape(1, artwork.Cut, box(10, 10, 50, 50))))
}

func unicodeNames(m sdk.Manifest) *sdk.Job {
	names := []string{
		"Straßen & <Wege>", "水と川", "שכבה", "Čeština\u0301", "🗺️", "a\"b'c", "..", "con", "tab\there", "line\nbreak",
		strings.Repeat("long ", 50), " ", "-->", "]]>", "%s%d", "null\u2028separator",
	}
	var layers []artwork.Layer
	for i, name := range names {
		layers = append(layers, layer(name, artwork.Score, shape(1, artwork.Score, box(float64(10*i), 10, 5, 5))))
	}
	j := job(m, 1, layers...)
	j.Title = "Zürich – “東京” <&>\"'\n🗺️"
	return j
}

// longPath is one spiral, larger than many pieces of the wire.
func longPath(m sdk.Manifest) *sdk.Job {
	const n = 300_000
	p := artwork.Path{Points: make([]artwork.Point, n)}
	for i := range p.Points {
		turn := float64(i) / 3000
		sin, cos := math.Sincos(2 * math.Pi * turn)
		r := 95 * turn / (n / 3000)
		p.Points[i] = artwork.Point{X: 150 + r*cos, Y: 100 + r*sin}
	}
	return job(m, 1, layer("Spiral", artwork.Score, shape(1, artwork.Score, p)))
}

func curves(m sdk.Manifest) *sdk.Job {
	var shapes []artwork.Shape
	add := func(p artwork.Path) { shapes = append(shapes, shape(1, artwork.Cut, p)) }
	add(box(10, 10, 20, 20))
	if m.Accepts.Curves {
		add(artwork.Path{
			Verbs:  []artwork.Verb{artwork.CubicTo, artwork.LineTo, artwork.CubicTo},
			Points: []artwork.Point{{X: 50, Y: 50}, {X: 60, Y: 80}, {X: 80, Y: 20}, {X: 90, Y: 50}, {X: 90, Y: 90}, {X: 90, Y: 90}, {X: 50, Y: 90}, {X: 50, Y: 50}},
			Closed: true,
		})
	}
	if m.Accepts.Arcs {
		half := []artwork.Point{{X: 120, Y: 50}, {X: 130, Y: 60}, {X: 140, Y: 50}}
		add(artwork.Path{Verbs: []artwork.Verb{artwork.ArcTo}, Points: half})
		add(artwork.Path{ // a full circle as two arcs
			Verbs:  []artwork.Verb{artwork.ArcTo, artwork.ArcTo},
			Points: append(half[:3:3], artwork.Point{X: 130, Y: 40}, half[0]), Closed: true,
		})
		add(artwork.Path{ // an arc through points of one line
			Verbs: []artwork.Verb{artwork.ArcTo}, Points: []artwork.Point{{X: 160, Y: 50}, {X: 170, Y: 50}, {X: 180, Y: 50}},
		})
	}
	return job(m, 1, layer("Curves", artwork.Cut, shapes...))
}

func fills(m sdk.Manifest) *sdk.Job {
	s := shape(1, artwork.Engrave, box(10, 10, 100, 100), box(20, 20, 80, 80), box(30, 30, 60, 60), box(200, 10, 10, 10))
	s.Fill = m.Accepts.Fills
	return job(m, 1, layer("Fills", artwork.Engrave, s))
}

func heights(m sdk.Manifest) *sdk.Job {
	l := layer("Relief", artwork.Relief)
	if !m.Accepts.Heights {
		return square(m)
	}
	const columns, rows = 301, 203
	field := artwork.HeightField{
		Board: 1, Setting: "default", Origin: artwork.Point{X: 10, Y: 10}, Cell: 0.5,
		Columns: columns, Rows: rows, Values: make([]float32, columns*rows),
	}
	for i := range field.Values {
		field.Values[i] = float32(2 + math.Sin(float64(i%columns)/20)*math.Cos(float64(i/columns)/15))
		if i%columns == 0 {
			field.Values[i] = float32(math.NaN())
		}
	}
	l.Heights = []artwork.HeightField{field}
	return job(m, 1, l)
}

func boards(m sdk.Manifest) *sdk.Job {
	count := 4
	if !m.Accepts.Boards {
		count = 1
	}
	var layers []artwork.Layer
	for i := range 3 {
		l := layer(fmt.Sprint("Level ", i+1), artwork.Cut)
		for b := range count {
			l.Shapes = append(l.Shapes, shape(b+1, artwork.Cut, box(float64(10+20*i), float64(10+20*b), 10, 10)))
		}
		layers = append(layers, l)
	}
	return job(m, count, layers...)
}

func manyLayers(m sdk.Manifest) *sdk.Job {
	var layers []artwork.Layer
	for i := range 200 {
		layers = append(layers, layer(fmt.Sprint("Layer ", i+1), artwork.Score, shape(1, artwork.Score, box(float64(i), float64(i%150), 20, 20))))
	}
	return job(m, 1, layers...)
}

func everyOperation(m sdk.Manifest) *sdk.Job {
	var layers []artwork.Layer
	machine := sdk.Machine{
		ID: "test-laser", Name: "Test <Laser> 40 W", BedWidth: 400, BedHeight: 300,
		MaterialID: "birch-3", MaterialThickness: 3, Kerf: 0.12,
	}
	for i, o := range []artwork.Operation{artwork.Engrave, artwork.Score, artwork.Cut} {
		for k, setting := range artwork.Settings(o) {
			s := shape(1, o, box(float64(10+40*k), float64(10+40*i), 30, 30))
			s.Setting, s.Fill = setting, o == artwork.Engrave && m.Accepts.Fills
			l := layer(string(o)+" "+setting, o, s)
			l.Setting = setting
			layers = append(layers, l)
			machine.Settings = append(machine.Settings, sdk.MachineSetting{
				Operation: o, Setting: setting, Power: float64(20 + 10*k), Speed: 100, Passes: k + 1, Interval: 0.1,
			})
		}
	}
	j := job(m, 1, layers...)
	j.Machine = machine
	return j
}

func tiny(m sdk.Manifest) *sdk.Job {
	point := shape(1, artwork.Cut, artwork.Path{Points: []artwork.Point{{X: 1, Y: 1}}})
	line := shape(1, artwork.Cut, artwork.Path{Points: []artwork.Point{{X: 0, Y: 0}, {X: 300, Y: 200}}})
	line.Feature = math.MaxInt64
	back := shape(1, artwork.Cut, artwork.Path{Points: []artwork.Point{{X: 2, Y: 2}, {X: 2, Y: 2}}})
	return job(m, 1, layer("Tiny", artwork.Cut, point, line, back))
}
