package machine

import (
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"testing"
)

// plain is a machine whose figures are easy to reckon with: 6000 mm/min are
// 100 mm/s.
func plain() Machine {
	return Machine{
		Kind: Diode, Power: 10, SpeedX: 6000, SpeedY: 6000, BurnSpeed: 6000,
		AccelerationX: 1000, AccelerationY: 1000, JunctionDeviation: 0.01, LookAhead: 1000,
	}
}

// timed plans moves to points, each at its speed in mm/s, from 0, 0.
func timed(t *testing.T, m Machine, points [][3]float64) float64 {
	t.Helper()
	p, sum := newPlanner(t.Context(), &m), &tally{}
	for _, q := range points {
		if err := p.to(q[0], q[1], q[2], sum); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.rest(0, sum); err != nil {
		t.Fatal(err)
	}
	return sum.seconds
}

// TestKnownTimes checks what can be reckoned by hand.
func TestKnownTimes(t *testing.T) {
	t.Parallel()
	half := math.Sqrt(0.5)
	corner := math.Sqrt(1000 * 0.01 * half / (1 - half)) // mm/s through a right angle, along the diagonal
	diagonal := math.Sqrt(2) * 1000                      // acceleration of both axes together
	rightAngle := math.Sqrt(diagonal * 0.01 * half / (1 - half))
	for name, c := range map[string]struct {
		machine Machine
		points  [][3]float64
		want    float64
	}{
		"nothing":                        {plain(), nil, 0},
		"a line that reaches its speed":  {plain(), [][3]float64{{100, 0, 50}}, 100.0/50 + 50.0/1000},
		"a line that never does":         {plain(), [][3]float64{{1, 0, 100}}, 2 * math.Sqrt(1.0/1000)},
		"the same backwards":             {plain(), [][3]float64{{-1, 0, 100}}, 2 * math.Sqrt(1.0/1000)},
		"a line that was cut in two":     {plain(), [][3]float64{{30, 0, 50}, {100, 0, 50}}, 100.0/50 + 50.0/1000},
		"both axes are faster together":  {plain(), [][3]float64{{100, 100, 0}}, 100.0/100 + 100.0/1000},
		"to and back stops in between":   {plain(), [][3]float64{{100, 0, 50}, {0, 0, 50}}, 2 * (100.0/50 + 50.0/1000)},
		"a slow line after a quick one":  {plain(), [][3]float64{{100, 0, 50}, {200, 0, 25}}, 0.05 + (100-1.25-0.9375)/50 + 0.025 + (100-0.3125)/25 + 0.025},
		"a right angle, axis by axis":    {plain(), [][3]float64{{100, 0, 50}, {100, 100, 50}}, 2 * (50.0/1000 + (50-rightAngle)/1000 + (100-50*50/2000.0-(50*50-rightAngle*rightAngle)/2000)/50)},
		"an axis that is slower":         {func() Machine { m := plain(); m.SpeedY = 600; return m }(), [][3]float64{{0, 100, 0}}, 100.0/10 + 10.0/1000},
		"an axis that speeds up slower":  {func() Machine { m := plain(); m.AccelerationY = 100; return m }(), [][3]float64{{0, 100, 50}}, 100.0/50 + 50.0/100},
		"a controller that sees 1 ahead": {func() Machine { m := plain(); m.LookAhead = 3; return m }(), [][3]float64{{50, 0, 50}, {100, 0, 50}}, 100.0/50 + 50.0/1000},
	} {
		if got := timed(t, c.machine, c.points); math.Abs(got-c.want) > 1e-9*math.Max(c.want, 1) {
			t.Errorf("%s: %.9f s, want %.9f", name, got, c.want)
		}
	}
	if corner >= rightAngle {
		t.Error("both axes together should turn faster than one")
	}
}

// TestAShortLookAheadIsSlow: on maps of thousands of short moves a controller
// that sees 16 of them ahead never gets fast; an estimate without that would be
// minutes too short.
func TestAShortLookAheadIsSlow(t *testing.T) {
	t.Parallel()
	m := plain()
	var points [][3]float64
	for i := 1; i <= 1000; i++ {
		points = append(points, [3]float64{float64(i) * 0.05, 0, 100})
	}
	all := timed(t, m, points)
	m.LookAhead = 16
	few := timed(t, m, points)
	// It may always stop within the 14 moves that it plans: v² = 2·a·14·0.05.
	top := math.Sqrt(2 * 1000 * 14 * 0.05)
	if want := 50/top + top/1000; math.Abs(few-want) > 0.02*want {
		t.Errorf("%.3f s, want about %.3f", few, want)
	}
	if all > few/1.5 {
		t.Errorf("with all moves ahead %.3f s, with 16 %.3f s", all, few)
	}
}

// TestTheOrderOfChunksChangesNothing: times are computed in chunks while moves
// come in, which must not show.
func TestTheOrderOfChunksChangesNothing(t *testing.T) {
	t.Parallel()
	m := plain()
	m.LookAhead = 40
	points := walk(3*atOnce, 7)
	whole := 0.0
	for _, v := range stepwise(&m, points) {
		whole += v
	}
	if got := timed(t, m, points); math.Abs(got-whole) > 1e-6*whole {
		t.Errorf("%.6f s in chunks, %.6f s move by move", got, whole)
	}
}

// stepwise is the planner without its shortcuts: it computes each move's
// beginning from all the moves that the controller sees, one by one.
func stepwise(m *Machine, points [][3]float64) []float64 {
	p := newPlanner(context.Background(), m)
	for _, q := range points {
		p.waiting = append(p.waiting, p.moveTo(q))
	}
	times := make([]float64, len(p.waiting))
	v := 0.0
	for k := range p.waiting {
		end := min(k+1+p.window, len(p.waiting))
		out := 0.0
		for j := end - 1; j > k; j-- {
			out = math.Min(p.waiting[j].corner, out+p.waiting[j].energy())
		}
		if k+1 == len(p.waiting) {
			out = 0
		}
		out = math.Min(out, v+p.waiting[k].energy())
		times[k] = p.waiting[k].time(v, out)
		v = out
	}
	return times
}

// moveTo plans one move without timing any.
func (p *planner) moveTo(q [3]float64) move {
	before := p.waiting
	p.waiting = nil
	if p.to(q[0], q[1], q[2], nil) != nil || len(p.waiting) != 1 {
		panic("a test walks on the spot")
	}
	m := p.waiting[0]
	p.waiting = before
	return m
}

// walk gives n moves of all lengths, corners and speeds.
func walk(n int, seed uint64) [][3]float64 {
	r := rand.New(rand.NewPCG(seed, 1))
	points := make([][3]float64, n)
	x, y, heading := 0.0, 0.0, 0.0
	for i := range points {
		if r.IntN(3) == 0 {
			heading = 2 * math.Pi * r.Float64()
		} else {
			heading += r.NormFloat64() * 0.2
		}
		d := math.Exp(r.NormFloat64()*1.5 - 1) // around 0.4 mm
		x, y = x+d*math.Cos(heading), y+d*math.Sin(heading)
		points[i] = [3]float64{x, y, []float64{0, 5, 40, 90}[r.IntN(4)]}
	}
	return points
}

// TestPlannerAgreesWithASimulation lets a head run along the moves in steps of
// a millisecond, with no knowledge of trapezoids: at each step it is as fast as
// it may be without being too fast for anything within sight.
func TestPlannerAgreesWithASimulation(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		m := plain()
		m.LookAhead = []int{16, 34, 1000}[seed%3]
		m.JunctionDeviation = []float64{0.01, 0.05}[seed%2]
		m.AccelerationY = []float64{1000, 300}[seed/2%2]
		points := walk(300, seed)
		got, want := timed(t, m, points), simulate(&m, points, 0.001/8)
		if math.Abs(got-want) > 0.01*want {
			t.Errorf("seed %d: %.4f s, the simulation says %.4f s", seed, got, want)
		}
	}
}

// simulate integrates speed and place over time, s.
func simulate(m *Machine, points [][3]float64, step float64) float64 {
	p := newPlanner(context.Background(), m)
	for _, q := range points {
		p.waiting = append(p.waiting, p.moveTo(q))
	}
	moves := p.waiting
	k, at, v, t := 0, 0.0, 0.0, 0.0
	for k < len(moves) {
		// The highest speed now from which everything ahead can be kept.
		allowed := moves[k].nominal
		reach := (moves[k].length - at) * 2 * moves[k].accel
		for j := k + 1; ; j++ {
			if j == len(moves) || j == k+1+p.window {
				allowed = math.Min(allowed, math.Sqrt(reach))
				break
			}
			allowed = math.Min(allowed, math.Sqrt(moves[j].corner+reach))
			reach += moves[j].energy()
		}
		next := math.Min(v+moves[k].accel*step, allowed)
		next = math.Max(next, v-moves[k].accel*step)
		at += math.Max((v+next)/2, 0.02) * step // never quite at rest, or it would never arrive
		v, t = next, t+step
		for k < len(moves) && at >= moves[k].length {
			at -= moves[k].length
			k++
		}
	}
	return t
}

// TestPlannerAgreesWithGRBL compares with times that GRBL's own planner.c gave
// for the same moves: the functions of GRBL 1.1 as they are, compiled with
// a buffer of each size that is always kept full, each move timed by the speeds
// that it had planned when the move began. It reckons in float32 and in motor
// steps, here 20,000 a mm.
func TestPlannerAgreesWithGRBL(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/grbl.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Seed      uint64
		Look      int     `json:"look_ahead"`
		Deviation float64 `json:"junction_deviation"`
		Accel     float64 `json:"acceleration_y"`
		Speed     float64 `json:"speed_y"`
		Scale     float64
		Seconds   float64
	}
	if err := json.Unmarshal(text, &cases); err != nil || len(cases) < 10 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	for _, c := range cases {
		m := plain()
		m.LookAhead, m.JunctionDeviation, m.AccelerationY, m.SpeedY = c.Look, c.Deviation, c.Accel, c.Speed
		points := walk(3000, c.Seed)
		for i := range points {
			points[i][0] *= c.Scale
			points[i][1] *= c.Scale
			if c.Scale < 1 { // moves so short that only the look-ahead limits them
				points[i][2] = 0
			}
		}
		if got := timed(t, m, points); math.Abs(got-c.Seconds) > 0.0002*c.Seconds {
			t.Errorf("seed %d: %.4f s, GRBL has %.4f s", c.Seed, got, c.Seconds)
		}
	}
}
