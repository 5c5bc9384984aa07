package machine

import (
	"slices"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// Material is a sheet of one thickness, and how each kind of machine treats it.
type Material struct {
	ID        string
	Name      string
	Thickness float64 // mm
	// Treatments are for machines of a kind and a power; On chooses.
	Treatments []Treatment
	// Starting says that nobody has burned with these figures yet.
	Starting bool
	Sources  []Source
	Notes    string
	// File is what the material's file says, JSON.
	File []byte
}

// Kinds lists the kinds of machines that the material is for.
func (m *Material) Kinds() []string {
	var kinds []string
	for _, t := range m.Treatments {
		if !slices.Contains(kinds, string(t.Kind)) {
			kinds = append(kinds, string(t.Kind))
		}
	}
	return kinds
}

// Treatment is how machines of one kind and power treat a material.
type Treatment struct {
	Kind  Kind
	Power float64 // W for which the settings are
	// Kerf is the width of what a cut takes away, mm.
	Kerf float64
	// MinWidth is the narrowest part of an engraved area or line that shows, mm.
	MinWidth float64
	// Web is the least material between two cuts that survives, mm.
	Web float64
	// Bridge is how wide a bridge must be to hold a piece, mm.
	Bridge   float64
	Settings []Setting
}

// setting finds how an operation's setting is done.
func (t *Treatment) setting(o artwork.Operation, id string) (Setting, bool) {
	for _, s := range t.Settings {
		if s.Operation == o && s.Setting == id {
			return s, true
		}
	}
	return Setting{}, false
}
