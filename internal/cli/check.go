package cli

import (
	"strings"

	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/spf13/cobra"
)

// findingJSON is the documented form of a finding of the check.
type findingJSON struct {
	Layer    string     `json:"layer"`
	Kind     string     `json:"kind"`
	Severity string     `json:"severity"`
	Message  string     `json:"message"`
	At       [2]float64 `json:"at"`
	Board    int        `json:"board,omitempty"`
	Fix      string     `json:"fix"`
}

func findingsJSON(in []workshop.Finding) []findingJSON {
	out := []findingJSON{}
	for _, f := range in {
		out = append(out, findingJSON{f.Layer, f.Kind, f.Severity, f.Message, [2]float64{f.At.X, f.At.Y}, f.Board, f.Fix})
	}
	return out
}

func (c *command) check() *cobra.Command {
	var layers []string
	cmd := &cobra.Command{
		Use: "check MAP.gpkg", Short: "See before paying what would go wrong", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := c.workshop()
			if err != nil {
				return err
			}
			names, err := layerNames(layers)
			if err != nil {
				return err
			}
			got, err := w.Check(cmd.Context(), args[0], names)
			if got.Findings == nil {
				return err
			}
			if c.json {
				c.print(map[string]any{"findings": findingsJSON(got.Findings), "burn_mm": got.BurnMM, "travel_mm": got.TravelMM})
				return err
			}
			for _, f := range got.Findings {
				c.say("%-8s %-12s %s", f.Severity, f.Layer, f.Message)
			}
			c.say("%.1f m to burn, %.1f m of travel", got.BurnMM/1000, got.TravelMM/1000)
			return err
		},
	}
	layersFlag(cmd, &layers)
	return cmd
}

// layersFlag adds --layers to a command.
func layersFlag(cmd *cobra.Command, layers *[]string) {
	cmd.Flags().StringArrayVar(layers, "layers", []string{"all"},
		"all (visible, no guide, not empty), or names with commas between; repeatable, and a name may hold a comma then")
}

// layerNames gives the names of --layers; all is no names.
func layerNames(layers []string) ([]string, error) {
	if len(layers) == 1 && strings.EqualFold(strings.TrimSpace(layers[0]), "all") {
		return nil, nil
	}
	for _, l := range layers {
		if strings.Trim(l, ", ") == "" {
			return nil, usage("--layers %q names no layer", l)
		}
	}
	return layers, nil
}
