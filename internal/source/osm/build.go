package osm

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/source"
	"github.com/paulmach/orb"
)

// builder makes the features of the wanted layers of what a file holds.
type builder struct {
	data    *data
	request source.Request
	wanted  []presetLayer
	layers  []source.Layer
	report  []source.Finding
	// drawn are ways that a relation has taken the place of, so that they are no
	// areas of their own.
	drawn map[int64]bool
}

func newBuilder(d *data, r source.Request, wanted []presetLayer) *builder {
	b := &builder{data: d, request: r, wanted: wanted, drawn: make(map[int64]bool)}
	for _, l := range wanted {
		defaults := l.defaults
		defaults.Options = maps.Clone(defaults.Options)
		b.layers = append(b.layers, source.Layer{Name: l.name, CRS: source.WGS84, Defaults: defaults})
	}
	return b
}

// build takes the sea, points, ways and relations, in this order, each by id.
func (b *builder) build(ctx context.Context) error {
	b.sea()
	for i := range b.data.tagged {
		b.point(&b.data.tagged[i])
	}
	// Relations go first to tell which ways they stand for, and last in the layers.
	relations, err := b.relations(ctx)
	if err != nil {
		return err
	}
	for i := range b.data.ways {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		b.way(&b.data.ways[i])
	}
	for _, r := range relations {
		b.addArea(r.id, r.tags, r.area)
	}
	return nil
}

// wants tells whether any layer would take an object.
func (b *builder) wants(t tags, s shape) bool {
	if len(t) == 0 || len(b.request.Where) > 0 && !b.request.Wants(t.asMap()) {
		return false
	}
	for i := range b.wanted {
		if _, ok := b.wanted[i].pick(t, s); ok {
			return true
		}
	}
	return false
}

// inView tells whether a geometry is wanted by its place.
func (b *builder) inView(g orb.Geometry) bool {
	return b.request.Whole() || source.Touches(g, b.request.View)
}

// add puts an object, which wants has said yes to, into the layers that take it.
func (b *builder) add(id string, t tags, s shape, g orb.Geometry) {
	attributes := t.asMap()
	for i := range b.wanted {
		if class, ok := b.wanted[i].pick(t, s); ok {
			b.layers[i].Features = append(b.layers[i].Features, source.Feature{
				ID: id, Geometry: g, Class: class, Name: t.get("name"), Attributes: attributes,
			})
		}
	}
}

func (b *builder) addArea(id string, t tags, a orb.MultiPolygon) {
	if len(a) == 1 {
		b.add(id, t, area, a[0])
		return
	}
	b.add(id, t, area, a)
}

func (b *builder) point(n *node) {
	if p := n.at.point(); b.wants(n.tags, point) && b.inView(p) {
		b.add(objectID("node", n.id), n.tags, point, p)
	}
}

func (b *builder) way(w *way) {
	s := line
	if w.closed() && isArea(w.tags) {
		s = area
	}
	if !b.wants(w.tags, s) || s == area && b.drawn[w.id] {
		return
	}
	id := objectID("way", w.id)
	parts, missing := b.data.trace(w)
	if s == line {
		b.lines(id, w, parts, missing)
		return
	}
	if missing > 0 {
		if b.anyInView(parts) {
			b.find(source.Incomplete, id, "%s missing from the file: left out", share(missing, len(w.refs), "node"))
		}
		return
	}
	if !b.anyInView(parts) && !b.mayCover(parts) {
		return
	}
	a, fault := assemble(parts)
	if fault != nil {
		b.faulty(id, fault)
		return
	}
	if b.inView(a) {
		b.addArea(id, w.tags, a)
	}
}

// lines adds a way as what is known of it: where nodes are missing there is a
// gap.
func (b *builder) lines(id string, w *way, parts [][]location, missing int) {
	var all orb.MultiLineString
	for _, p := range parts {
		if l := lineOf(p); len(l) > 1 {
			all = append(all, l)
		}
	}
	var g orb.Geometry = all
	switch {
	case len(all) == 0:
		return
	case len(all) == 1:
		g = all[0]
	}
	if !b.inView(g) {
		return
	}
	if missing > 0 {
		b.find(source.Incomplete, id, "%s missing from the file: drawn with a gap", share(missing, len(w.refs), "node"))
	}
	b.add(id, w.tags, line, g)
}

// trace gives the places of a way, apart where nodes are not in the file, and
// tells how many are not.
func (d *data) trace(w *way) (parts [][]location, missing int) {
	part := make([]location, 0, len(w.refs))
	found := -1 // the index of the last node; the next one often follows it
	for _, ref := range w.refs {
		if next := found + 1; next < len(d.nodeIDs) && d.nodeIDs[next] == ref {
			found = next
			part = append(part, d.nodeAt[next])
			continue
		}
		if i, ok := slices.BinarySearch(d.nodeIDs, ref); ok {
			found = i
			part = append(part, d.nodeAt[i])
			continue
		}
		missing++
		if len(part) > 0 {
			parts = append(parts, part)
			part = nil
		}
	}
	if len(part) > 0 {
		parts = append(parts, part)
	}
	return parts, missing
}

// lineOf makes a line, without steps of no length.
func lineOf(places []location) orb.LineString {
	l := make(orb.LineString, 0, len(places))
	for i, at := range places {
		if i == 0 || at != places[i-1] {
			l = append(l, at.point())
		}
	}
	return l
}

// anyInView tells whether lines touch the view.
func (b *builder) anyInView(parts [][]location) bool {
	if b.request.Whole() {
		return true
	}
	for _, p := range parts {
		if source.Touches(lineOf(p), b.request.View) {
			return true
		}
	}
	return false
}

// mayCover tells whether the view may lie inside of the lines' extent, without
// any of them in it.
func (b *builder) mayCover(parts [][]location) bool {
	var box orb.Bound
	for i, p := range parts {
		if i == 0 {
			box = lineOf(p).Bound()
			continue
		}
		box = box.Union(lineOf(p).Bound())
	}
	return box.Intersects(b.request.View)
}

// assembled is a relation's area on its way to the layers.
type assembled struct {
	id   string
	tags tags
	area orb.MultiPolygon
}

// relations assembles the multipolygons and boundaries that are wanted.
func (b *builder) relations(ctx context.Context) ([]assembled, error) {
	var all []assembled
	for i := range b.data.relations {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		r := &b.data.relations[i]
		if kind := r.tags.get("type"); kind != "multipolygon" && kind != "boundary" {
			continue
		}
		t, oldStyle := b.tagsOf(r)
		if !b.wants(t, area) {
			continue
		}
		id := objectID("relation", r.id)
		if a := b.relation(id, r); a != nil {
			b.replaceWays(r, t, oldStyle)
			if b.inView(a) {
				all = append(all, assembled{id, t, a})
			}
		}
	}
	return all, nil
}

// membership is what a file holds of a relation's ways.
type membership struct {
	parts      [][]location
	ways       int // all of them, each once
	absent     int // that the file does not hold
	incomplete int // some nodes of which it does not hold
}

func (d *data) membersOf(r *relation) membership {
	var m membership
	seen := make(map[int64]bool)
	for _, member := range r.members {
		if member.kind != memberWay || seen[member.ref] {
			continue
		}
		seen[member.ref] = true
		m.ways++
		w := d.way(member.ref)
		if w == nil {
			m.absent++
			continue
		}
		parts, missing := d.trace(w)
		if missing > 0 {
			m.incomplete++
		}
		m.parts = append(m.parts, parts...)
	}
	return m
}

// relation assembles one relation; nil when it is not complete, not valid or
// far from the view.
func (b *builder) relation(id string, r *relation) orb.MultiPolygon {
	m := b.data.membersOf(r)
	if m.ways == 0 || !b.anyInView(m.parts) && !b.request.Whole() && !b.mayCover(m.parts) {
		return nil
	}
	if m.absent+m.incomplete > 0 {
		b.lacking(id, m)
		return nil
	}
	a, fault := assemble(m.parts)
	if fault != nil {
		b.faulty(id, fault)
		return nil
	}
	return a
}

// tagsOf gives the tags of a relation's area. In the old style, a relation says
// nothing of what it is, and its outer ways do: what all of them have counts.
func (b *builder) tagsOf(r *relation) (t tags, oldStyle bool) {
	if hasAreaTag(r.tags) {
		return r.tags, false
	}
	var shared tags
	first := true
	for _, m := range r.members {
		if m.kind != memberWay || m.role != "outer" && m.role != "" {
			continue
		}
		w := b.data.way(m.ref)
		switch {
		case w == nil || len(w.tags) == 0:
			continue
		case first:
			shared, first = slices.Clone(w.tags), false
		default:
			shared = slices.DeleteFunc(shared, func(kv tag) bool { return !w.tags.has(kv) })
		}
	}
	if !hasAreaTag(shared) {
		return r.tags, false
	}
	for _, kv := range r.tags {
		if kv.key != "type" && shared.get(kv.key) == "" {
			shared = append(shared, kv)
		}
	}
	return shared, true
}

// replaceWays marks the ways that are no areas beside a relation's: in the old
// style, the outer ways that it has its tags from; and inner ways tagged the
// same as the area that they are holes of.
func (b *builder) replaceWays(r *relation, t tags, oldStyle bool) {
	for _, m := range r.members {
		if m.kind != memberWay {
			continue
		}
		w := b.data.way(m.ref)
		if m.role == "inner" {
			if sameTags(w.tags, t) {
				b.drawn[m.ref] = true
			}
		} else if oldStyle {
			b.drawn[m.ref] = true
		}
	}
}

// sameTags compares what two objects are, not how they came about.
func sameTags(a, b tags) bool {
	strip := func(t tags) map[string]string {
		m := t.asMap()
		maps.DeleteFunc(m, func(key, _ string) bool {
			return key == "type" || key == "created_by" || key == "note" || strings.HasPrefix(key, "source")
		})
		return m
	}
	return maps.Equal(strip(a), strip(b))
}
