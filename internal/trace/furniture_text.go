package trace

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

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
