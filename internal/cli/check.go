package cli

import (
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
	var layers string
	cmd := &cobra.Command{
		Use: "check MAP.gpkg", Short: "See before paying what would go wrong", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := c.workshop()
			if err != nil {
				return err
			}
			got, err := w.Check(cmd.Context(), args[0], layerNames(layers))
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
	cmd.Flags().StringVar(&layers, "layers", "all", "layers to check: all (visible, no guide, not empty) or names with commas between")
	return cmd
}

// layerNames reads --layers; all is no names.
func layerNames(s string) []string {
	if s == "all" {
		return nil
	}
	return list(s)
}
