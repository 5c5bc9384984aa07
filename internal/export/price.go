package export

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/credits"
	"github.com/mapwright/mapwright/internal/pluginhost"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// PriceRequest asks what layers cost in formats. All fields are required.
type PriceRequest struct {
	Map      *carto.Map
	Features FeatureSource
	Layers   []carto.LayerID
	Formats  []Format
}

// Quoter prices items without holding anything, as a Purse does.
type Quoter interface {
	Quote(ctx context.Context, items []credits.Item) (credits.Quote, error)
}

// Prices says what each layer costs in each format, alone or together with
// others: the items are those of the first layer in all formats, then those of
// the next. It needs no artwork, for how a layer is traced does not change its
// price. The quote's total is that of all of them.
func Prices(ctx context.Context, purse Quoter, plugins Plugins, r PriceRequest) (credits.Quote, error) {
	var targets []target
	for _, f := range r.Formats {
		t, err := findTarget(plugins, f)
		if err != nil {
			return credits.Quote{}, err
		}
		targets = append(targets, t)
	}
	digests := layerDigests{r.Map, r.Features, map[carto.LayerID][sha256.Size]byte{}}
	var items []credits.Item
	for _, id := range r.Layers {
		for _, t := range targets {
			item, err := t.item(ctx, digests, id)
			if err != nil {
				return credits.Quote{}, err
			}
			items = append(items, item)
		}
	}
	return purse.Quote(ctx, items)
}

// target is a format with its plugin and the options that will hold.
type target struct {
	plugin  pluginhost.Installed
	options sdk.Options
}

// findTarget finds the plugin of a format and checks the options.
func findTarget(plugins Plugins, f Format) (target, error) {
	plugin, err := plugins.Find(f.ID)
	if err != nil {
		return target{}, err
	}
	options, wrong := sdk.ResolveOptions(plugin.Manifest, f.Options)
	if len(wrong) > 0 {
		return target{}, &OptionError{f.ID, wrong}
	}
	return target{plugin, options}, nil
}

// item is what a charge for a layer in this format pays for.
func (t target) item(ctx context.Context, d layerDigests, id carto.LayerID) (credits.Item, error) {
	layer, digest, err := d.of(ctx, id)
	if err != nil {
		return credits.Item{}, err
	}
	return credits.Item{
		Recipe: recipe(digest, t.plugin.Manifest, t.options),
		Format: t.plugin.Manifest.ID,
		Plugin: t.plugin.Manifest.ID + "@" + t.plugin.Manifest.Version,
		Label:  d.m.Title + ": " + layer.Name,
	}, nil
}

// layerDigests works out the digest of each layer once.
type layerDigests struct {
	m      *carto.Map
	source FeatureSource
	known  map[carto.LayerID][sha256.Size]byte
}

func (d layerDigests) of(ctx context.Context, id carto.LayerID) (carto.Layer, [sha256.Size]byte, error) {
	i := slices.IndexFunc(d.m.Layers, func(l carto.Layer) bool { return l.ID == id })
	if i < 0 {
		return carto.Layer{}, [sha256.Size]byte{}, fmt.Errorf("the map has no layer with the id %q", id)
	}
	layer := d.m.Layers[i]
	if digest, ok := d.known[id]; ok {
		return layer, digest, nil
	}
	digest, err := layerDigest(ctx, d.m, layer, d.source)
	if err == nil {
		d.known[id] = digest
	}
	return layer, digest, err
}
