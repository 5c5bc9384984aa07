package geojson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"

	"github.com/paulmach/orb"
)

// geometry is a geometry as it is written.
type geometry struct {
	Type        string            `json:"type"`
	Coordinates json.RawMessage   `json:"coordinates"`
	Geometries  []json.RawMessage `json:"geometries,omitempty"`
}

// maxNesting is how deep collections may lie in collections.
const maxNesting = 16

// reading collects what one item's geometry holds.
type reading struct {
	valid  func(orb.Point) bool
	parts  []orb.Geometry
	closed int // rings that had to be closed
}

var errOutside = errors.New("a coordinate is outside of what its reference system has")

// geometry adds a geometry; a collection adds each of its members.
func (r *reading) geometry(raw json.RawMessage, depth int) error {
	var g geometry
	if err := json.Unmarshal(raw, &g); err != nil {
		return errors.New("it is no geometry")
	}
	if g.Type == "GeometryCollection" {
		if depth == maxNesting {
			return errors.New("its collections lie too deep in each other")
		}
		for _, member := range g.Geometries {
			if err := r.geometry(member, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	part, err := r.simple(g)
	if err != nil {
		return err
	}
	if part != nil {
		r.parts = append(r.parts, part)
	}
	return nil
}

// simple reads a geometry that is no collection; an empty one is nil.
func (r *reading) simple(g geometry) (orb.Geometry, error) {
	switch g.Type {
	case "Point":
		var c []float64
		if err := decode(g.Coordinates, &c); err != nil || len(c) == 0 {
			return nil, err
		}
		return r.point(c)
	case "MultiPoint":
		l, err := r.points(g.Coordinates)
		if err != nil || len(l) == 0 {
			return nil, err
		}
		return orb.MultiPoint(l), nil
	case "LineString":
		l, err := r.points(g.Coordinates)
		if err != nil || len(l) == 0 {
			return nil, err
		}
		return r.line(l)
	case "MultiLineString":
		return r.lines(g.Coordinates)
	case "Polygon":
		p, err := r.polygon(g.Coordinates)
		if err != nil || len(p) == 0 {
			return nil, err
		}
		return p, nil
	case "MultiPolygon":
		return r.polygons(g.Coordinates)
	default:
		return nil, fmt.Errorf("%q is no type of geometry", g.Type)
	}
}

var errNoNumber = errors.New("a coordinate is not a number")

func decode(raw json.RawMessage, to any) error {
	if len(raw) == 0 {
		return errors.New("it has no coordinates")
	}
	if bytes.Contains(raw, []byte("null")) {
		return errNoNumber // else it would be read as 0
	}
	err := json.Unmarshal(raw, to)
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &wrong) || wrong.Type.Kind() != reflect.Float64:
		return errors.New("its coordinates can't be read")
	}
	if literal, ok := strings.CutPrefix(wrong.Value, "number "); ok {
		return fmt.Errorf("%w that can be used: %s", errNoNumber, literal)
	}
	return errNoNumber
}

// point takes the first two numbers of a position; heights are left out.
func (r *reading) point(c []float64) (orb.Point, error) {
	if len(c) < 2 {
		return orb.Point{}, errors.New("a position has less than two numbers")
	}
	p := orb.Point{c[0], c[1]}
	if math.IsInf(p[0]+p[1], 0) || !r.valid(p) {
		return p, errOutside
	}
	return p, nil
}

func (r *reading) points(raw json.RawMessage) ([]orb.Point, error) {
	var positions [][]float64
	if err := decode(raw, &positions); err != nil {
		return nil, err
	}
	l := make([]orb.Point, len(positions))
	for i, c := range positions {
		var err error
		if l[i], err = r.point(c); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (r *reading) line(l []orb.Point) (orb.LineString, error) {
	if len(l) < 2 {
		return nil, errors.New("a line has less than two positions")
	}
	return l, nil
}

func (r *reading) lines(raw json.RawMessage) (orb.Geometry, error) {
	var each []json.RawMessage
	if err := decode(raw, &each); err != nil || len(each) == 0 {
		return nil, err
	}
	all := make(orb.MultiLineString, 0, len(each))
	for _, raw := range each {
		points, err := r.points(raw)
		if err != nil {
			return nil, err
		}
		l, err := r.line(points)
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}

// polygon closes rings that are open, and turns shells counterclockwise and
// holes clockwise.
func (r *reading) polygon(raw json.RawMessage) (orb.Polygon, error) {
	var each []json.RawMessage
	if err := decode(raw, &each); err != nil {
		return nil, err
	}
	p := make(orb.Polygon, 0, len(each))
	for i, raw := range each {
		points, err := r.points(raw)
		if err != nil {
			return nil, err
		}
		ring := orb.Ring(points)
		if len(ring) > 2 && ring[0] != ring[len(ring)-1] {
			ring = append(ring, ring[0])
			r.closed++
		}
		if len(ring) < 4 {
			return nil, errors.New("a ring has less than three corners")
		}
		if o := ring.Orientation(); o == orb.CW && i == 0 || o == orb.CCW && i > 0 {
			ring.Reverse()
		}
		p = append(p, ring)
	}
	return p, nil
}

func (r *reading) polygons(raw json.RawMessage) (orb.Geometry, error) {
	var each []json.RawMessage
	if err := decode(raw, &each); err != nil || len(each) == 0 {
		return nil, err
	}
	all := make(orb.MultiPolygon, 0, len(each))
	for _, raw := range each {
		p, err := r.polygon(raw)
		if err != nil {
			return nil, err
		}
		if len(p) > 0 {
			all = append(all, p)
		}
	}
	return all, nil
}
