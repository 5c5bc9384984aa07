package trace

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// sample is a city that strategies are tried on.
type sample struct {
	name, file string
	box        orb.Bound
}

var samples = []sample{
	{"Munich", "munich-centre-2020", munich},
	{"Monaco", "monaco-2021", monaco},
	{"Helsinki", "helsinki-centre-2019", helsinki},
	{"Andorra", "andorra-2021", orb.Bound{Min: orb.Point{1.515, 42.5}, Max: orb.Point{1.535, 42.514}}},
}

// trial is one strategy on one kind of shapes of one city.
type trial struct {
	sample    int
	size      float64 // of the board, mm
	strategy  string
	kind      string // of shapes: points, lines, areas
	operation artwork.Operation
	options   map[string]string
}

func (c trial) String() string {
	text := fmt.Sprintf("%s of %s in %s at %g mm, %s", c.strategy, c.kind, samples[c.sample].name, c.size, c.operation)
	for _, key := range slices.Sorted(maps.Keys(c.options)) {
		text += " " + key + "=" + c.options[key]
	}
	return text
}

// variants are the options that are tried with each other, those of which a
// strategy has.
var variants = []struct {
	key    string
	values []string
}{
	{"pieces", []string{"fall", "bridge", "drop"}},
	{"thin", []string{"drop", "thicken", "keep"}},
	{"kerf", []string{"0", "0.15"}},
	{"min-area", []string{"0", "1"}},
	{"min-width", []string{"0.1", "0.4"}},
	{"merge-gap", []string{"0", "0.3"}},
	{"join", []string{"round", "mitre", "square"}},
	{"corner-radius", []string{"0", "0.3"}},
	{"ends", []string{"open", "closed", "round"}},
	{"edge", []string{"auto", "keep", "drop"}},
	{"border", []string{"no", "yes"}},
	{"holes", []string{"yes", "no"}},
	{"count", []string{"3", "0"}},
	{"knock-out", []string{"no", "above", "all"}},
	{"halo", []string{"0", "0.4"}},
	{"fit", []string{"0", "0.05"}},
	{"of", []string{"", "top"}},
	{"minus", []string{"", "all", "top"}},
	{"land", []string{"frame", "areas"}},
	{"min-island", []string{"0", "25"}},
	{"rim", []string{"5", "0"}},
	{"bridge-width", []string{"2", "0.6"}},
	{"bridges", []string{"2", "1", "4"}},
}

var (
	trialKinds      = []string{"points", "lines", "areas"}
	trialOperations = []artwork.Operation{artwork.Score, artwork.Cut, artwork.Engrave}
	trialSizes      = []float64{100, 300, 600}
)

// trials are what is tried: with all, every strategy on every kind of shapes of
// every city at every size by every operation; else every strategy with every
// kind at the smallest size, each time by another operation. Options are chosen so that in the
// end each pair of values of options was tried with each strategy that has
// both, in a long run at least.
func trials(all bool) []trial {
	var list []trial
	n := 0
	for _, s := range Strategies() {
		tried := newPairs()
		for k, kind := range trialKinds {
			for o, operation := range trialOperations {
				if !all {
					if (k+o+len(list)/3)%len(trialOperations) != 0 {
						continue
					}
					list = append(list, trial{n % len(samples), trialSizes[0], s.ID, kind, operation, tried.next(s)})
					n++
					continue
				}
				for city := range samples {
					for _, size := range trialSizes {
						list = append(list, trial{city, size, s.ID, kind, operation, tried.next(s)})
					}
				}
			}
		}
	}
	return list
}

// pairs remembers which pairs of values of options were tried together.
type pairs struct{ seen map[[4]string]bool }

func newPairs() *pairs { return &pairs{map[[4]string]bool{}} }

// next chooses a value for each option of a strategy: of each the one that
// makes the most new pairs with those chosen before it, or else the next one in
// turn.
func (p *pairs) next(s Strategy) map[string]string {
	chosen := map[string]string{}
	var keys []string
	for _, v := range variants {
		if _, ok := findOption(slices.Concat(CommonOptions(), s.Options), v.key); !ok {
			continue
		}
		best, most := "", -1
		for i := range v.values {
			value := v.values[(i+len(p.seen))%len(v.values)]
			fresh := 0
			for _, k := range keys {
				if !p.seen[[4]string{k, chosen[k], v.key, value}] {
					fresh++
				}
			}
			if fresh > most {
				best, most = value, fresh
			}
		}
		for _, k := range keys {
			p.seen[[4]string{k, chosen[k], v.key, best}] = true
		}
		chosen[v.key] = best
		keys = append(keys, v.key)
	}
	maps.DeleteFunc(chosen, func(_, v string) bool { return v == "" })
	return chosen
}

// shapesOfCity gives the shapes of one kind of a city's layers.
func shapesOfCity(data memory, kind string) []carto.Feature {
	var out []carto.Feature
	for _, id := range slices.Sorted(maps.Keys(data)) {
		for i, f := range data[id] {
			switch g := f.Geometry.(type) {
			case orb.Polygon, orb.MultiPolygon:
				if kind == "areas" {
					out = append(out, f)
				}
				if p := g.Bound().Center(); kind == "points" && i%5 == 0 {
					out = append(out, carto.Feature{Geometry: p})
				}
			case orb.LineString, orb.MultiLineString:
				if kind == "lines" && id != "paths" {
					out = append(out, f)
				}
			}
		}
	}
	for i := range out {
		out[i].ID = int64(i + 1)
	}
	return out
}

// run draws a trial, with roads above it.
func (c trial) run(t *testing.T, m *carto.Map, city memory) (*artwork.Artwork, *Report, *Scene) {
	t.Helper()
	features := shapesOfCity(city, c.kind)
	data := memory{"x": features, "top": city["roads-major"]}
	own := *m
	own.Layers = []carto.Layer{
		{
			ID: "x", Name: "x", Operation: c.operation, Setting: artwork.Settings(c.operation)[0], Strategy: c.strategy,
			Visible: true, Board: 1, Options: c.options, CRS: "EPSG:4326", Count: len(features),
		},
		{
			ID: "top", Name: "top", Operation: artwork.Engrave, Setting: "dark", Strategy: "filled",
			Visible: true, Board: 1, Options: map[string]string{"width": "0.8"}, CRS: "EPSG:4326",
		},
	}
	s, err := NewScene(&own, data)
	if err != nil {
		t.Fatal(err)
	}
	art, report, err := Job(t.Context(), s, []carto.LayerID{"x", "top"})
	if err != nil {
		t.Fatalf("%v: %v", c, err)
	}
	return art, report, s
}

// TestEveryStrategyOnRealCities holds every strategy to the rules of a job: no
// double burn, no open ring, nothing outside, nothing below the minimums,
// stencils in one piece, and nothing loose that bridges are to hold. But in the
// soak it takes the middle quarter of each city, at the scale of all of it.
func TestEveryStrategyOnRealCities(t *testing.T) {
	t.Parallel()
	all := os.Getenv("MAPWRIGHT_SOAK") != ""
	list := trials(all)
	type key struct {
		sample int
		size   float64
	}
	by := map[key][]trial{}
	for _, c := range list {
		k := key{c.sample, c.size}
		by[k] = append(by[k], c)
	}
	for k, cases := range by {
		t.Run(fmt.Sprintf("%s at %g mm", samples[k.sample].name, k.size), func(t *testing.T) {
			t.Parallel()
			box, size := samples[k.sample].box, k.size
			if !all {
				box, size = middleOf(box), size/2
			}
			m, data := city(t, samples[k.sample].file, box, size, size, carto.FrameRect, 0)
			const together = 8
			for part := range slices.Chunk(cases, together) {
				arts := map[string]*artwork.Artwork{}
				for _, c := range part {
					art, report, s := c.run(t, m, data)
					c.check(t, art, report, s)
					arts[c.String()] = art
				}
				allInnocent(t, arts)
			}
		})
	}
}

// check holds what the judge does not look at.
func (c trial) check(t *testing.T, art *artwork.Artwork, report *Report, s *Scene) {
	t.Helper()
	l := art.Layers[0]
	for _, shape := range l.Shapes {
		if shape.Operation != c.operation || shape.Setting != artwork.Settings(c.operation)[0] {
			t.Errorf("%v: a shape of %s %s", c, shape.Operation, shape.Setting)
		}
	}
	w, err := s.alone(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	c.checkMinimums(t, w)
	if c.operation != artwork.Cut {
		return
	}
	if c.strategy == "stencil" && c.options["border"] == "yes" && c.kind != "points" && len(w.lines) > 0 {
		if n := len(enclosed(t, l)); n != 1 {
			t.Errorf("%v: the stencil falls into %d pieces", c, n)
		}
	}
	if c.options["pieces"] == piecesBridge && !w.settings.strategy.ownsHold && len(report.Of(KindLoose)) == 0 {
		loose, err := w.loosePieces(t.Context(), withoutDrills(w, linesOf(l)))
		if err != nil {
			t.Fatal(err)
		}
		if len(loose) > 0 {
			x, y := loose[0][0][0].MM()
			t.Errorf("%v: %d pieces fall out, one at %.3f, %.3f", c, len(loose), x, y)
		}
	}
}

// checkMinimums tells of areas that are smaller or thinner than they may be.
func (c trial) checkMinimums(t *testing.T, w *work) {
	t.Helper()
	if c.options["thin"] == thinKeep || c.kind == "points" || len(w.area) == 0 {
		return
	}
	width, area := w.minimums()
	thick, err := planar.Opening(t.Context(), w.area, 0.9*width)
	if err != nil {
		t.Fatal(err)
	}
	thin, err := planar.Boolean(t.Context(), planar.Difference, planar.Rings(w.area), planar.Rings(thick), planar.Positive)
	if err != nil {
		t.Fatal(err)
	}
	if c.strategy == "groove" || c.strategy == "inlay" {
		return // drawn smaller on purpose, by the beam or the fit
	}
	for i, p := range thin {
		if planar.Area(thin[i:i+1]) > width*width/2 { // more than the tip of a sharp corner
			x, y := p[0][0].MM()
			t.Errorf("%v: thinner than the minimum at %.3f, %.3f", c, x, y)
		}
	}
	for i := range w.area {
		if planar.Area(w.area[i:i+1]) < 0.9*area {
			t.Errorf("%v: an area of %.4f mm²", c, planar.Area(w.area[i:i+1])/unitsPerMM/unitsPerMM)
		}
	}
}

// enclosed gives what the closed lines of a layer enclose.
func enclosed(t *testing.T, l artwork.Layer) []planar.Polygon {
	t.Helper()
	var rings []planar.Ring
	for _, p := range linesOf(l) {
		if p.Closed() {
			rings = append(rings, planar.Ring(p[:len(p)-1]))
		}
	}
	polys, err := planar.Union(t.Context(), rings, planar.EvenOdd)
	if err != nil {
		t.Fatal(err)
	}
	return polys
}

// linesOf gives the lines of a layer on the grid.
func linesOf(l artwork.Layer) []planar.Path {
	var lines []planar.Path
	for _, s := range l.Shapes {
		for _, p := range s.Paths {
			if s.Fill {
				continue
			}
			var path planar.Path
			for _, q := range p.Flatten(0.001).Points {
				path = append(path, planar.FromMM(q.X, q.Y))
			}
			if p.Closed {
				path = append(path, path[0])
			}
			lines = append(lines, path)
		}
	}
	return lines
}

// withoutDrills leaves out the circles for points.
func withoutDrills(w *work, lines []planar.Path) []planar.Path {
	return slices.DeleteFunc(lines, func(p planar.Path) bool {
		return slices.ContainsFunc(w.drills, func(d planar.Path) bool { return sameBox(p.Bounds(), d.Bounds()) })
	})
}

// sameBox tells whether boxes agree within what curves may differ from lines.
func sameBox(a, b planar.Box) bool {
	const most = 0.06 * unitsPerMM
	return distance(a.Min, b.Min) < most && distance(a.Max, b.Max) < most
}
