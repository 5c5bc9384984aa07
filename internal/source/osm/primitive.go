package osm

import (
	"slices"

	"github.com/paulmach/orb"
	"google.golang.org/protobuf/encoding/protowire"
)

// primitives decodes one OSMData block.
type primitives struct {
	strings     []string
	granularity int64 // 1e-9 degrees
	latOffset   int64 // 1e-9 degrees
	lonOffset   int64 // 1e-9 degrees
	out         *block
}

// decodePrimitives decodes a PrimitiveBlock.
func decodePrimitives(b []byte) (*block, error) {
	p := primitives{granularity: 100, out: &block{}}
	var groups [][]byte
	err := fields(b, func(num protowire.Number, f field) error {
		switch num {
		case 1:
			return p.stringTable(f.bytes)
		case 2:
			groups = append(groups, f.bytes)
		case 17:
			p.granularity = int64(int32(f.varint))
		case 19:
			p.latOffset = int64(f.varint)
		case 20:
			p.lonOffset = int64(f.varint)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		if err := p.group(g); err != nil {
			return nil, err
		}
	}
	return p.out, nil
}

// stringTable makes all strings parts of one, so that a block costs one
// allocation.
func (p *primitives) stringTable(b []byte) error {
	var ends []int
	var joined []byte
	err := fields(b, func(num protowire.Number, f field) error {
		if num == 1 {
			joined = append(joined, f.bytes...)
			ends = append(ends, len(joined))
		}
		return nil
	})
	all, start := string(joined), 0
	p.strings = make([]string, len(ends))
	for i, end := range ends {
		p.strings[i] = all[start:end]
		start = end
	}
	return err
}

func (p *primitives) group(b []byte) error {
	return fields(b, func(num protowire.Number, f field) error {
		switch num {
		case 1:
			return p.node(f.bytes)
		case 2:
			return p.dense(f.bytes)
		case 3:
			return p.way(f.bytes)
		case 4:
			return p.relation(f.bytes)
		}
		return nil
	})
}

func (p *primitives) string(i uint64) (string, error) {
	if i >= uint64(len(p.strings)) {
		return "", errWire
	}
	return p.strings[i], nil
}

func (p *primitives) addNode(id, lon, lat int64, t tags) {
	at, ok := onEarth((p.lonOffset+p.granularity*lon)/100, (p.latOffset+p.granularity*lat)/100)
	if !ok {
		p.out.misplaced++
		return
	}
	p.out.nodeIDs = append(p.out.nodeIDs, id)
	p.out.nodeAt = append(p.out.nodeAt, at)
	if len(t) > 0 {
		p.out.tagged = append(p.out.tagged, node{id, at, t})
	}
}

// object holds the fields that nodes, ways and relations have alike.
type object struct {
	id         uint64
	keys, vals numbers
	deleted    bool
}

func (o *object) field(num protowire.Number, f field) error {
	switch num {
	case 1:
		o.id = f.varint
	case 2:
		o.keys.rest = f.bytes
	case 3:
		o.vals.rest = f.bytes
	case 4:
		return fields(f.bytes, func(num protowire.Number, f field) error {
			if num == 6 {
				o.deleted = f.varint == 0
			}
			return nil
		})
	}
	return nil
}

func (p *primitives) tags(o *object) (tags, error) {
	n := o.keys.count()
	if n == 0 {
		return nil, nil
	}
	t := make(tags, 0, n)
	for o.keys.more() && o.vals.more() {
		key, err := p.string(o.keys.next())
		if err != nil {
			return nil, err
		}
		value, err := p.string(o.vals.next())
		if err != nil {
			return nil, err
		}
		t = append(t, tag{key, value})
	}
	if len(o.keys.rest)+len(o.vals.rest) > 0 {
		return nil, errWire
	}
	return t, nil
}

func (p *primitives) node(b []byte) error {
	var o object
	var lat, lon int64
	err := fields(b, func(num protowire.Number, f field) error {
		switch num {
		case 8:
			lat = protowire.DecodeZigZag(f.varint)
		case 9:
			lon = protowire.DecodeZigZag(f.varint)
		default:
			return o.field(num, f)
		}
		return nil
	})
	if err != nil || o.deleted {
		return err
	}
	t, err := p.tags(&o)
	if err != nil {
		return err
	}
	p.addNode(protowire.DecodeZigZag(o.id), lon, lat, t)
	return nil
}

func (p *primitives) dense(b []byte) error {
	var ids, lats, lons, keyVals, visible numbers
	err := fields(b, func(num protowire.Number, f field) error {
		switch num {
		case 1:
			ids.rest = f.bytes
		case 5:
			return fields(f.bytes, func(num protowire.Number, f field) error {
				if num == 6 {
					visible.rest = f.bytes
				}
				return nil
			})
		case 8:
			lats.rest = f.bytes
		case 9:
			lons.rest = f.bytes
		case 10:
			keyVals.rest = f.bytes
		}
		return nil
	})
	if err != nil {
		return err
	}
	n := ids.count()
	p.out.nodeIDs = slices.Grow(p.out.nodeIDs, n)
	p.out.nodeAt = slices.Grow(p.out.nodeAt, n)
	var id, lat, lon int64
	for ids.more() {
		id, lat, lon = id+ids.signed(), lat+lats.signed(), lon+lons.signed()
		t, err := p.denseTags(&keyVals)
		if err != nil {
			return err
		}
		shown := !visible.more() || visible.next() != 0
		if lats.bad || lons.bad || ids.bad {
			return errWire
		}
		if shown {
			p.addNode(id, lon, lat, t)
		}
	}
	if ids.bad || len(lats.rest)+len(lons.rest) > 0 {
		return errWire
	}
	return nil
}

// denseTags reads the tags of one node: key and value by turns, then a 0.
func (p *primitives) denseTags(keyVals *numbers) (tags, error) {
	var t tags
	for keyVals.more() {
		k := keyVals.next()
		if k == 0 {
			break
		}
		key, err := p.string(k)
		if err != nil {
			return nil, err
		}
		value, err := p.string(keyVals.next())
		if err != nil {
			return nil, err
		}
		t = append(t, tag{key, value})
	}
	if keyVals.bad {
		return nil, errWire
	}
	return t, nil
}

func (p *primitives) way(b []byte) error {
	var o object
	var refs numbers
	err := fields(b, func(num protowire.Number, f field) error {
		if num == 8 {
			refs.rest = f.bytes
			return nil
		}
		return o.field(num, f)
	})
	if err != nil || o.deleted {
		return err
	}
	w := way{id: int64(o.id), refs: make([]int64, 0, refs.count())}
	if w.tags, err = p.tags(&o); err != nil {
		return err
	}
	var ref int64
	for refs.more() {
		ref += refs.signed()
		w.refs = append(w.refs, ref)
	}
	if refs.bad {
		return errWire
	}
	p.out.ways = append(p.out.ways, w)
	return nil
}

func (p *primitives) relation(b []byte) error {
	var o object
	var roles, refs, kinds numbers
	err := fields(b, func(num protowire.Number, f field) error {
		switch num {
		case 8:
			roles.rest = f.bytes
		case 9:
			refs.rest = f.bytes
		case 10:
			kinds.rest = f.bytes
		default:
			return o.field(num, f)
		}
		return nil
	})
	if err != nil || o.deleted {
		return err
	}
	r := relation{id: int64(o.id), members: make([]member, 0, refs.count())}
	if r.tags, err = p.tags(&o); err != nil {
		return err
	}
	var ref int64
	for refs.more() {
		ref += refs.signed()
		kind := kinds.next()
		role, err := p.string(roles.next())
		if err != nil || kind > uint64(memberRelation) {
			return errWire
		}
		r.members = append(r.members, member{memberKind(kind), ref, role})
	}
	if refs.bad || kinds.bad || roles.bad {
		return errWire
	}
	p.out.relations = append(p.out.relations, r)
	return nil
}

// decodeHeader decodes a HeaderBlock: the box it tells, and the features that
// a reader must know.
func decodeHeader(b []byte) (bounds *orb.Bound, required []string, err error) {
	err = fields(b, func(num protowire.Number, f field) error {
		switch num {
		case 1:
			var side [5]float64
			err := fields(f.bytes, func(num protowire.Number, f field) error {
				if num >= 1 && num <= 4 {
					side[num] = float64(protowire.DecodeZigZag(f.varint)) / 1e9
				}
				return nil
			})
			box := orb.Bound{Min: orb.Point{side[1], side[4]}, Max: orb.Point{side[2], side[3]}}
			if onEarthBox(box) {
				bounds = &box
			}
			return err
		case 4:
			required = append(required, string(f.bytes))
		}
		return nil
	})
	return bounds, required, err
}

// onEarthBox tells whether a box has a size and is on Earth.
func onEarthBox(b orb.Bound) bool {
	return b.Min[0] >= -180 && b.Max[0] <= 180 && b.Min[1] >= -90 && b.Max[1] <= 90 &&
		b.Min[0] < b.Max[0] && b.Min[1] < b.Max[1]
}
