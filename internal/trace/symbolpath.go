package trace

import (
	"fmt"
	"io/fs"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/mapwright/mapwright/assets"
	"github.com/mapwright/mapwright/internal/planar"
)

// symbolBox is the side of the box that symbols are drawn in.
const symbolBox = 24.0

// glyph is a symbol: closed contours in its box, Y down. A contour begins with
// its start; every curve adds three points, every line three that lie on it.
type glyph [][][2]float64

// glyphs are the symbols of the program by their names.
var glyphs = sync.OnceValues(func() (map[string]glyph, error) {
	files, err := fs.Glob(assets.Symbols, "symbols/*.svg")
	if err != nil {
		return nil, err
	}
	all := map[string]glyph{}
	for _, file := range files {
		data, err := assets.Symbols.ReadFile(file)
		if err != nil {
			return nil, err
		}
		g, err := parseSymbol(string(data))
		if err != nil {
			return nil, fmt.Errorf("the symbol %s can't be read: %w", file, err)
		}
		all[strings.TrimSuffix(path.Base(file), ".svg")] = g
	}
	return all, nil
})

// symbolNames lists the symbols, sorted.
func symbolNames() []string {
	files, _ := fs.Glob(assets.Symbols, "symbols/*.svg") // the pattern is sound
	names := make([]string, 0, len(files))
	for _, f := range files {
		names = append(names, strings.TrimSuffix(path.Base(f), ".svg"))
	}
	slices.Sort(names)
	return names
}

// parseSymbol reads the one path of a symbol: the commands M, L, C and Z of SVG
// (W3C, Scalable Vector Graphics 1.1, section 8.3), absolute. Anything else is
// an error, so that no drawing comes out other than it was drawn.
func parseSymbol(svg string) (glyph, error) {
	_, rest, ok := strings.Cut(svg, ` d="`)
	data, after, closed := strings.Cut(rest, `"`)
	if !ok || !closed || strings.Contains(after, "<path") {
		return nil, fmt.Errorf("it must hold one path")
	}
	for _, c := range "MLCZ" {
		data = strings.ReplaceAll(data, string(c), " "+string(c)+" ")
	}
	var g glyph
	words := strings.Fields(data)
	for len(words) > 0 {
		command := words[0]
		count := map[string]int{"M": 1, "L": 1, "C": 3, "Z": 0}
		n, known := count[command]
		if !known || len(words) < 1+2*n {
			return nil, fmt.Errorf("%q is no command, or lacks numbers", command)
		}
		points := make([][2]float64, n)
		for i := range points {
			for axis := range 2 {
				v, err := strconv.ParseFloat(words[1+2*i+axis], 64)
				if err != nil || !(v >= 0 && v <= symbolBox) {
					return nil, fmt.Errorf("%q is no number from 0 to %g", words[1+2*i+axis], symbolBox)
				}
				points[i][axis] = v
			}
		}
		words = words[1+2*n:]
		switch {
		case command == "M":
			g = append(g, points)
		case len(g) == 0:
			return nil, fmt.Errorf("%q stands before any M", command)
		case command == "L":
			last := len(g) - 1
			g[last] = append(g[last], points[0], points[0], points[0])
		case command == "C":
			g[len(g)-1] = append(g[len(g)-1], points...)
		}
	}
	if len(g) == 0 {
		return nil, fmt.Errorf("its path is empty")
	}
	return g, nil
}

// rings draws the symbol with a point of its box at the origin: scale grid
// units for a unit of the box, turned counterclockwise, degrees, curves within a
// tolerance, grid units.
func (g glyph) rings(origin [2]float64, scale, degrees, tolerance float64) []planar.Ring {
	sin, cos := math.Sincos(degrees * (math.Pi / 180))
	place := func(p [2]float64) planar.Point {
		x, y := (p[0]-origin[0])*scale, (origin[1]-p[1])*scale
		return planar.Point{
			X: int32(math.Round(float64(x*cos) - float64(y*sin))),
			Y: int32(math.Round(float64(x*sin) + float64(y*cos))),
		}
	}
	rings := make([]planar.Ring, 0, len(g))
	for _, c := range g {
		ring := planar.Ring{place(c[0])}
		for i := 1; i+2 < len(c); i += 3 {
			for _, q := range curve(c[i-1], c[i], c[i+1], c[i+2], tolerance/scale) {
				if p := place(q); p != ring[len(ring)-1] {
					ring = append(ring, p)
				}
			}
		}
		if len(ring) > 1 && ring[0] == ring[len(ring)-1] {
			ring = ring[:len(ring)-1]
		}
		rings = append(rings, ring)
	}
	return rings
}

// curve gives the points of a cubic Bézier after its start. Cut into n equal
// steps of its parameter it errs by at most 6|d|/8n², d being the larger of its
// second differences; a line, whose points are all its end, is one step.
func curve(a, b, c, d [2]float64, tolerance float64) [][2]float64 {
	if b == c && c == d {
		return [][2]float64{d}
	}
	second := func(p, q, r [2]float64) float64 {
		x, y := p[0]-2*q[0]+r[0], p[1]-2*q[1]+r[1]
		return math.Sqrt(float64(x*x) + float64(y*y))
	}
	const most = 1 << 10
	n := int(math.Ceil(math.Min(math.Sqrt(0.75*max(second(a, b, c), second(b, c, d))/tolerance), most)))
	points := make([][2]float64, 0, max(n, 1))
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		w := [4]float64{u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t}
		var p [2]float64
		for axis := range 2 {
			p[axis] = float64(w[0]*a[axis]) + float64(w[1]*b[axis]) + float64(w[2]*c[axis]) + float64(w[3]*d[axis])
		}
		points = append(points, p)
	}
	return append(points, d)
}
