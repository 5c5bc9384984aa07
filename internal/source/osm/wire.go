package osm

import (
	"errors"

	"google.golang.org/protobuf/encoding/protowire"
)

// field is the value of a protobuf field: a number, or bytes that point into
// the message.
type field struct {
	varint uint64
	bytes  []byte
}

var errWire = errors.New("not a protobuf message of the expected kind")

// fields calls f with each field of a message, in order. Fields of fixed size,
// which OSM PBF has none of, are passed over.
func fields(b []byte, f func(num protowire.Number, v field) error) error {
	for len(b) > 0 {
		num, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return errWire
		}
		b = b[n:]
		var v field
		switch kind {
		case protowire.VarintType:
			v.varint, n = protowire.ConsumeVarint(b)
		case protowire.BytesType:
			v.bytes, n = protowire.ConsumeBytes(b)
			if n >= 0 && v.bytes == nil {
				v.bytes = []byte{}
			}
		default:
			n = protowire.ConsumeFieldValue(num, kind, b)
			if n >= 0 {
				b = b[n:]
				continue
			}
		}
		if n < 0 {
			return errWire
		}
		b = b[n:]
		if err := f(num, v); err != nil {
			return err
		}
	}
	return nil
}

// numbers walks over a packed field of varints.
type numbers struct {
	rest []byte
	bad  bool
}

// count is how many numbers there are: each ends in a byte below 0x80.
func (p *numbers) count() int {
	n := 0
	for _, c := range p.rest {
		if c < 0x80 {
			n++
		}
	}
	return n
}

func (p *numbers) more() bool { return len(p.rest) > 0 && !p.bad }

// next returns 0 and marks the field as bad when there is no number.
func (p *numbers) next() uint64 {
	if len(p.rest) > 0 && p.rest[0] < 0x80 {
		v := p.rest[0]
		p.rest = p.rest[1:]
		return uint64(v)
	}
	v, n := protowire.ConsumeVarint(p.rest)
	if n < 0 {
		p.bad = true
		return 0
	}
	p.rest = p.rest[n:]
	return v
}

func (p *numbers) signed() int64 { return protowire.DecodeZigZag(p.next()) }
