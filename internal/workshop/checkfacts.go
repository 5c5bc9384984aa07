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

// factsOf tells what is known of a layer.
func (t *traced) factsOf(ctx context.Context, l carto.Layer) (preflight.Facts, error) {
	strategy := StrategyOf(l.Strategy)
	f := preflight.Facts{
		Falls:    l.Options["pieces"] == "fall" || strategy.Falls,
		Gaps:     strategy.Gaps,
		Simplify: number(strategy, l, "simplify"),
		MinArea:  number(strategy, l, "min-area"),
		MinWidth: number(strategy, l, "min-width"),
	}
	if l.Options["pieces"] == "bridge" || strategy.Bridges {
		f.BridgeWidth = number(strategy, l, "bridge-width")
	}
	if strategy.Widens {
		f.LineWidth = number(strategy, l, "width")
		for key, value := range l.Options {
			if v, err := strconv.ParseFloat(value, 64); err == nil && strings.HasPrefix(key, "width.") {
				f.LineWidth = min(f.LineWidth, v)
			}
		}
	}
	for _, o := range strategy.Options {
		if !o.Capitals {
			continue
		}
		if height := number(strategy, l, o.Key); len(f.TextKeys) == 0 || height < f.CapHeight {
			f.CapHeight = height
		}
		f.TextKeys = append(f.TextKeys, o.Key)
	}
	if strategy.AnySize {
		return f, nil
	}
	sizes, err := trace.Sizes(ctx, t.scene, l.ID)
	if err != nil {
		return f, err
	}
	for _, s := range sizes {
		f.Sizes = append(f.Sizes, preflight.Size(s))
	}
	if strategy.Unites || number(strategy, l, "merge-gap") > 0 {
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
