package creditsim

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// Fault is something that is broken on purpose, to show that the simulator
// would notice.
type Fault int

// The faults. Sound is none.
const (
	Sound Fault = iota
	// DiskLies is a log that now and then says that it committed and did not.
	DiskLies
	// WitnessRestored is a server that keeps its epoch with its database, so
	// that nobody notices when that is restored.
	WitnessRestored
	// DoubleGrant is a server that forgets which nonces it answered.
	DoubleGrant
)

// Config is one simulation.
type Config struct {
	// Seed decides everything.
	Seed uint64
	// Steps is how many things happen before everything is healed.
	Steps int
	// Dir is where the databases are made, in folders of their own that are
	// removed again. One on a memory disk is many times as fast.
	Dir string
	// Fault is Sound, but for tests of the simulator.
	Fault Fault
}

// FailureError is a rule that did not hold.
type FailureError struct {
	Seed uint64
	// Steps tells what happened, up to the failure.
	Steps []string
	// Err is the rule.
	Err error
}

func (f *FailureError) Error() string {
	return fmt.Sprintf("seed %d: %v\nafter these steps:\n  %s", f.Seed, f.Err, strings.Join(f.Steps, "\n  "))
}

// Unwrap returns the rule.
func (f *FailureError) Unwrap() error { return f.Err }

// Run simulates one seed and returns what happened, step by step. Where a rule
// does not hold, the error is a *FailureError with as few steps as it could be
// brought to; other errors are of the simulator's own files.
func Run(ctx context.Context, c Config) (steps []string, err error) {
	plan := make([]int, c.Steps)
	for i := range plan {
		plan[i] = i
	}
	w, err := simulate(ctx, c, plan)
	if err != nil || w.failure == nil {
		return w.trace, err
	}
	if w, err = shrink(ctx, c, plan[:w.step+1], w); err != nil {
		return nil, err
	}
	return w.trace, &FailureError{Seed: c.Seed, Steps: w.trace, Err: w.failure}
}

// maxShrinks bounds the search for a shorter failure.
const maxShrinks = 150

// shrink leaves out steps, in blocks and then one by one, as long as some rule
// still breaks. Each step has randomness of its own, so that one left out does
// not change what the others do.
func shrink(ctx context.Context, c Config, plan []int, failed *world) (*world, error) {
	tries := 0
	for size := max(len(plan)/2, 1); ; size /= 2 {
		for at := 0; at < len(plan); {
			if tries++; tries > maxShrinks {
				return failed, nil
			}
			shorter := slices.Delete(slices.Clone(plan), at, min(at+size, len(plan)))
			w, err := simulate(ctx, c, shorter)
			if err != nil {
				return nil, err
			}
			if w.failure == nil {
				at += size
				continue
			}
			plan, failed = shorter, w
		}
		if size <= 1 {
			return failed, nil
		}
	}
}

// simulate runs the steps of a plan by their numbers.
func simulate(ctx context.Context, c Config, plan []int) (w *world, err error) {
	w, err = newWorld(ctx, c)
	if err != nil {
		return w, err
	}
	defer func() {
		if closed := w.close(); err == nil {
			err = closed
		}
	}()
	for i, number := range plan {
		w.step = i
		w.rand = stepRand(c.Seed, number)
		w.act()
		w.check()
		if w.failure != nil || w.err != nil {
			return w, w.err
		}
	}
	w.step, w.rand = len(plan)-1, stepRand(c.Seed, c.Steps)
	w.settle()
	return w, w.err
}

func stepRand(seed uint64, number int) *rand.Rand {
	return rand.New(rand.NewPCG(seed, uint64(number)+1)) //nolint:gosec // numbers of steps are not below 0
}

// act does one thing.
func (w *world) act() {
	sum := 0
	for _, a := range actions {
		sum += a.weight
	}
	at := w.rand.IntN(sum)
	for _, a := range actions {
		if at -= a.weight; at < 0 {
			a.do(w)
			return
		}
	}
}
