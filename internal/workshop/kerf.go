package workshop

import (
	"maps"
	"strconv"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// burned gives a map as it is traced and exported with a setup: where a layer
// that the beam's width matters to says nothing of kerf, the kerf of the chosen
// material counts as if the layer said it. So it is in the recipe too: what was
// paid for with the kerf of a material is the same as with that kerf set by
// hand. Without a chosen material the map is burned as it is.
func (s *Setup) burned(m *carto.Map) *carto.Map {
	if !s.MaterialChosen || s.Kerf == 0 {
		return m
	}
	out := *m
	out.Layers = make([]carto.Layer, len(m.Layers))
	for i, l := range m.Layers {
		if l.Options["kerf"] == "" && StrategyOf(l.Strategy).TakesKerf(l.Operation) {
			l.Options = maps.Clone(l.Options)
			if l.Options == nil {
				l.Options = map[string]string{}
			}
			l.Options["kerf"] = strconv.FormatFloat(s.Kerf, 'f', -1, 64)
		}
		out.Layers[i] = l
	}
	return &out
}

// forFormats tells formats what was chosen; nothing of what is assumed.
func (s *Setup) forFormats() sdk.Machine {
	if !s.MachineChosen {
		return sdk.Machine{}
	}
	m := sdk.Machine{ID: s.Machine.ID, Name: s.Machine.Name, BedWidth: s.Machine.BedWidth, BedHeight: s.Machine.BedHeight}
	if !s.MaterialChosen {
		return m
	}
	m.MaterialID, m.MaterialThickness, m.Kerf = s.Material.ID, s.Material.Thickness, s.Kerf
	for _, x := range s.Settings {
		m.Settings = append(m.Settings, sdk.MachineSetting{
			Operation: x.Operation, Setting: x.Setting, Power: x.Power, Speed: x.Speed / 60, Passes: x.Passes, Interval: x.Interval,
		})
	}
	return m
}
