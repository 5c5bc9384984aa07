package cli

import (
	"strings"

	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/spf13/cobra"
)

func (c *command) importData() *cobra.Command {
	i := workshop.Import{}
	var where []string
	cmd := &cobra.Command{
		Use:   "import MAP.gpkg SOURCE",
		Short: "Bring map data into layers",
		Long: `Reads OpenStreetMap files (.osm.pbf, .osm, .osm.gz, .osm.bz2) and GeoJSON into
new layers at the top of the map. What touches the board is kept whole.

An OpenStreetMap file makes the layers of the preset city: water, green,
buildings, paths, roads-minor, roads-major and rail. With --layer all its
tagged shapes come into that one layer.`,
		Example: `  mapwright import munich.gpkg munich.osm.pbf --preset city
  mapwright import munich.gpkg munich.osm.pbf --layer trees --where natural=tree`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			i.Map, i.Source = args[0], args[1]
			var err error
			if i.Where, err = keyValues(where); err != nil {
				return err
			}
			w, err := c.workshop()
			if err != nil {
				return err
			}
			b := c.newBar("reading")
			i.Progress = func(done, total int64) { b.set(float64(done) / float64(max(total, 1))) }
			got, err := w.Import(cmd.Context(), i)
			b.close()
			if err != nil {
				return err
			}
			c.imported(got)
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&i.Preset, "preset", "", "make the layers of this preset: city")
	f.StringVar(&i.Layer, "layer", "", "make one layer of this name")
	f.StringArrayVar(&where, "where", nil, "take only shapes with this attribute, KEY=VALUE or KEY=* (repeatable)")
	return cmd
}

// shownFindings is how many findings of an import people are shown.
const shownFindings = 5

func (c *command) imported(got workshop.Imported) {
	if c.json {
		type finding struct {
			Kind    string `json:"kind"`
			Object  string `json:"object,omitempty"`
			Message string `json:"message"`
		}
		findings := []finding{}
		for _, f := range got.Findings {
			findings = append(findings, finding{string(f.Kind), f.Object, f.Message})
		}
		c.print(map[string]any{"layers": layersJSON(got.Layers), "findings": findings, "attribution": got.Attribution, "notes": notNil(got.Notes)})
		return
	}
	for _, l := range got.Layers {
		hidden := ""
		if !l.Visible {
			hidden = " (hidden)"
		}
		c.say("%-12s %6d shapes, %s %s, %s%s", l.Name, l.Features, l.Operation, l.Setting, l.Strategy, hidden)
	}
	for _, n := range got.Notes {
		c.tell("note: %s", n)
	}
	for i, f := range got.Findings {
		if i == shownFindings {
			c.tell("note: and %d more; --json lists all", len(got.Findings)-i)
			break
		}
		c.tell("note: %s", strings.TrimPrefix(f.Object+": "+f.Message, ": "))
	}
}
