package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/spf13/cobra"
)

// findingJSON is the documented form of a finding of the check.
type findingJSON struct {
	Layer    string       `json:"layer"`
	Kind     string       `json:"kind"`
	Severity string       `json:"severity"`
	Message  string       `json:"message"`
	At       [2]float64   `json:"at"`
	Board    int          `json:"board,omitempty"`
	Fix      string       `json:"fix"`
	Count    int          `json:"count,omitempty"`
	Remedies []remedyJSON `json:"remedies,omitempty"`
}

// remedyJSON is the documented form of a way to mend a finding.
type remedyJSON struct {
	Kind  string `json:"kind"`
	Label string `json:"label"`
}

// changeJSON is the documented form of a remedy that was applied.
type changeJSON struct {
	Layer  string            `json:"layer"`
	Kind   string            `json:"kind"`
	Remedy string            `json:"remedy"`
	Set    map[string]string `json:"set"`
}

func findingsJSON(in []workshop.Finding) []findingJSON {
	out := []findingJSON{}
	for _, f := range in {
		out = append(out, findingJSON{
			Layer: f.Layer, Kind: f.Kind, Severity: f.Severity, Message: f.Message,
			At: [2]float64{f.At.X, f.At.Y}, Board: f.Board, Fix: f.Fix,
		})
	}
	return out
}

// checkedJSON is findingsJSON with how many places there are and what can be
// done.
func checkedJSON(c workshop.Checked) []findingJSON {
	out := findingsJSON(c.Findings)
	for i, f := range c.Findings {
		out[i].Count = c.Count(f)
		for _, r := range c.Remedies(f) {
			out[i].Remedies = append(out[i].Remedies, remedyJSON{string(r.Kind), r.Label})
		}
	}
	return out
}

func (c *command) check() *cobra.Command {
	var layers, fix []string
	cmd := &cobra.Command{
		Use: "check MAP.gpkg", Short: "See before paying what would go wrong, and mend it", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := c.workshop()
			if err != nil {
				return err
			}
			names, err := layerNames(layers)
			if err != nil {
				return err
			}
			var got workshop.Fixed
			if len(fix) > 0 {
				got, err = w.Fix(cmd.Context(), args[0], names, fix)
			} else {
				got.Checked, err = w.Check(cmd.Context(), args[0], names)
			}
			if got.Checked.Findings == nil {
				return err
			}
			if c.json {
				c.print(fixedJSON(got))
				return err
			}
			c.sayFixed(got, len(fix) > 0)
			return err
		},
	}
	layersFlag(cmd, &layers)
	c.machineFlags(cmd)
	cmd.Flags().StringSliceVar(&fix, "fix", nil,
		"mend all findings of these kinds, KIND[,KIND], in one step: each by its first remedy, or by the one of KIND=REMEDY")
	return cmd
}

// fixedJSON is the documented form of a check, with what was changed before it.
func fixedJSON(f workshop.Fixed) map[string]any {
	out := map[string]any{
		"findings": checkedJSON(f.Checked), "burn_mm": f.Checked.Estimate.BurnMM, "travel_mm": f.Checked.Estimate.TravelMM,
	}
	addTimes(out, f.Checked)
	if f.Changes != nil {
		fixed := []changeJSON{}
		for _, x := range f.Changes {
			fixed = append(fixed, changeJSON{x.Layer, x.Kind, x.Remedy, x.Set})
		}
		out["fixed"] = fixed
	}
	return out
}

// sayFixed tells a person what was changed, what is found now, and what can be
// done about it.
func (c *command) sayFixed(f workshop.Fixed, asked bool) {
	for _, x := range f.Changes {
		var set []string
		for _, key := range slices.Sorted(maps.Keys(x.Set)) {
			set = append(set, key+"="+x.Set[key])
		}
		c.say("%-8s %-12s %s: %s", "fixed", x.Layer, x.Label, strings.Join(set, " "))
	}
	if asked && len(f.Changes) == 0 {
		c.say("nothing could be fixed that way")
	}
	for _, x := range f.Checked.Findings {
		c.say("%-8s %-12s %s", x.Severity, x.Layer, x.Message)
		var ways []string
		for _, r := range f.Checked.Remedies(x) {
			ways = append(ways, fmt.Sprintf("%s (%s=%s)", r.Label, x.Kind, r.Kind))
		}
		if len(ways) > 0 {
			c.say("%-8s %-12s --fix: %s", "", "", strings.Join(ways, ", "))
		}
	}
	c.say("%.1f m to burn, %.1f m of travel", f.Checked.Estimate.BurnMM/1000, f.Checked.Estimate.TravelMM/1000)
	c.sayTimes(f.Checked)
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
