package trace

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/lettering"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/paulmach/orb"
)

// lineStep is how far the baselines of two lines of a text lie apart, as a
// share of the height of its capitals.
const lineStep = 1.75

// text sets a text, line by line where it has several, aligned to the side of
// its anchor. Size is the height of its capitals, mm. The box reaches from the
// last baseline to the top of the first line's capitals.
func (w *work) text(ctx context.Context, s string, size float64, anchor string) (drawing, error) {
	share := anchors[anchor][0]
	var out drawing
	first := true
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		d, err := w.textLine(ctx, line, size)
		if err != nil {
			return drawing{}, err
		}
		down := planar.FromMM(0, float64(float64(len(lines)-1-i)*lineStep*size)).Y
		d = d.movedBy(-int32(math.Round(share*float64(d.box.Max.X))), down)
		if first {
			out, first = d, false
			continue
		}
		out = out.with(d)
	}
	return out, nil
}

// textLine sets one line of text, its baseline from the origin on. Letters that
// no font has are kept for the report, and the line is left out.
func (w *work) textLine(ctx context.Context, s string, size float64) (drawing, error) {
	if w.scribe == nil {
		var err error
		if w.scribe, err = w.newScribe(ctx, w.texts); err != nil {
			return drawing{}, err
		}
	}
	set, ok, err := w.scribe.set(s, size)
	if err != nil || !ok {
		return drawing{}, err
	}
	d := drawing{box: planar.Box{Max: planar.FromMM(set.Width, size)}}
	var rings []planar.Ring
	for _, l := range set.Letters {
		for _, c := range l.Contours {
			rings = append(rings, planar.Ring(lettersAt(c, l.At)))
		}
		for _, c := range l.Strokes {
			if p := lettersAt(c, l.At); len(p) > 1 {
				d.lines = append(d.lines, p)
			}
		}
	}
	area, err := planar.Union(ctx, rings, planar.NonZero)
	if err != nil {
		return drawing{}, err
	}
	if w.fills() {
		d.area = area
	} else {
		d.lines = append(d.lines, closedPaths(area)...)
	}
	return d, nil
}

// lettersAt puts a line of a letter on the grid, moved along the baseline.
func lettersAt(points []lettering.Vec, x float64) planar.Path {
	path := make(planar.Path, 0, len(points))
	for _, v := range points {
		p := planar.FromMM(v.X+x, v.Y)
		if len(path) == 0 || path[len(path)-1] != p {
			path = append(path, p)
		}
	}
	return path
}

// FurnitureText is what a part of a class says of a view where its feature has
// no text: the scale and the coordinates do, others say nothing.
func FurnitureText(class string, v carto.View) string {
	switch class {
	case ClassScale:
		return scaleText(v.Scale)
	case ClassCoordinates:
		return placeText(v.Center)
	}
	return ""
}

// scaleText is a scale as people write it: 1:10,000.
func scaleText(n float64) string {
	digits := strconv.FormatFloat(math.Round(n), 'f', 0, 64)
	var b strings.Builder
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	return "1:" + b.String()
}

// placeText is a place as people write it: 48.137° N, 11.575° E.
func placeText(p orb.Point) string {
	half := func(v float64, positive, negative string) string {
		if math.Round(v*1000) < 0 {
			return fmt.Sprintf("%.3f° %s", -v, negative)
		}
		return fmt.Sprintf("%.3f° %s", math.Abs(v), positive)
	}
	return half(p.Lat(), "N", "S") + ", " + half(p.Lon(), "E", "W")
}
