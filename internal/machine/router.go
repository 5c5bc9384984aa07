package machine

import (
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// begin waits for the beam, or lowers a router's tool to the first pass.
func (b *board) begin(g *group, t *tally) error {
	m := &b.setup.Machine
	if m.Kind.Laser() {
		if m.BeamDelay == 0 {
			return nil // it starts while the head moves on
		}
		return b.rest(m.BeamDelay, t)
	}
	b.sunk = true
	return b.rest(m.BeamDelay+b.stairs+b.plunge(g), t)
}

// deeper lowers a router's tool to the next pass.
func (b *board) deeper(g *group, t *tally) error { return b.rest(b.plunge(g), t) }

// plunge is how long the tool takes into the material for one more pass, s.
func (b *board) plunge(g *group) float64 {
	m := &b.setup.Machine
	return climb(g.Depth/float64(g.Passes), min(m.PlungeSpeed, m.SpeedZ)/60, m.AccelerationZ)
}

// raise lifts a router's tool out of the material.
func (b *board) raise(g *group, t *tally) error {
	if !b.sunk {
		return nil
	}
	b.sunk = false
	m := &b.setup.Machine
	return b.rest(climb(m.Lift+g.Depth, m.SpeedZ/60, m.AccelerationZ), t)
}

// climb is how long a move of d mm from rest to rest takes, s.
func climb(d, speed, accel float64) float64 {
	if d <= 0 {
		return 0
	}
	if d*accel < speed*speed { // it never gets that fast
		return 2 * math.Sqrt(d/accel)
	}
	return d/speed + speed/accel
}

// pockets fills each area for itself with rows to and fro. From row to row the
// tool stays in the material where they lie side by side.
func (b *board) pockets(g *group, t *tally) error {
	for _, s := range g.areas {
		rows, err := rowsOf(b.ctx, []*artwork.Shape{s}, g.Interval)
		if err != nil {
			return err
		}
		for pass := range g.Passes {
			if err := b.pocket(rows, pass, g, t); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *board) pocket(rows []span, pass int, g *group, t *tally) error {
	for i, s := range rows {
		if rows[i].row%2 != 0 {
			s.x0, s.x1 = s.x1, s.x0
		}
		y := rowHeight(s.row, g.Interval)
		joined := i > 0 && rows[i-1].row == s.row-1 && rows[i-1].x0 <= rows[i].x1 && rows[i].x0 <= rows[i-1].x1
		if joined {
			if err := b.burn(s.x0, y, g, t); err != nil {
				return err
			}
		} else {
			if err := b.travel(s.x0, y, g, t); err != nil {
				return err
			}
			if err := b.begin(g, t); err != nil {
				return err
			}
			for range pass {
				if err := b.deeper(g, t); err != nil {
					return err
				}
			}
		}
		if err := b.burn(s.x1, y, g, t); err != nil {
			return err
		}
	}
	return nil
}
