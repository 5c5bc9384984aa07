package workshop

import (
	"context"

	"github.com/mapwright/mapwright/internal/machine"
)

// Machine is what there is to know about a machine.
type Machine = machine.Machine

// Material is what there is to know about a material.
type Material = machine.Material

// Machines gives the machines and materials that there are; see
// [Workshop.Machines].
func (d *Desk) Machines(ctx context.Context) (*Catalog, error) { return d.workshop.Machines(ctx) }

// Use chooses a machine and a material; see [Workshop.Use]. What is drawn and
// checked from then on is for them.
func (d *Desk) Use(ctx context.Context, machineID, materialID string) error {
	_, err := d.workshop.Use(ctx, machineID, materialID)
	return err
}
