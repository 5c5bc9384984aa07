package trace

import (
	"context"
	"math"
	"strconv"

	"github.com/mapwright/mapwright/internal/planar"
)

// The scale bar, mm: its height, and how far its figures stand above it.
const (
	barHeight = 1.4
	barGap    = 0.8
)

// barSpan is a round distance on the ground.
type barSpan struct {
	metres float64
	count  float64 // in unit
	unit   string
	blocks int // the bar is divided into
}

// scaleBar draws a bar of a round distance on the ground, as long as it can be
// within a length, mm, with figures above it. The distance is true at the
// middle of the map, as its scale is.
func (f *furnisher) scaleBar(ctx context.Context, to *work, most float64) (drawing, error) {
	perMM := f.w.scene.carto.View.Scale / 1000 // metres on the ground
	s := roundSpan(most*perMM, f.w.settings.choices["units"])
	length := s.metres / perMM
	d := to.bar(length, s.blocks)
	labels := []struct {
		share float64
		text  string
	}{{0, "0"}, {1, figure(s.count) + " " + s.unit}, {0.5, figure(s.count / 2)}}
	size := f.w.settings.numbers["label-size"]
	var last planar.Box
	for i, l := range labels {
		t, err := to.text(ctx, l.text, size, "bottom")
		if err != nil {
			return drawing{}, err
		}
		t = t.anchored("bottom", planar.FromMM(length*l.share, barHeight+barGap))
		if l.share == 1 { // the figure, not its unit, stands over the end
			n, err := to.text(ctx, figure(s.count), size, "bottom")
			if err != nil {
				return drawing{}, err
			}
			t = t.movedBy((t.box.Max.X-t.box.Min.X-n.box.Max.X+n.box.Min.X)/2, 0)
			last = t.box
		}
		const apart = 2 * unitsPerMM
		if i == 2 && (s.blocks%2 == 1 || float64(t.box.Max.X)+apart > float64(last.Min.X)) {
			continue
		}
		d = d.with(t)
	}
	return d, nil
}

// bar draws the bar itself from the origin, mm: every second block filled, or
// where areas can't be, its outline with a line between the blocks.
func (w *work) bar(length float64, blocks int) drawing {
	d := drawing{box: planar.Box{Max: planar.FromMM(length, barHeight)}}
	step := length / float64(blocks)
	if !w.fills() {
		d.lines = closedPaths([]planar.Polygon{rectangle(0, 0, length, barHeight)})
		for i := 1; i < blocks; i++ {
			x := float64(i) * step
			d.lines = append(d.lines, planar.Path{planar.FromMM(x, 0), planar.FromMM(x, barHeight)})
		}
		return d
	}
	rule := math.Min(w.settings.numbers["rule"], barHeight/2)
	for i := range blocks {
		x0, x1 := float64(i)*step, float64(i+1)*step
		if i%2 == 0 {
			d.area = append(d.area, rectangle(x0, 0, x1, barHeight))
			continue
		}
		d.area = append(d.area, rectangle(x0, 0, x1, rule), rectangle(x0, barHeight-rule, x1, barHeight))
		if i == blocks-1 {
			d.area = append(d.area, rectangle(x1-rule, 0, x1, barHeight))
		}
	}
	return d
}

// roundSpan is the largest round distance that is no longer than most metres:
// 1, 2 or 5 of a power of ten of what people count in.
func roundSpan(most float64, units string) barSpan {
	type unit struct {
		name   string
		metres float64
		least  float64 // of the unit; below it the next one counts
	}
	list := []unit{{"km", 1000, 1}, {"m", 1, 1}, {"cm", 0.01, 1}, {"mm", 0.001, 0}}
	if units == unitsImperial {
		list = []unit{{"mi", 1609.344, 0.5}, {"ft", 0.3048, 1}, {"in", 0.0254, 0}}
	}
	for _, u := range list {
		if most/u.metres >= u.least {
			count, blocks := roundCount(most / u.metres)
			return barSpan{metres: float64(count * u.metres), count: count, unit: u.name, blocks: blocks}
		}
	}
	return barSpan{} // never: the last unit has no least
}

// roundCount is the largest of 1, 2 and 5 of a power of ten that is no larger
// than v, and how many blocks such a length is divided into.
func roundCount(v float64) (count float64, blocks int) {
	power := 1.0
	for power*10 <= v {
		power *= 10
	}
	for power > v {
		power /= 10
	}
	switch {
	case power*5 <= v:
		return power * 5, 5
	case power*2 <= v:
		return power * 2, 4
	}
	return power, 4
}

// figure is a number as it stands at a scale bar.
func figure(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
