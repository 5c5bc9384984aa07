package planar

import "context"

// stride is how many small steps pass between two looks at the context: some
// tens of microseconds.
const stride = 4096

// pace counts the steps of a long computation and asks its context now and
// then whether to go on.
type pace struct {
	ctx   context.Context
	steps int
}

func newPace(ctx context.Context) *pace { return &pace{ctx: ctx, steps: stride} }

// walk counts n more steps.
func (p *pace) walk(n int) error {
	p.steps += n
	if p.steps < stride {
		return nil
	}
	p.steps = 0
	return p.ctx.Err()
}
