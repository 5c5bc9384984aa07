package cli

import (
	"strings"

	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/spf13/cobra"
)

func (c *command) export() *cobra.Command {
	x := workshop.Export{}
	var formats, files string
	var layers, set, ignore []string
	cmd := &cobra.Command{
		Use:   "export MAP.gpkg --layers all|a,b --formats svg,png --out DIR",
		Short: "Make the files that machines read, for credits",
		Long: `Exports layers in formats. Each layer in each format costs one credit, however
many shapes it has and however it is traced. What you have paid for and not
changed is free again. Failed or cancelled: nothing.

all means the layers that are visible, no guide and not empty.`,
		Example: "  mapwright export munich.gpkg --layers all --formats svg,png --out files",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			x.Map, x.Formats, x.Ignore = args[0], list(formats), ignore
			var err error
			if x.Layers, err = layerNames(layers); err != nil {
				return err
			}
			if cmd.Flags().Changed("out") && x.Out == "" {
				return usage("--out names no folder")
			}
			if err := x.SetFiles(files); err != nil {
				return err
			}
			if x.Set, err = formatOptions(set); err != nil {
				return err
			}
			w, err := c.workshop()
			if err != nil {
				return err
			}
			b := c.newBar("exporting")
			x.Progress = func(p workshop.ExportProgress) { b.set(p.Whole) }
			got, err := w.Export(cmd.Context(), x)
			b.close()
			if len(got.Result.Jobs) == 0 {
				return err
			}
			c.exported(got, x.DryRun, err)
			return err
		},
	}
	f := cmd.Flags()
	layersFlag(cmd, &layers)
	c.machineFlags(cmd)
	f.StringVar(&formats, "formats", "", "formats with commas between, such as svg,png (required)")
	f.StringVar(&x.Out, "out", "", "folder for the files, made if missing (default: beside the map)")
	f.StringVar(&files, "files", "one", "one file a job where the format knows layers, a file a layer, or a file a board: one, layer or board")
	f.StringArrayVar(&set, "set", nil, "option of a format, FORMAT.KEY=VALUE (repeatable)")
	f.StringArrayVar(&ignore, "ignore", nil, "export although the check finds errors of this kind (repeatable)")
	f.BoolVar(&x.DryRun, "dry-run", false, "tell the price; charge and write nothing")
	return cmd
}

// formatOptions reads FORMAT.KEY=VALUE.
func formatOptions(set []string) (map[string]map[string]string, error) {
	pairs, err := keyValues(set)
	if err != nil {
		return nil, err
	}
	out := map[string]map[string]string{}
	for key, value := range pairs {
		format, option, ok := strings.Cut(key, ".")
		if !ok {
			return nil, usage("--set %s=%s: write FORMAT.KEY=VALUE, such as png.dpi=508", key, value)
		}
		format = strings.ToLower(format)
		if out[format] == nil {
			out[format] = map[string]string{}
		}
		out[format][option] = value
	}
	return out, nil
}

type (
	chargeJSON struct {
		Layer   string `json:"layer"`
		Charge  string `json:"charge"`
		Credits int    `json:"credits"`
		State   string `json:"state"`
	}
	fileJSON struct {
		Path   string `json:"path"`
		Bytes  int64  `json:"bytes"`
		SHA256 string `json:"sha256"`
		// Replaced tells that an earlier file of ours gave way.
		Replaced bool `json:"replaced"`
	}
	jobJSON struct {
		Format string       `json:"format"`
		Layers []chargeJSON `json:"layers"`
		Files  []fileJSON   `json:"files"`
		State  string       `json:"state"`
		Error  *errorJSON   `json:"error,omitempty"`
		Kept   string       `json:"kept,omitempty"`
	}
	skippedJSON struct {
		Layer  string `json:"layer"`
		Reason string `json:"reason"`
	}
)

// exported tells what an export did; err is that of its first failed job.
func (c *command) exported(got workshop.Exported, dry bool, err error) {
	if c.json {
		c.exportedJSON(got, err)
		return
	}
	c.recovered(got.Recovery.Notes, got.Recovery.Made, got.Recovery.Voided)
	for _, s := range got.Skipped {
		c.tell("skipped %s: %s", s.Layer, s.Reason)
	}
	for _, f := range got.Findings {
		if f.Severity == "warning" {
			c.tell("check: %s: %s", f.Layer, f.Message)
		}
	}
	if dry {
		c.say("%s for %s", plural(got.Total, "credit"), plural(chargeCount(got), "layer export"))
		if got.Missing > 0 {
			c.say("%s missing", plural(got.Missing, "credit"))
		}
		return
	}
	spent, free := 0, 0
	for _, j := range got.Result.Jobs {
		for _, f := range j.Files {
			if f.Replaced {
				c.say("%s (replaced)", f.Path)
				continue
			}
			c.say("%s", f.Path)
		}
		for _, l := range j.Layers {
			switch l.State {
			case "done":
				spent += l.Credits
			case "free":
				free++
			}
		}
		if j.Err != nil {
			c.tell("%s: %v", j.Format, j.Err)
		}
	}
	if err := got.Result.Leftover; err != nil {
		c.tell("note: %v", err)
	}
	c.notReached(got.After, got.Contact)
	if got.After.Unlimited {
		c.say("Unlimited: nothing is counted down")
		return
	}
	c.say("%s spent, %d free again, %d left", plural(spent, "credit"), free, got.After.Balance)
}

func chargeCount(got workshop.Exported) int {
	n := 0
	for _, j := range got.Result.Jobs {
		n += len(j.Layers)
	}
	return n
}

func (c *command) exportedJSON(got workshop.Exported, err error) {
	jobs := []jobJSON{}
	for _, j := range got.Result.Jobs {
		job := jobJSON{Format: j.Format, Layers: []chargeJSON{}, Files: []fileJSON{}, State: string(j.State), Error: explain(j.Err), Kept: j.Kept}
		for _, l := range j.Layers {
			job.Layers = append(job.Layers, chargeJSON{l.Name, l.Charge, l.Credits, string(l.State)})
		}
		for _, f := range j.Files {
			job.Files = append(job.Files, fileJSON(f))
		}
		jobs = append(jobs, job)
	}
	skipped := []skippedJSON{}
	for _, s := range got.Skipped {
		skipped = append(skipped, skippedJSON{s.Layer, s.Reason})
	}
	out := map[string]any{
		"jobs": jobs, "skipped": skipped, "credits": balanceJSON(got.After, got.Contact),
		"total": got.Total, "missing": got.Missing, "findings": findingsJSON(got.Findings),
	}
	if err != nil {
		out["error"] = explain(err)
	}
	c.print(out)
}
