package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/spf13/cobra"
)

// machineFlags adds --machine and --material to a command.
func (c *command) machineFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.machineID, "machine", "", "machine that burns it, see mapwright machine list; none for none (default: the one of mapwright machine use)")
	cmd.Flags().StringVar(&c.materialID, "material", "", "material on the machine, see mapwright material list; none for none (default: the one of mapwright material use)")
}

func (c *command) machine() *cobra.Command {
	return group("machine", "Machines that burn and cut",
		&cobra.Command{
			Use: "list", Short: "List the machines that there are, yours among them", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error { return c.listMachines(cmd.Context()) },
		},
		&cobra.Command{
			Use: "show MACHINE", Short: "Show all figures of a machine, as its file has them", Args: cobra.ExactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return c.show(cmd.Context(), func(all *workshop.Catalog) ([]byte, error) {
					m, err := all.Machine(args[0])
					return m.File, err
				})
			},
		},
		&cobra.Command{
			Use: "use MACHINE [MATERIAL]", Short: "Burn with this machine from now on; none takes the choice back", Args: cobra.RangeArgs(1, 2),
			RunE: func(cmd *cobra.Command, args []string) error {
				return c.use(cmd.Context(), append(args, "")[0], append(args, "")[1])
			},
		})
}

func (c *command) material() *cobra.Command {
	return group("material", "Materials that lie on them",
		&cobra.Command{
			Use: "list", Short: "List the materials that there are, yours among them", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error { return c.listMaterials(cmd.Context()) },
		},
		&cobra.Command{
			Use: "show MATERIAL", Short: "Show all figures of a material, as its file has them", Args: cobra.ExactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return c.show(cmd.Context(), func(all *workshop.Catalog) ([]byte, error) {
					m, err := all.Material(args[0])
					return m.File, err
				})
			},
		},
		&cobra.Command{
			Use: "use MATERIAL", Short: "Burn on this material from now on; none takes the choice back", Args: cobra.ExactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error { return c.use(cmd.Context(), "", args[0]) },
		})
}

// catalog gives what there is, and tells of files that can't be taken.
func (c *command) catalog(ctx context.Context) (*workshop.Catalog, workshop.Setup, error) {
	w, err := c.workshop()
	if err != nil {
		return nil, workshop.Setup{}, err
	}
	all, err := w.Machines(ctx)
	if err != nil {
		return nil, workshop.Setup{}, err
	}
	for _, p := range all.Problems {
		c.tell("note: %v", p)
	}
	used, err := w.Setup(ctx)
	if err != nil {
		c.tell("note: %v", err) // the list is what helps now
	}
	return all, used, nil
}

type (
	machineJSON struct {
		ID        string  `json:"id"`
		Name      string  `json:"name"`
		Kind      string  `json:"kind"`
		Power     float64 `json:"power"`
		BedWidth  float64 `json:"bed_width"`
		BedHeight float64 `json:"bed_height"`
		Used      bool    `json:"used"`
	}
	materialJSON struct {
		ID        string   `json:"id"`
		Name      string   `json:"name"`
		Thickness float64  `json:"thickness"`
		Kinds     []string `json:"kinds"`
		Used      bool     `json:"used"`
	}
)

func (c *command) listMachines(ctx context.Context) error {
	all, used, err := c.catalog(ctx)
	if err != nil {
		return err
	}
	list := []machineJSON{}
	for _, m := range all.Machines {
		list = append(list, machineJSON{m.ID, m.Name, string(m.Kind), m.Power, m.BedWidth, m.BedHeight, used.MachineChosen && used.Machine.ID == m.ID})
	}
	if c.json {
		c.print(map[string]any{"machines": list, "problems": problems(all)})
		return nil
	}
	for _, m := range list {
		c.say("%s %-26s %-32s %-6s %4s x %s mm", star(m.Used), m.ID, m.Name, m.Kind, trim(m.BedWidth), trim(m.BedHeight))
	}
	return nil
}

func (c *command) listMaterials(ctx context.Context) error {
	all, used, err := c.catalog(ctx)
	if err != nil {
		return err
	}
	list := []materialJSON{}
	for _, m := range all.Materials {
		list = append(list, materialJSON{m.ID, m.Name, m.Thickness, m.Kinds(), used.MaterialChosen && used.Material.ID == m.ID})
	}
	if c.json {
		c.print(map[string]any{"materials": list, "problems": problems(all)})
		return nil
	}
	for _, m := range list {
		c.say("%s %-26s %-32s %s", star(m.Used), m.ID, m.Name, strings.Join(m.Kinds, ", "))
	}
	return nil
}

func star(used bool) string {
	if used {
		return "*"
	}
	return " "
}

func problems(all *workshop.Catalog) []string {
	out := []string{}
	for _, p := range all.Problems {
		out = append(out, p.Error())
	}
	return out
}

// show prints a file as it is: it is JSON, and readable.
func (c *command) show(ctx context.Context, file func(*workshop.Catalog) ([]byte, error)) error {
	all, _, err := c.catalog(ctx)
	if err != nil {
		return err
	}
	text, err := file(all)
	if err != nil {
		return err
	}
	if c.json {
		c.print(json.RawMessage(text))
		return nil
	}
	c.say("%s", text)
	return nil
}

func (c *command) use(ctx context.Context, machineID, materialID string) error {
	w, err := c.workshop()
	if err != nil {
		return err
	}
	now, err := w.Use(ctx, machineID, materialID)
	if err != nil {
		return err
	}
	if c.json {
		c.print(usedJSON(now))
		return nil
	}
	switch {
	case !now.MachineChosen:
		c.say("no machine")
	case !now.MaterialChosen:
		c.say("%s, no material", now.Machine.Name)
	default:
		c.say("%s, %s: kerf %s mm where a layer sets none", now.Machine.Name, now.Material.Name, trim(now.Kerf))
	}
	return nil
}

// usedJSON is the documented form of what is chosen; null is not chosen.
func usedJSON(s workshop.Setup) map[string]any {
	out := map[string]any{"machine": nil, "material": nil, "kerf": nil}
	if s.MachineChosen {
		out["machine"] = s.Machine.ID
	}
	if s.MaterialChosen {
		out["material"], out["kerf"] = s.Material.ID, s.Kerf
	}
	return out
}

type (
	timeJSON struct {
		Operation string  `json:"operation"`
		Setting   string  `json:"setting"`
		Seconds   float64 `json:"seconds"`
		BurnMM    float64 `json:"burn_mm"`
		TravelMM  float64 `json:"travel_mm"`
		Power     float64 `json:"power"`
		Speed     float64 `json:"speed"`
		Passes    int     `json:"passes"`
	}
	boardTimeJSON struct {
		Board   int     `json:"board"`
		Seconds float64 `json:"seconds"`
	}
)

// addTimes adds to the JSON of a check how long it takes, and on what.
func addTimes(out map[string]any, k workshop.Checked) {
	parts, boards := []timeJSON{}, []boardTimeJSON{}
	for _, p := range k.Estimate.Parts {
		parts = append(parts, timeJSON{
			string(p.Operation), p.Setting.Setting, p.Seconds, p.BurnMM, p.TravelMM, p.Power, p.Speed, p.Passes,
		})
	}
	for _, b := range k.Estimate.Boards {
		boards = append(boards, boardTimeJSON{b.Number, b.Seconds})
	}
	out["seconds"], out["times"], out["boards"] = k.Estimate.Seconds, parts, boards
	out["machine"], out["material"] = k.Setup.Machine.ID, k.Setup.Material.ID
	out["machine_chosen"], out["material_chosen"] = k.Setup.MachineChosen, k.Setup.MaterialChosen
}

// sayTimes tells a person how long it takes, and on what.
func (c *command) sayTimes(k workshop.Checked) {
	s := k.Setup
	switch {
	case !s.MachineChosen:
		c.say("about %s on a %s with %s, as no machine is chosen", spoken(k.Estimate.Seconds), s.Machine.Name, s.Material.Name)
	case !s.MaterialChosen:
		c.say("about %s on %s with %s, as no material is chosen", spoken(k.Estimate.Seconds), s.Machine.Name, s.Material.Name)
	default:
		c.say("about %s on %s with %s", spoken(k.Estimate.Seconds), s.Machine.Name, s.Material.Name)
	}
	for _, p := range k.Estimate.Parts {
		c.say("  %-8s %-7s %9s  %3g %% at %g mm/min, %s", p.Operation, p.Setting.Setting, spoken(p.Seconds), p.Power, p.Speed, passes(p.Passes))
	}
}

func passes(n int) string {
	if n == 1 {
		return "1 pass"
	}
	return fmt.Sprintf("%d passes", n)
}

// spoken gives a time as nobody needs it finer: 40 s, 12 min, 3 h 05 min.
func spoken(seconds float64) string {
	d := time.Duration(seconds * float64(time.Second))
	switch {
	case d < 100*time.Second:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d.Round(time.Minute) < 2*time.Hour:
		return fmt.Sprintf("%.0f min", d.Minutes())
	}
	d = d.Round(time.Minute)
	return fmt.Sprintf("%d h %02d min", int(d.Hours()), int(d.Minutes())%60)
}
