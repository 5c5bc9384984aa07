package workshop

import (
	"context"
	"fmt"
	"strings"

	"github.com/mapwright/mapwright/internal/machine"
	"github.com/mapwright/mapwright/internal/preflight"
)

// Estimate is how long a machine is expected to take, and for what.
type Estimate = machine.Estimate

// The kinds of findings about the machine and the material.
const (
	kindCantDo    = "not-for-material" // the material has no figures for a setting
	kindNoMachine = "no-machine"       // a choice that does not count
)

// clock tells how long the artwork takes, and what the machine can't do.
func (t *traced) clock(ctx context.Context, c *Checked) error {
	c.Setup = t.setup
	var err error
	if c.Estimate, err = machine.Time(ctx, t.artwork, &t.setup.Setup); err != nil {
		return fmt.Errorf("the time can't be reckoned: %w", err)
	}
	if p := t.setup.Problem; p != nil {
		c.Findings = append(c.Findings, Finding{
			Kind: kindNoMachine, Severity: string(preflight.Warning),
			Message: fmt.Sprintf("The machine or material chosen does not count: %v.", p), Fix: "Choose another one.",
		})
	}
	if n := c.Estimate.Missing; len(n) > 0 {
		c.Findings = append(c.Findings, Finding{
			Kind: kindCantDo, Severity: string(preflight.Warning),
			Message: fmt.Sprintf("%s has no figures for %s on %s, so the time leaves it out.", t.setup.Material.Name, strings.Join(n, ", "), t.setup.Machine.Name),
			Fix:     "Take another material, or give the layers another operation.",
		})
	}
	return nil
}

// limits tells the check what the machine and the material can take. What is
// assumed limits nothing: the check has its own minimums then.
func (s *Setup) limits(o *preflight.Options) {
	if s.MachineChosen {
		o.BedWidth, o.BedHeight = s.Machine.BedWidth, s.Machine.BedHeight
	}
	if s.MaterialChosen {
		o.Kerf, o.MinWidth, o.Web, o.Bridge = s.Kerf, s.MinWidth, s.Web, s.Bridge
	}
}
