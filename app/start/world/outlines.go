// Package world shows the Earth to choose a place on it: outlines of all
// countries, which are part of the program, and a frame that is dragged. It
// knows no map and no board.
package world

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/mapwright/mapwright/assets"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// country is one of the world, on the plane of the picture: degrees of
// longitude, and Mercator's latitudes stretched to the same unit.
type country struct {
	name  string
	label orb.Point
	zoom  float64 // of web maps, from which its name is shown
	rings []orb.Ring
	box   orb.Bound
}

// outlines are the world made ready for drawing.
type outlines struct {
	countries           []country
	land, borders, grid artwork.Layer
}

// load reads the outlines, once.
var load = sync.OnceValues(func() (*outlines, error) { return read(assets.World) })

var errShort = errors.New("the outlines of the world are cut off")

// read reads outlines; assets/world/README.md tells their form.
func read(packed []byte) (*outlines, error) {
	unpack, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("the outlines of the world can't be read: %w", err)
	}
	data, err := io.ReadAll(unpack)
	if err != nil {
		return nil, fmt.Errorf("the outlines of the world can't be read: %w", err)
	}
	o := &outlines{grid: graticule()}
	r := &reader{data: data}
	for len(r.data) > 0 && !r.short {
		c := country{name: r.text(), label: toPlane(orb.Point{r.degrees(), r.degrees()}), zoom: float64(r.signed()) / 10}
		shape := artwork.Shape{Board: 1, Fill: true}
		for range r.unsigned() {
			if r.short {
				break
			}
			ring := r.ring()
			c.rings = append(c.rings, ring)
			path := artwork.Path{Closed: true, Points: make([]artwork.Point, len(ring))}
			for i, p := range ring {
				path.Points[i] = artwork.Point{X: p[0], Y: p[1]}
			}
			shape.Paths = append(shape.Paths, path)
		}
		c.box = boxOf(c.rings)
		o.countries = append(o.countries, c)
		o.land.Shapes = append(o.land.Shapes, shape)
		shape.Fill = false
		o.borders.Shapes = append(o.borders.Shapes, shape)
	}
	if r.short {
		return nil, errShort
	}
	return o, nil
}

// reader takes numbers and texts off the front of data.
type reader struct {
	data  []byte
	short bool // there was less than wanted
}

func (r *reader) unsigned() uint64 {
	v, n := binary.Uvarint(r.data)
	return take(r, v, n)
}

func (r *reader) signed() int64 {
	v, n := binary.Varint(r.data)
	return take(r, v, n)
}

func take[T any](r *reader, v T, n int) (out T) {
	if n <= 0 {
		r.data, r.short = nil, true
		return out
	}
	r.data = r.data[n:]
	return v
}

func (r *reader) degrees() float64 { return float64(r.signed()) / 1000 }

func (r *reader) text() string {
	n := r.unsigned()
	if n > uint64(len(r.data)) {
		r.data, r.short = nil, true
		return ""
	}
	text := string(r.data[:n])
	r.data = r.data[n:]
	return text
}

func (r *reader) ring() (ring orb.Ring) {
	var x, y int64
	for range r.unsigned() {
		if r.short {
			return nil
		}
		x, y = x+r.signed(), y+r.signed()
		ring = append(ring, toPlane(orb.Point{float64(x) / 1000, float64(y) / 1000}))
	}
	return ring
}

func boxOf(rings []orb.Ring) orb.Bound {
	box := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for _, r := range rings {
		for _, p := range r {
			box = box.Extend(p)
		}
	}
	return box
}

// at names the country at a place of the plane, "" on the sea.
func (o *outlines) at(p orb.Point) string {
	for _, c := range o.countries {
		if !c.box.Contains(p) {
			continue
		}
		inside := false
		for _, r := range c.rings {
			if planar.RingContains(r, p) {
				inside = !inside
			}
		}
		if inside {
			return c.name
		}
	}
	return ""
}

// graticule is a line every ten degrees.
func graticule() (l artwork.Layer) {
	line := func(a, b orb.Point) {
		a, b = toPlane(a), toPlane(b)
		l.Shapes = append(l.Shapes, artwork.Shape{Board: 1, Paths: []artwork.Path{{Points: []artwork.Point{{X: a[0], Y: a[1]}, {X: b[0], Y: b[1]}}}}})
	}
	for lon := -180.0; lon < 180; lon += 10 {
		line(orb.Point{lon, -90}, orb.Point{lon, 90})
	}
	for lat := -80.0; lat <= 80; lat += 10 {
		line(orb.Point{-180, lat}, orb.Point{180, lat})
	}
	return l
}

// edge is the latitude at which the world ends: there it is as high as wide.
const edge = 85.0511

// toPlane takes degrees to the plane of the picture.
func toPlane(p orb.Point) orb.Point {
	lat := max(-edge, min(edge, p[1])) * math.Pi / 180
	return orb.Point{p[0], math.Asinh(math.Tan(lat)) * 180 / math.Pi}
}

// toDegrees takes a place of the plane to degrees.
func toDegrees(p orb.Point) orb.Point {
	return orb.Point{p[0], math.Atan(math.Sinh(p[1]*math.Pi/180)) * 180 / math.Pi}
}
