package machine

import (
	"context"
	"math"

	"github.com/mapwright/mapwright/internal/toolpath"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// board is one board's job on its way through the planner.
type board struct {
	*planner
	setup   *Setup
	groups  []group
	parts   map[string]*tally
	seconds float64 // that the board took
	sunk    bool    // a router's tool is in the material
	stairs  float64 // s to lift a router's tool, or to lower it to the material
}

// group is what is done with one setting at a stretch.
type group struct {
	Setting
	areas []*artwork.Shape
	lines []*artwork.Shape
}

// newBoard parts what a machine does with a board into stretches of one
// setting, without what the machine can't do.
func newBoard(ctx context.Context, art *artwork.Artwork, number int, setup *Setup, parts map[string]*tally) (*board, error) {
	b := &board{planner: newPlanner(ctx, &setup.Machine), setup: setup, parts: parts}
	steps, err := toolpath.Sequence(ctx, art, number)
	if err != nil {
		return nil, err
	}
	for _, at := range steps {
		shape := &art.Layers[at.Layer].Shapes[at.Shape]
		s, ok := setup.Setting(shape.Operation, shape.Setting)
		if !ok || shape.Operation == artwork.Relief {
			continue
		}
		s.Setting = shape.Setting
		if n := len(b.groups); n == 0 || b.groups[n-1].key() != s.key() {
			b.groups = append(b.groups, group{Setting: s})
		}
		g := &b.groups[len(b.groups)-1]
		if shape.Fill && s.Interval > 0 {
			g.areas = append(g.areas, shape)
		} else {
			g.lines = append(g.lines, shape)
		}
	}
	if m := &setup.Machine; !m.Kind.Laser() {
		b.stairs = climb(m.Lift, m.SpeedZ/60, m.AccelerationZ)
	}
	return b, nil
}

func (b *board) empty() bool { return len(b.groups) == 0 }

// run plans all groups.
func (b *board) run() error {
	for i := range b.groups {
		g := &b.groups[i]
		t := &tally{}
		if err := b.group(g, t); err != nil {
			return err
		}
		if err := b.raise(g, t); err != nil {
			return err
		}
		if err := b.rest(0, t); err != nil { // for the next power
			return err
		}
		total := b.parts[g.key()]
		if total == nil {
			total = &tally{setting: g.Setting}
			b.parts[g.key()] = total
		}
		b.seconds += t.seconds
		total.seconds += t.seconds
		total.burnMM += t.burnMM
		total.travelMM += t.travelMM
	}
	return nil
}

func (b *board) group(g *group, t *tally) error {
	if len(g.areas) > 0 {
		fill := b.scan
		if !b.setup.Machine.Kind.Laser() {
			fill = b.pockets
		}
		if err := fill(g, t); err != nil {
			return err
		}
	}
	for _, s := range g.lines {
		for _, p := range s.Paths {
			if len(p.Points) == 0 {
				continue
			}
			if err := b.follow(p.Flatten(flatError), g, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// follow goes along a path, once for each pass.
func (b *board) follow(p artwork.Path, g *group, t *tally) error {
	points := p.Points
	if p.Closed {
		points = append(points[:len(points):len(points)], points[0])
	}
	if err := b.travel(points[0].X, points[0].Y, g, t); err != nil {
		return err
	}
	if err := b.begin(g, t); err != nil {
		return err
	}
	for pass := range g.Passes {
		if pass > 0 && !b.setup.Machine.Kind.Laser() {
			if err := b.deeper(g, t); err != nil {
				return err
			}
		}
		for i := 1; i < len(points); i++ {
			q := points[i]
			if pass%2 == 1 && !p.Closed {
				q = points[len(points)-1-i]
			}
			if err := b.burn(q.X, q.Y, g, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// scan fills areas together, row by row.
func (b *board) scan(g *group, t *tally) error {
	rows, err := rowsOf(b.ctx, g.areas, g.Interval)
	if err != nil {
		return err
	}
	over := b.setup.Machine.Overscan
	for range g.Passes {
		forward := true
		for first := 0; first < len(rows); {
			end := first + 1
			for end < len(rows) && rows[end].row == rows[first].row {
				end++
			}
			if err := b.row(rows[first:end], forward, over, g, t); err != nil {
				return err
			}
			forward = !forward
			first = end
		}
	}
	return nil
}

// row burns the spans of one row.
func (b *board) row(spans []span, forward bool, over float64, g *group, t *tally) error {
	y := rowHeight(spans[0].row, g.Interval)
	side := over // towards the end of the row
	if !forward {
		side = -over
	}
	for i := range spans {
		s := spans[i]
		if !forward {
			s = spans[len(spans)-1-i]
			s.x0, s.x1 = s.x1, s.x0
		}
		switch gap := math.Abs(s.x0 - b.x); {
		case i == 0:
			if err := b.travel(s.x0-side, y, g, t); err != nil {
				return err
			}
			if err := b.coast(s.x0, y, g, t); err != nil {
				return err
			}
		case gap > 2*over:
			if err := b.travel(s.x0, y, g, t); err != nil {
				return err
			}
		default:
			if err := b.coast(s.x0, y, g, t); err != nil {
				return err
			}
		}
		if err := b.burn(s.x1, y, g, t); err != nil {
			return err
		}
	}
	return b.coast(b.x+side, y, g, t)
}

// travel goes somewhere as fast as the axes can, the beam off.
func (b *board) travel(x, y float64, g *group, t *tally) error {
	if err := b.raise(g, t); err != nil {
		return err
	}
	t.travelMM += length(x-b.x, y-b.y)
	return b.to(x, y, 0, t)
}

// coast goes somewhere at working speed, the beam off.
func (b *board) coast(x, y float64, g *group, t *tally) error {
	t.travelMM += length(x-b.x, y-b.y)
	return b.to(x, y, g.Speed/60, t)
}

// burn goes somewhere with the beam on or the tool in the material.
func (b *board) burn(x, y float64, g *group, t *tally) error {
	t.burnMM += length(x-b.x, y-b.y)
	return b.to(x, y, g.Speed/60, t)
}
