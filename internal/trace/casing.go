package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/planar"
)

// The choices of the option "ends".
const (
	endsOpen   = "open"
	endsClosed = "closed"
	endsRound  = "round"
)

// casing draws the two edges of lines at their width: for streets shown as a
// pair of thin lines, open where they meet and where they leave the map. It is
// what outline draws of lines, made for roads: no edge runs along the frame, and
// dead ends stay open.
func casing() Strategy {
	return Strategy{
		ID:    "casing",
		Title: "Pair of lines",
		Description: "Draws both edges of each line at its width, open where lines meet and where they leave the map. " +
			"For streets and rivers shown as a pair of thin lines.",
		Draws:   Lines,
		Widens:  true,
		OfLines: "both edges at their width, open where they meet",
		Options: []Option{
			{
				Key: "ends", Default: endsOpen, Enum: []string{endsOpen, endsClosed, endsRound},
				Help: "How a line that leads nowhere ends: open leaves its two edges apart, closed joins them straight across, round by a half circle.",
			},
		},
		draw: func(ctx context.Context, w *work) error { return w.drawCasing(ctx) },
	}
}

func (w *work) drawCasing(ctx context.Context) error {
	ends := w.settings.choices["ends"]
	strips, caps, err := w.strips(ctx, ends == endsRound)
	if err != nil {
		return err
	}
	w.cover = append(w.cover, strips...)
	edges := w.open(closedPaths(strips))
	if ends == endsOpen {
		edges = withoutGaps(edges, caps)
	}
	w.lines = append(w.lines, edges...)
	return nil
}

// strips gives the layer's lines drawn at their width, united and cropped. Dead
// ends are cut straight across unless round; the cuts come beside.
func (w *work) strips(ctx context.Context, round bool) (strips []planar.Polygon, caps []planar.Path, err error) {
	groups := w.byWidth()
	meetings := map[planar.Point]int{}
	for i := range groups {
		groups[i].paths = w.merged(groups[i].paths)
		for _, p := range groups[i].paths {
			for _, q := range p {
				meetings[q]++
			}
		}
	}
	style := w.settings.style()
	if !round {
		style.Cap = planar.ButtCap
	}
	var rings []planar.Ring
	for _, g := range groups {
		if len(g.paths) == 0 {
			continue
		}
		drawn, err := planar.Stroke(ctx, g.paths, g.width/2, style)
		if err != nil {
			return nil, nil, err
		}
		rings = append(rings, planar.Rings(drawn)...)
		for _, p := range g.paths {
			if p.Closed() || round {
				continue
			}
			for _, e := range [][2]planar.Point{{p[0], p[1]}, {p[len(p)-1], p[len(p)-2]}} {
				if meetings[e[0]] > 1 {
					rings = append(rings, circle(e[0], g.width/2, style.Tolerance))
				} else {
					caps = append(caps, across(e[0], e[1], g.width/2))
				}
			}
		}
	}
	if strips, err = planar.Union(ctx, rings, planar.Positive); err != nil {
		return nil, nil, err
	}
	strips, err = w.scene.frame.cropAreas(ctx, strips)
	return strips, caps, err
}

// across is the line of a butt cap at an end of a line that comes from next.
func across(at, next planar.Point, half float64) planar.Path {
	length := distance(at, next)
	dx := int32(float64(next.Y-at.Y) / length * half)
	dy := int32(float64(at.X-next.X) / length * half)
	return planar.Path{{X: at.X - dx, Y: at.Y - dy}, {X: at.X + dx, Y: at.Y + dy}}
}
