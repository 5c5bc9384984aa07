package osm

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// location is a place in steps of 1e-7 degrees, the grid of OpenStreetMap. On
// it, equal places are equal numbers.
type location struct{ lon, lat int32 }

const stepsPerDegree = 1e7

func (l location) point() orb.Point {
	return orb.Point{float64(l.lon) / stepsPerDegree, float64(l.lat) / stepsPerDegree}
}

func (l location) compare(o location) int {
	if c := cmp.Compare(l.lon, o.lon); c != 0 {
		return c
	}
	return cmp.Compare(l.lat, o.lat)
}

// onEarth makes a location of steps of 1e-7 degrees, if there is such a place.
func onEarth(lon, lat int64) (location, bool) {
	if lon < -180*stepsPerDegree || lon > 180*stepsPerDegree || lat < -90*stepsPerDegree || lat > 90*stepsPerDegree {
		return location{}, false
	}
	return location{int32(lon), int32(lat)}, true
}

type tag struct{ key, value string }

type tags []tag

// get returns the value of a key, "" without it.
func (t tags) get(key string) string {
	for _, kv := range t {
		if kv.key == key {
			return kv.value
		}
	}
	return ""
}

func (t tags) asMap() map[string]string {
	m := make(map[string]string, len(t))
	for _, kv := range t {
		m[kv.key] = kv.value
	}
	return m
}

type node struct {
	id   int64
	at   location
	tags tags
}

type way struct {
	id   int64
	refs []int64
	tags tags
}

// closed is by node, as OpenStreetMap means it.
func (w *way) closed() bool {
	return len(w.refs) > 3 && w.refs[0] == w.refs[len(w.refs)-1]
}

type memberKind byte

const (
	memberNode memberKind = iota
	memberWay
	memberRelation
)

type member struct {
	kind memberKind
	ref  int64
	role string
}

type relation struct {
	id      int64
	members []member
	tags    tags
}

// block is a part of a file, decoded.
type block struct {
	nodeIDs   []int64
	nodeAt    []location
	tagged    []node // the nodes with tags, once more
	ways      []way
	relations []relation
	bounds    *orb.Bound // from a header
	misplaced int        // nodes with coordinates that are not on Earth
}

// data is what a file holds, ordered by id so that anything can be found.
type data struct {
	block
}

func (d *data) add(b *block) {
	d.nodeIDs = append(d.nodeIDs, b.nodeIDs...)
	d.nodeAt = append(d.nodeAt, b.nodeAt...)
	d.tagged = append(d.tagged, b.tagged...)
	d.ways = append(d.ways, b.ways...)
	d.relations = append(d.relations, b.relations...)
	d.misplaced += b.misplaced
	if b.bounds != nil {
		box := *b.bounds
		if d.bounds != nil {
			box = box.Union(*d.bounds)
		}
		d.bounds = &box
	}
}

// finish orders what was added. Of several objects of one id the last stays.
func (d *data) finish() {
	if !slices.IsSorted(d.nodeIDs) {
		d.sortNodes()
	}
	d.tagged = lastOfEach(d.tagged, func(n *node) int64 { return n.id })
	d.ways = lastOfEach(d.ways, func(w *way) int64 { return w.id })
	d.relations = lastOfEach(d.relations, func(r *relation) int64 { return r.id })
}

func (d *data) sortNodes() {
	order := make([]int, len(d.nodeIDs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(d.nodeIDs[a], d.nodeIDs[b]), cmp.Compare(b, a))
	})
	ids, at := make([]int64, 0, len(order)), make([]location, 0, len(order))
	for _, i := range order {
		if n := len(ids); n > 0 && ids[n-1] == d.nodeIDs[i] {
			continue
		}
		ids, at = append(ids, d.nodeIDs[i]), append(at, d.nodeAt[i])
	}
	d.nodeIDs, d.nodeAt = ids, at
}

func lastOfEach[T any](all []T, id func(*T) int64) []T {
	byID := func(a, b T) int { return cmp.Compare(id(&a), id(&b)) }
	if !slices.IsSortedFunc(all, byID) {
		slices.SortStableFunc(all, byID)
	}
	kept := all[:0]
	for i := range all {
		if n := len(kept); n > 0 && id(&kept[n-1]) == id(&all[i]) {
			kept[n-1] = all[i]
			continue
		}
		kept = append(kept, all[i])
	}
	return kept
}

// way finds a way, nil without it.
func (d *data) way(id int64) *way {
	i, ok := slices.BinarySearchFunc(d.ways, id, func(w way, id int64) int { return cmp.Compare(w.id, id) })
	if !ok {
		return nil
	}
	return &d.ways[i]
}

// extent is the box that the file says it covers, or else that of its nodes.
func (d *data) extent() orb.Bound {
	if d.bounds != nil {
		return *d.bounds
	}
	if len(d.nodeAt) == 0 {
		return orb.Bound{}
	}
	low, high := d.nodeAt[0], d.nodeAt[0]
	for _, l := range d.nodeAt {
		low = location{min(low.lon, l.lon), min(low.lat, l.lat)}
		high = location{max(high.lon, l.lon), max(high.lat, l.lat)}
	}
	return orb.Bound{Min: low.point(), Max: high.point()}
}
