package machine

import (
	"context"
	"math"
)

// planner times moves as the planner of GRBL and its many descendants does
// them: along each straight move the head speeds up and slows down with the
// acceleration of the axes (a trapezoid of speed over time), and it takes a
// corner at the speed at which it would round an arc that misses the corner by
// the junction deviation.
//
// Sources: S. K. Jeon, "Improving Grbl: cornering algorithm", 2011, and planner.c
// of GRBL 1.1 by him, S. S. Skogsrud and J. Geisler, of which the rules are
// taken: the speed at a corner, how axes limit speed and acceleration by
// direction, and that a controller that sees n moves ahead keeps to speeds at
// which it could stop within them. The way to compute it is another: the
// highest speed at which a move can begin is a minimum over the corners ahead,
//
//	v²(k) = min over j of corner²(j) + Σ 2·a·length of the moves k..j-1,
//
// which a sliding window gives in one pass. Positions are mm, speeds mm/s,
// accelerations mm/s².
type planner struct {
	ctx       context.Context
	speed     [2]float64 // of the axes
	accel     [2]float64
	deviation float64
	window    int // moves that it plans with

	x, y     float64    // where the last move ends
	unit     [2]float64 // its direction
	nominal  float64    // its speed
	moving   bool       // false: the next move begins at rest
	waiting  []move
	entering float64    // square of the speed at which the first waiting move begins
	spare    spareSpeed // kept to spare memory
}

// tally sums up what the moves of one setting took.
type tally struct {
	setting                   Setting
	seconds, burnMM, travelMM float64
}

// move is a straight line.
type move struct {
	length  float64
	nominal float64 // speed that it may have
	accel   float64
	corner  float64 // square of the highest speed at its beginning
	part    *tally
}

type spareSpeed struct {
	energy, entry []float64
	queue         []int
}

const (
	// atOnce is how many moves wait before their times are computed.
	atOnce = 1 << 14
	// backwards and onwards are cosines: beyond them a corner is a turn on the
	// spot, or none.
	backwards, onwards = 0.999999, -0.999999
	// slowest is the least speed, mm/s: 1 mm/min.
	slowest = 1.0 / 60
)

func newPlanner(ctx context.Context, m *Machine) *planner {
	return &planner{
		ctx:       ctx,
		speed:     [2]float64{m.SpeedX / 60, m.SpeedY / 60},
		accel:     [2]float64{m.AccelerationX, m.AccelerationY},
		deviation: m.JunctionDeviation,
		// One slot of the buffer is always free, and the move that is under way
		// can't be planned any more.
		window: max(m.LookAhead-2, 1),
	}
}

// limited is the most that a vector along a unit vector may have, so that no
// axis has more than it can.
func limited(axes, unit [2]float64) float64 {
	return min(axes[0]/math.Abs(unit[0]), axes[1]/math.Abs(unit[1])) // x/0 is +Inf
}

// length is that of a vector; math.Hypot may differ between processors.
func length(x, y float64) float64 { return math.Sqrt(float64(x*x) + float64(y*y)) }

// to plans a straight move to x, y at a speed; speed 0 is as fast as the axes
// can.
func (p *planner) to(x, y, speed float64, part *tally) error {
	dx, dy := x-p.x, y-p.y
	d := length(dx, dy)
	if d == 0 {
		return nil
	}
	unit := [2]float64{dx / d, dy / d}
	nominal := limited(p.speed, unit)
	if speed > 0 {
		nominal = max(min(nominal, speed), slowest)
	}
	m := move{length: d, nominal: nominal, accel: limited(p.accel, unit), part: part}
	if p.moving {
		m.corner = min(p.corner(unit), min(float64(nominal*nominal), float64(p.nominal*p.nominal)))
	}
	p.x, p.y, p.unit, p.nominal, p.moving = x, y, unit, nominal, true
	p.waiting = append(p.waiting, m)
	if len(p.waiting) < atOnce+p.window {
		return nil
	}
	p.run(len(p.waiting) - p.window)
	return p.ctx.Err()
}

// corner is the square of the speed at which the head can turn from the last
// move into the direction of a unit vector.
func (p *planner) corner(unit [2]float64) float64 {
	cos := -(float64(p.unit[0]*unit[0]) + float64(p.unit[1]*unit[1]))
	switch {
	case cos > backwards:
		return 0
	case cos < onwards:
		return math.Inf(1)
	}
	jx, jy := unit[0]-p.unit[0], unit[1]-p.unit[1]
	d := length(jx, jy)
	half := math.Sqrt(0.5 * (1 - cos)) // sine of half the angle
	return limited(p.accel, [2]float64{jx / d, jy / d}) * p.deviation * half / (1 - half)
}

// rest lets the head come to rest, and stay so for some seconds.
func (p *planner) rest(seconds float64, part *tally) error {
	p.run(len(p.waiting))
	p.moving, p.entering = false, 0
	if part != nil {
		part.seconds += seconds
	}
	return p.ctx.Err()
}

// run times the first n waiting moves. The others are known to follow; where
// there are none, the last one ends at rest.
func (p *planner) run(n int) {
	entry := p.entries(n)
	for k, m := range p.waiting[:n] {
		m.part.seconds += m.time(entry[k], entry[k+1])
	}
	p.entering = entry[n]
	p.waiting = p.waiting[:copy(p.waiting, p.waiting[n:])]
}

// entries gives the square of the speed at which each of the first n waiting
// moves begins, and at which the last of them ends.
func (p *planner) entries(n int) []float64 {
	s := &p.spare
	total := len(p.waiting)
	// energy[k] is what braking in the moves before k can take away.
	s.energy = append(s.energy[:0], 0)
	for k, m := range p.waiting {
		s.energy = append(s.energy, s.energy[k]+m.energy())
	}
	if cap(s.entry) < total+1 {
		s.entry = make([]float64, total+1)
	}
	entry := s.entry[:total+1]
	entry[total] = 0
	s.queue = s.queue[:0] // corners ahead, the lowest bound first; further ones are nearer to the front
	head := 0
	for k := total - 1; k >= 0; k-- {
		for head < len(s.queue) && s.queue[head] >= k+p.window {
			head++
		}
		bound := p.waiting[k].corner + s.energy[k]
		for len(s.queue) > head && p.waiting[s.queue[len(s.queue)-1]].corner+s.energy[s.queue[len(s.queue)-1]] >= bound {
			s.queue = s.queue[:len(s.queue)-1]
		}
		s.queue = append(s.queue, k)
		lowest := s.queue[head]
		stop := s.energy[min(k+p.window, total)]
		entry[k] = min(p.waiting[lowest].corner+s.energy[lowest], stop) - s.energy[k]
	}
	entry[0] = p.entering
	for k, m := range p.waiting[:n] {
		entry[k+1] = max(min(entry[k+1], entry[k]+m.energy()), 0)
	}
	return entry
}

// energy is by how much the square of the speed can change in a move.
func (m *move) energy() float64 { return float64(2 * m.accel * m.length) }

// time is how long a move takes that begins and ends with these squares of
// speed.
func (m *move) time(in, out float64) float64 {
	// The highest speed, were there no limit, is reached where the line up from
	// the beginning and the one down to the end meet.
	top := min((in+out+m.energy())/2, float64(m.nominal*m.nominal))
	top = max(top, max(in, out))
	v := math.Sqrt(top)
	ramps := (2*v - math.Sqrt(in) - math.Sqrt(out)) / m.accel
	level := m.length - (2*top-in-out)/(2*m.accel)
	return ramps + max(level, 0)/v
}
