package workshop

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/preflight"
	"github.com/mapwright/mapwright/internal/trace"
)

// checkOptions tells the check what artwork does not show: what the maker
// decided, and what the layers had to be traced.
func (t *traced) checkOptions(ctx context.Context) (preflight.Options, error) {
	o := preflight.Options{Named: t.named, Scale: t.carto.View.Scale, Layers: map[string]preflight.Facts{}}
	t.setup.limits(&o)
	for _, n := range t.report.Of(trace.KindEmptied) {
		o.Covered = append(o.Covered, string(n.Layer))
	}
	frame := t.carto.Boards.FrameOutline().Bounds()
	o.Ground = frame.Width() / 1000 * t.carto.View.Scale
	for _, l := range t.artwork.Layers {
		layer, err := t.carto.FindLayer(l.Name)
		if err != nil {
			return o, err
		}
		facts, err := t.factsOf(ctx, layer)
		if err != nil {
			return o, err
		}
		o.Layers[l.ID] = facts
	}
	return o, nil
}

// textKeys are the options that say how high capitals are, by strategy.
var textKeys = map[string][]string{
	"label":                 {"size", "min-size"},
	trace.FurnitureStrategy: {"title-size", "text-size", "credit-size", "label-size"},
}

// factsOf tells what is known of a layer.
func (t *traced) factsOf(ctx context.Context, l carto.Layer) (preflight.Facts, error) {
	strategy := strategyOf(l.Strategy)
	f := preflight.Facts{
		Falls:    l.Options["pieces"] == "fall" || slices.Contains([]string{"drill", "inlay", "groove"}, l.Strategy),
		Bridged:  l.Options["pieces"] == "bridge" || l.Strategy == "stencil",
		Gaps:     l.Strategy == "dashes",
		Simplify: number(strategy, l, "simplify"),
		MinArea:  number(strategy, l, "min-area"),
		MinWidth: number(strategy, l, "min-width"),
	}
	if strategy.Draws&trace.Lines != 0 {
		f.LineWidth = number(strategy, l, "width")
		for key, value := range l.Options {
			if v, err := strconv.ParseFloat(value, 64); err == nil && strings.HasPrefix(key, "width.") {
				f.LineWidth = min(f.LineWidth, v)
			}
		}
	}
	f.TextKeys = textKeys[l.Strategy]
	for i, key := range f.TextKeys {
		if height := number(strategy, l, key); i == 0 || height < f.CapHeight {
			f.CapHeight = height
		}
	}
	if slices.Contains([]string{"label", "symbol", "drill", "plate", trace.FurnitureStrategy}, l.Strategy) {
		return f, nil // areas are not drawn as they are
	}
	sizes, err := trace.Sizes(ctx, t.scene, l.ID)
	if err != nil {
		return f, err
	}
	for _, s := range sizes {
		f.Sizes = append(f.Sizes, preflight.Size(s))
	}
	if strategy.ID == "filled" || number(strategy, l, "merge-gap") > 0 {
		f.United = func(ctx context.Context) ([]preflight.Size, error) {
			sizes, err := trace.UnitedSizes(ctx, t.scene, l.ID)
			var all []preflight.Size
			for _, s := range sizes {
				all = append(all, preflight.Size(s))
			}
			return all, err
		}
	}
	return f, nil
}

func strategyOf(id string) trace.Strategy {
	for _, s := range trace.Strategies() {
		if s.ID == id {
			return s
		}
	}
	return trace.Strategy{}
}

// number is an option of a layer as it holds: set, or the default; 0 where the
// strategy has none of the key.
func number(s trace.Strategy, l carto.Layer, key string) float64 {
	text := l.Options[key]
	if text == "" {
		for _, o := range slices.Concat(trace.CommonOptions(), s.Options) {
			if o.Key == key {
				text = o.Default
			}
		}
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	return v
}
