package mapfile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/paulmach/orb"
)

// A geometry is a GeoPackage binary blob (OGC 12-128r17, 2.1.3): a header "GP",
// version, flags, srs id and an envelope, then well-known binary (ISO 13249-3).
// We write little endian, with an xy envelope unless the geometry is empty.

// errGeometry is under every error about a blob that is no geometry.
var errGeometry = errors.New("not a GeoPackage geometry")

// The flag bits of the header.
const (
	flagLittle   = 1 << 0
	flagEnvelope = 7 << 1
	flagXY       = 1 << 1
	flagEmpty    = 1 << 4
	flagExtended = 1 << 5
)

// The well-known binary types.
const (
	wkbPoint = 1 + iota
	wkbLineString
	wkbPolygon
	wkbMultiPoint
	wkbMultiLineString
	wkbMultiPolygon
	wkbCollection
)

// maxDepth is how deep collections may be nested.
const maxDepth = 32

// header is the part of a blob before the well-known binary.
type header struct {
	srs      int32
	empty    bool
	envelope orb.Bound // only if hasBox
	hasBox   bool
	body     []byte
}

// readHeader takes a blob apart.
func readHeader(blob []byte) (header, error) {
	if len(blob) < 8 || blob[0] != 'G' || blob[1] != 'P' || blob[2] != 0 {
		return header{}, fmt.Errorf("%w: it does not begin as one", errGeometry)
	}
	flags := blob[3]
	if flags&flagExtended != 0 {
		return header{}, fmt.Errorf("%w: it is of an extended type", errGeometry)
	}
	var order binary.ByteOrder = binary.BigEndian
	if flags&flagLittle != 0 {
		order = binary.LittleEndian
	}
	sizes := [8]int{0, 4, 6, 6, 8, -1, -1, -1} // float64s of each kind of envelope
	n := sizes[flags&flagEnvelope>>1]
	if n < 0 || len(blob) < 8+8*n {
		return header{}, fmt.Errorf("%w: its envelope is broken", errGeometry)
	}
	h := header{srs: int32(order.Uint32(blob[4:])), empty: flags&flagEmpty != 0, body: blob[8+8*n:]}
	if n > 0 {
		at := func(i int) float64 { return math.Float64frombits(order.Uint64(blob[8+8*i:])) }
		h.envelope = orb.Bound{Min: orb.Point{at(0), at(2)}, Max: orb.Point{at(1), at(3)}}
		h.hasBox = true
	}
	return h, nil
}

// bounds is the box of a blob, without reading the geometry where the header
// says it; ok is false for an empty geometry.
func (h header) bounds() (box orb.Bound, ok bool, err error) {
	if h.empty {
		return orb.Bound{}, false, nil
	}
	if h.hasBox && finite(h.envelope.Min) == nil && finite(h.envelope.Max) == nil {
		return h.envelope, true, nil
	}
	g, err := decodeWKB(h.body)
	if err != nil {
		return orb.Bound{}, false, err
	}
	box, ok = carto.Extent(g)
	return box, ok, nil
}

// decodeGeometry reads a blob. Z and M are dropped. NULL is an empty
// collection, and an empty point an empty multi-point: both can only come from
// other programs.
func decodeGeometry(blob []byte) (orb.Geometry, error) {
	if blob == nil {
		return orb.Collection{}, nil
	}
	h, err := readHeader(blob)
	if err != nil {
		return nil, err
	}
	return decodeWKB(h.body)
}

func decodeWKB(body []byte) (orb.Geometry, error) {
	r := wkbReader{data: body}
	g, err := r.geometry(0)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errGeometry, err)
	}
	return g, nil
}
