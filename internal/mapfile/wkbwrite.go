package mapfile

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/paulmach/orb"
)

// encodeGeometry makes a blob of g. A ring or a bound becomes a polygon; nil
// and coordinates that are not finite are refused.
func encodeGeometry(g orb.Geometry, srs int32) ([]byte, error) {
	if g == nil {
		return nil, fmt.Errorf("%w: there is none", errGeometry)
	}
	if b, ok := g.(orb.Bound); ok {
		g = b.ToPolygon()
	}
	size, err := wkbSize(g, 0)
	if err != nil {
		return nil, err
	}
	box, some := carto.Extent(g)
	buf := make([]byte, 0, 8+32+size)
	flags := byte(flagLittle | flagEmpty)
	if some {
		flags = flagLittle | flagXY
	}
	buf = append(buf, 'G', 'P', 0, flags)
	buf = binary.LittleEndian.AppendUint32(buf, uint32(srs))
	if some {
		for _, v := range []float64{box.Min[0], box.Max[0], box.Min[1], box.Max[1]} {
			buf = binary.LittleEndian.AppendUint64(buf, math.Float64bits(v))
		}
	}
	return appendWKB(buf, g), nil
}

// wkbSize is how many bytes g takes as well-known binary. It refuses what
// can't be written.
func wkbSize(g orb.Geometry, depth int) (int, error) {
	var bad error
	carto.EachPoint(g, func(p orb.Point) {
		if err := finite(p); err != nil && bad == nil {
			bad = fmt.Errorf("%w: %w", errGeometry, err)
		}
	})
	if bad != nil {
		return 0, bad
	}
	return sizeOf(g, depth)
}

func sizeOf(g orb.Geometry, depth int) (int, error) {
	if depth > maxDepth {
		return 0, fmt.Errorf("%w: collections nested deeper than %d", errGeometry, maxDepth)
	}
	switch g := g.(type) {
	case orb.Point:
		return 21, nil
	case orb.MultiPoint:
		return 9 + 21*len(g), nil
	case orb.LineString:
		return 9 + 16*len(g), nil
	case orb.Ring:
		return 13 + 16*len(g), nil
	case orb.Polygon:
		size := 9
		for _, r := range g {
			size += 4 + 16*len(r)
		}
		return size, nil
	case orb.MultiLineString:
		return sizeOfAll(g, depth)
	case orb.MultiPolygon:
		return sizeOfAll(g, depth)
	case orb.Collection:
		return sizeOfAll(g, depth)
	default:
		return 0, fmt.Errorf("%w: a %T can't be kept", errGeometry, g)
	}
}

func sizeOfAll[E orb.Geometry](list []E, depth int) (int, error) {
	size := 9
	for _, g := range list {
		n, err := sizeOf(g, depth+1)
		if err != nil {
			return 0, err
		}
		size += n
	}
	return size, nil
}

// appendWKB writes g, which wkbSize has accepted.
func appendWKB(buf []byte, g orb.Geometry) []byte {
	switch g := g.(type) {
	case orb.Point:
		return appendXY(appendType(buf, wkbPoint), g)
	case orb.LineString:
		return appendPoints(appendType(buf, wkbLineString), g)
	case orb.Ring:
		return appendWKB(buf, orb.Polygon{g})
	case orb.Polygon:
		buf = appendCount(appendType(buf, wkbPolygon), len(g))
		for _, r := range g {
			buf = appendPoints(buf, r)
		}
		return buf
	case orb.MultiPoint:
		return appendAll(buf, wkbMultiPoint, g)
	case orb.MultiLineString:
		return appendAll(buf, wkbMultiLineString, g)
	case orb.MultiPolygon:
		return appendAll(buf, wkbMultiPolygon, g)
	case orb.Collection:
		return appendAll(buf, wkbCollection, g)
	}
	return buf
}

func appendAll[E orb.Geometry](buf []byte, kind uint32, list []E) []byte {
	buf = appendCount(appendType(buf, kind), len(list))
	for _, g := range list {
		buf = appendWKB(buf, g)
	}
	return buf
}

func appendType(buf []byte, kind uint32) []byte {
	return binary.LittleEndian.AppendUint32(append(buf, 1), kind)
}

func appendCount(buf []byte, n int) []byte {
	return binary.LittleEndian.AppendUint32(buf, uint32(n))
}

func appendPoints(buf []byte, points []orb.Point) []byte {
	buf = appendCount(buf, len(points))
	for _, p := range points {
		buf = appendXY(buf, p)
	}
	return buf
}

func appendXY(buf []byte, p orb.Point) []byte {
	buf = binary.LittleEndian.AppendUint64(buf, math.Float64bits(p[0]))
	return binary.LittleEndian.AppendUint64(buf, math.Float64bits(p[1]))
}
