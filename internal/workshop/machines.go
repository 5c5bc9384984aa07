package workshop

import (
	"context"
	"errors"
	"fmt"

	"github.com/mapwright/mapwright/internal/machine"
)

// Catalog holds the machines and materials that there are.
type Catalog = machine.Catalog

// NoMachine stands for no machine and no material where one can be chosen.
const NoMachine = machine.None

// Setup is the machine and the material that a maker chose. What was not chosen
// is assumed, so that there always is a time to tell.
type Setup struct {
	machine.Setup
	// MachineChosen and MaterialChosen tell what was chosen; a material needs a
	// machine.
	MachineChosen, MaterialChosen bool
	// Problem is why a choice of the settings does not count.
	Problem error
}

// Machines gives the machines and materials that there are: those of the
// program and those in the folders machines and materials of the data
// directory. Files that can't be taken are among its problems.
func (w *Workshop) Machines(context.Context) (*Catalog, error) { return machine.Open(w.DataDir) }

// Setup gives the machine and the material that are to be used: those of the
// config, or else those of the settings, or else assumed ones. An id that does
// not exist, a material without a machine and one that the machine can't work
// are errors with CodeUsage.
func (w *Workshop) Setup(ctx context.Context) (Setup, error) {
	machineID, materialID := w.Machine, w.Material
	if machineID == "" || materialID == "" {
		s, err := w.Settings(ctx)
		if err != nil {
			return Setup{}, err
		}
		if machineID == "" {
			machineID = s.Machine
		}
		if materialID == "" && (w.Machine == "" || w.Machine == s.Machine) {
			materialID = s.Material
		}
	}
	return w.setupOf(ctx, chosen(machineID), chosen(materialID))
}

// chosen gives "" for none.
func chosen(id string) string {
	if id == NoMachine {
		return ""
	}
	return id
}

func (w *Workshop) setupOf(ctx context.Context, machineID, materialID string) (Setup, error) {
	c, err := w.Machines(ctx)
	if err != nil {
		return Setup{}, err
	}
	s := Setup{MachineChosen: machineID != "", MaterialChosen: materialID != ""}
	if s.MaterialChosen && !s.MachineChosen {
		return Setup{}, usage("the material %s needs a machine, for the width of its beam depends on both: choose one of mapwright machine list", materialID)
	}
	if !s.MachineChosen {
		machineID = machine.AssumedMachine
	}
	if !s.MaterialChosen {
		materialID = machine.AssumedMaterial
	}
	s.Setup, err = c.Setup(machineID, materialID)
	return s, err
}

// setupForWindow is Setup for work that must go on: where a choice does not
// count, all is assumed and the Problem says why.
func (w *Workshop) setupForWindow(ctx context.Context) (Setup, error) {
	s, err := w.Setup(ctx)
	if err == nil {
		return s, nil
	}
	assumed, failed := w.setupOf(ctx, "", "")
	assumed.Problem = err
	return assumed, failed
}

// Use chooses a machine and a material for this person, until another choice;
// an empty one stays as it is, and NoMachine chooses none. Without a machine
// there is no material. It tells what is used from now on; the errors are those
// of Setup, and then nothing changes.
func (w *Workshop) Use(ctx context.Context, machineID, materialID string) (Setup, error) {
	s, err := w.Settings(ctx)
	if err != nil {
		return Setup{}, err
	}
	if machineID != "" {
		s.Machine = chosen(machineID)
	}
	if materialID != "" {
		s.Material = chosen(materialID)
	}
	if s.Machine == "" && materialID == "" {
		s.Material = ""
	}
	now, err := w.setupOf(ctx, s.Machine, s.Material)
	if mismatch := (*machine.MismatchError)(nil); errors.As(err, &mismatch) && materialID == "" {
		s.Material = "" // chosen for another machine
		now, err = w.setupOf(ctx, s.Machine, "")
	}
	if err != nil {
		return Setup{}, err
	}
	_, err = w.ChangeSettings(ctx, func(all *Settings) { all.Machine, all.Material = s.Machine, s.Material })
	if err != nil {
		return Setup{}, fmt.Errorf("the choice can't be kept: %w", err)
	}
	return now, nil
}
