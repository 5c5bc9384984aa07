package workshop

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapwright/mapwright/internal/carto"
)

// TestACopyOfALayerIsWhole: a copy that lacks a shape or an option would be cut
// otherwise than its original.
func TestACopyOfALayerIsWhole(t *testing.T) {
	t.Parallel()
	d := munichDesk(t)
	before := d.Map()
	roads, err := before.FindLayer("roads-major")
	if err != nil {
		t.Fatal(err)
	}
	locked := true
	if err := d.Do(t.Context(), carto.SetLayer{Layer: roads.ID, Locked: &locked}); err != nil {
		t.Fatal(err)
	}
	id, err := d.Duplicate(t.Context(), roads.ID)
	if err != nil {
		t.Fatal(err)
	}
	copied, err := d.layer(id)
	if err != nil {
		t.Fatal(err)
	}
	want := roads
	want.ID, want.Name = id, copied.Name
	if diff := cmp.Diff(want, copied); diff != "" || copied.Name == roads.Name {
		t.Errorf("the copy %q differs: %s", copied.Name, diff)
	}
	if names := d.Map().LayerNames(); len(names) != len(before.Layers)+1 {
		t.Errorf("%q", names)
	}
	read := func(id carto.LayerID) (all []carto.Feature) {
		for f, err := range d.doc.Features(t.Context(), id, carto.Everywhere()) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, f)
		}
		return all
	}
	if diff := cmp.Diff(read(roads.ID), read(id)); diff != "" {
		t.Errorf("other shapes: %s", diff)
	}
	if err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := d.layer(id); err == nil {
		t.Error("undo left the copy there")
	}
}

// TestACopyTakesKeysOrIsNotMade: a name that is misspelled must not leave half
// a copy on the map.
func TestACopyTakesKeysOrIsNotMade(t *testing.T) {
	t.Parallel()
	w, path := shop(t)
	before, err := w.Layers(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for _, keys := range []map[string]string{{"strategy": "no-such"}, {"name": "Village"}, {"size": "tall"}} {
		if err := w.DuplicateLayer(t.Context(), path, "village", keys); err == nil {
			t.Errorf("%v was taken", keys)
		}
	}
	keys := map[string]string{"name": "street-names", "strategy": "label", "size": "2.5"}
	if err := w.DuplicateLayer(t.Context(), path, "village", keys); err != nil {
		t.Fatal(err)
	}
	after, err := w.Layers(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(after, func(l LayerInfo) bool { return l.Name == "village" })
	if len(after) != len(before)+1 || at < 1 {
		t.Fatalf("%d layers, %d before", len(after), len(before))
	}
	above, below := after[at-1], after[at]
	if above.Name != "street-names" || above.Strategy != "label" || above.Options["size"] != "2.5" || above.Features != below.Features {
		t.Errorf("above %q is %+v", below.Name, above)
	}
}
