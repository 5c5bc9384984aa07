package workshop

import (
	"context"
	"fmt"
	"slices"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/machine"
	"github.com/mapwright/mapwright/internal/trace"
)

// Time reckons how long the machine takes for layers of the map that burn
// together, in a job of their own: what a layer burns depends on the others.
func (d *Desk) Time(ctx context.Context, layers []carto.LayerID) (Estimate, error) {
	setup, err := d.workshop.setupForWindow(ctx)
	if err != nil {
		return Estimate{}, err
	}
	m := d.doc.Map()
	s, err := d.sceneOf(ctx, setup.burned(m), nil)
	if err != nil {
		return Estimate{}, err
	}
	var job []carto.LayerID // from the bottom to the top
	for _, l := range m.Layers {
		if slices.Contains(layers, l.ID) {
			job = append(job, l.ID)
		}
	}
	art, _, err := trace.Job(ctx, s, job)
	if err != nil {
		return Estimate{}, err
	}
	e, err := machine.Time(ctx, art, &setup.Setup)
	if err != nil {
		return Estimate{}, fmt.Errorf("the time can't be reckoned: %w", err)
	}
	return e, nil
}
