package export

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"maps"
	"math"
	"slices"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/credits"
	"github.com/mapwright/mapwright/plugins/sdk"
	"github.com/paulmach/orb/encoding/wkb"
)

// recipeDomain separates recipes from all other hashes; a change of what goes
// in would charge every maker again, so it is not to be changed lightly.
const recipeDomain = "mapwright/recipe/v1"

// layerDigest is the part of a recipe that does not depend on the format:
// map, layer, its features, boards and view, operation and setting, strategy
// and options. Names, colours, places of files, power and speed, versions and
// other layers stay out: a change of those is no new export.
func layerDigest(ctx context.Context, m *carto.Map, l carto.Layer, source FeatureSource) ([sha256.Size]byte, error) {
	d := digest{sha256.New()}
	d.text(recipeDomain, m.ID, string(l.ID))
	d.boards(m.Boards)
	d.view(m.View)
	d.text(string(l.Operation), l.Setting, l.Strategy, l.CRS)
	d.number(float64(l.Board))
	d.options(l.Options)
	for f, err := range source.Features(ctx, l.ID, carto.Everywhere()) {
		if err != nil {
			return [sha256.Size]byte{}, fmt.Errorf("reading layer %q: %w", l.Name, err)
		}
		if err := d.feature(f); err != nil {
			return [sha256.Size]byte{}, fmt.Errorf("layer %q, shape %d: %w", l.Name, f.ID, err)
		}
	}
	return [sha256.Size]byte(d.Sum(nil)), nil
}

// recipe joins a layer's digest with the format and its options. An option at
// its default counts as not set, so that saying the default changes nothing.
func recipe(layer [sha256.Size]byte, m sdk.Manifest, options sdk.Options) credits.Recipe {
	d := digest{sha256.New()}
	d.bytes(layer[:])
	d.text(m.ID)
	set := map[string]string{}
	for _, o := range m.Options {
		if v, ok := options[o.Key]; ok && v != o.Default {
			set[o.Key] = fmt.Sprint(v)
		}
	}
	d.options(set)
	return credits.Recipe(d.Sum(nil))
}

// digest hashes values so that no two different lists of values give the same
// bytes: each is preceded by its length or has a fixed one.
type digest struct{ hash.Hash }

func (d digest) bytes(b []byte) {
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(len(b)))
	d.Write(n[:]) // a hash never fails to write
	d.Write(b)
}

func (d digest) text(values ...string) {
	for _, v := range values {
		d.bytes([]byte(v))
	}
}

func (d digest) number(values ...float64) {
	for _, v := range values {
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], math.Float64bits(v+0)) // +0: -0 and 0 are one
		d.Write(b[:])
	}
}

func (d digest) options(o map[string]string) {
	d.number(float64(len(o)))
	for _, k := range slices.Sorted(maps.Keys(o)) {
		d.text(k, o[k])
	}
}

func (d digest) boards(b carto.Boards) {
	d.number(float64(b.Count), b.Width, b.Height, b.Margin)
	d.text(string(b.Frame.Shape))
}

func (d digest) view(v carto.View) {
	d.number(v.Center[0], v.Center[1], v.Scale, v.Rotation)
	d.text(v.Projection)
}

func (d digest) feature(f carto.Feature) error {
	var geometry []byte
	if f.Geometry != nil {
		var err error
		if geometry, err = wkb.Marshal(f.Geometry, binary.BigEndian); err != nil {
			return err
		}
	}
	d.bytes(geometry)
	d.text(f.Class, f.Name)
	d.options(f.Attributes)
	return nil
}
