package mapfile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// wkbReader reads well-known binary that other programs may have written, and
// allocates no more than the data could fill.
type wkbReader struct {
	data  []byte
	order binary.ByteOrder
	extra int // ordinates beside x and y
}

var errShort = errors.New("it ends too early")

// geometry reads one geometry with its byte order and type.
func (r *wkbReader) geometry(depth int) (orb.Geometry, error) {
	kind, err := r.start()
	if err != nil {
		return nil, err
	}
	if depth > maxDepth {
		return nil, fmt.Errorf("collections nested deeper than %d", maxDepth)
	}
	switch kind {
	case wkbPoint:
		return r.point()
	case wkbLineString:
		points, err := r.points()
		return orb.LineString(points), err
	case wkbPolygon:
		return r.polygon()
	case wkbMultiPoint, wkbMultiLineString, wkbMultiPolygon, wkbCollection:
		return r.members(kind, depth)
	default:
		return nil, fmt.Errorf("geometry type %d is not supported (curves and surfaces must be converted to lines and polygons)", kind)
	}
}

// start reads byte order and type, in both ways of saying Z and M: ISO adds
// thousands, others set the high bits.
func (r *wkbReader) start() (kind uint32, err error) {
	if len(r.data) < 5 {
		return 0, errShort
	}
	switch r.data[0] {
	case 0:
		r.order = binary.BigEndian
	case 1:
		r.order = binary.LittleEndian
	default:
		return 0, fmt.Errorf("byte order %d", r.data[0])
	}
	kind = r.order.Uint32(r.data[1:])
	r.data = r.data[5:]
	r.extra = int(kind>>31) + int(kind>>30&1)
	kind &= 0x1fffffff
	if kind < 4000 {
		r.extra += [4]int{0, 1, 1, 2}[kind/1000]
		kind %= 1000
	}
	r.extra = min(r.extra, 2)
	return kind, nil
}

// count reads how many items of at least the given bytes follow.
func (r *wkbReader) count(atLeast int) (int, error) {
	if len(r.data) < 4 {
		return 0, errShort
	}
	n := r.order.Uint32(r.data)
	r.data = r.data[4:]
	if uint64(n)*uint64(atLeast) > uint64(len(r.data)) {
		return 0, errShort
	}
	return int(n), nil
}

// point reads a point; NaN is how well-known binary says an empty one.
func (r *wkbReader) point() (orb.Geometry, error) {
	size := 8 * (2 + r.extra)
	if len(r.data) < size {
		return nil, errShort
	}
	p := r.xy()
	if math.IsNaN(p[0]) && math.IsNaN(p[1]) {
		return orb.MultiPoint{}, nil
	}
	return p, finite(p)
}

// xy takes a point off the data, which must be there.
func (r *wkbReader) xy() orb.Point {
	p := orb.Point{
		math.Float64frombits(r.order.Uint64(r.data)),
		math.Float64frombits(r.order.Uint64(r.data[8:])),
	}
	r.data = r.data[8*(2+r.extra):]
	return p
}

func (r *wkbReader) points() ([]orb.Point, error) {
	n, err := r.count(8 * (2 + r.extra))
	if err != nil {
		return nil, err
	}
	points := make([]orb.Point, n)
	for i := range points {
		points[i] = r.xy()
		if err := finite(points[i]); err != nil {
			return nil, err
		}
	}
	return points, nil
}

// finite refuses coordinates that are no numbers.
func finite(p orb.Point) error {
	for _, v := range p {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("a coordinate is not a finite number (%g %g)", p[0], p[1])
		}
	}
	return nil
}

func (r *wkbReader) polygon() (orb.Geometry, error) {
	n, err := r.count(4)
	if err != nil {
		return nil, err
	}
	p := make(orb.Polygon, n)
	for i := range p {
		ring, err := r.points()
		if err != nil {
			return nil, err
		}
		p[i] = ring
	}
	return p, nil
}

// members reads the members of a multi-geometry or collection.
func (r *wkbReader) members(kind uint32, depth int) (orb.Geometry, error) {
	n, err := r.count(9) // an empty line is the smallest: order, type, count
	if err != nil {
		return nil, err
	}
	list := make(orb.Collection, n)
	for i := range list {
		if list[i], err = r.geometry(depth + 1); err != nil {
			return nil, err
		}
	}
	switch kind {
	case wkbMultiPoint:
		return multi[orb.MultiPoint](list)
	case wkbMultiLineString:
		return multi[orb.MultiLineString](list)
	case wkbMultiPolygon:
		return multi[orb.MultiPolygon](list)
	default:
		return list, nil
	}
}

// multi makes a multi-geometry of its members. An empty point among points is
// left out; any other member of another kind is an error.
func multi[M ~[]E, E orb.Geometry](list orb.Collection) (orb.Geometry, error) {
	m := make(M, 0, len(list))
	for _, g := range list {
		switch g := g.(type) {
		case orb.MultiPoint:
			if len(g) > 0 {
				return nil, fmt.Errorf("a %T has a %T in it", m, g)
			}
		case E:
			m = append(m, g)
		default:
			return nil, fmt.Errorf("a %T has a %T in it", m, g)
		}
	}
	return any(m).(orb.Geometry), nil
}
