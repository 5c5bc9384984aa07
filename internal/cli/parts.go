package cli

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/spf13/cobra"
)

// partJSON is the documented form of a part of the layer "Frame and text".
type partJSON struct {
	Part    string            `json:"part"`   // the class
	Number  int               `json:"number"` // of its class, from 1
	Text    string            `json:"text"`   // what it says
	Own     bool              `json:"own_text"`
	Visible bool              `json:"visible"`
	At      [2]float64        `json:"at"`     // mm
	Place   string            `json:"place"`  // its anchor
	Offset  [2]float64        `json:"offset"` // mm
	Set     map[string]string `json:"set"`    // what differs from the layer
}

func (c *command) layerParts() *cobra.Command {
	return &cobra.Command{
		Use:   "parts MAP.gpkg [LAYER]",
		Short: "List the parts of frame and text: border, title, holes …",
		Long: `Lists the parts of the layer "Frame and text", or of the layer named, with what
each of them says and where it is. They are changed by mapwright layer set.`,
		Example: "  mapwright layer parts munich.gpkg",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := c.workshop()
			if err != nil {
				return err
			}
			layer, parts, err := w.Parts(cmd.Context(), args[0], strings.Join(args[1:], ""))
			if err != nil {
				return err
			}
			list := partsJSON(parts)
			if c.json {
				c.print(map[string]any{"layer": layer.Name, "parts": list})
				return nil
			}
			for _, p := range list {
				c.sayPart(p)
			}
			return nil
		},
	}
}

func partsJSON(parts []workshop.Part) []partJSON {
	list := []partJSON{}
	number := map[string]int{}
	for _, p := range parts {
		number[p.Class]++
		text := p.Text
		if text == "" {
			text = p.Usual
		}
		set := map[string]string{}
		for _, key := range []string{"size", "operation", "setting", "inset"} {
			if v, ok := p.Keys[key]; ok {
				set[key] = v
			}
		}
		list = append(list, partJSON{
			Part: p.Class, Number: number[p.Class], Text: text, Own: p.Text != "", Visible: p.Shown(),
			At: [2]float64{p.At.X, p.At.Y}, Place: p.Anchor(), Offset: [2]float64{p.Offset.X, p.Offset.Y}, Set: set,
		})
	}
	return list
}

// sayPart writes a part on a line, in the keys that change it.
func (c *command) sayPart(p partJSON) {
	var more []string
	if p.Part != workshop.PartBorder {
		more = append(more, "place="+p.Place)
	}
	for _, key := range slices.Sorted(maps.Keys(p.Set)) {
		more = append(more, key+"="+p.Set[key])
	}
	if !p.Visible {
		more = append(more, "visible=no")
	}
	c.say("%-12s %2d  at %7.2f,%-7.2f %-36s %s", p.Part, p.Number, p.At[0], p.At[1],
		strings.Join(more, " "), strings.ReplaceAll(p.Text, "\n", `\n`))
}

// missedCredit tells the maker who has just taken the credit line away what that
// means.
func (c *command) missedCredit(ctx context.Context, w *workshop.Workshop, path string, keys map[string]string) error {
	if !slices.ContainsFunc(slices.Collect(maps.Keys(keys)), func(k string) bool {
		return strings.HasPrefix(k, workshop.PartCredit) || k == "visible"
	}) {
		return nil
	}
	missing, err := w.MissingCredit(ctx, path)
	if err == nil && len(missing) > 0 {
		c.tell("note: %s", workshop.CreditWarning(missing))
	}
	return err
}
