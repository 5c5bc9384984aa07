package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/spf13/cobra"
)

func (c *command) layer() *cobra.Command {
	return group("layer", "List and change the layers of a map",
		c.layerList(), c.layerShow(), c.layerSet(), c.layerAdd(), c.layerDuplicate(), c.layerRemove(), c.layerMove(), c.layerParts())
}

// layerJSON is the documented form of a layer.
type layerJSON struct {
	Name      string            `json:"name"`
	Operation string            `json:"operation"`
	Setting   string            `json:"setting"`
	Strategy  string            `json:"strategy"`
	Features  int               `json:"features"`
	Visible   bool              `json:"visible"`
	Board     int               `json:"board"`
	Order     int               `json:"order"`
	Options   map[string]string `json:"options"`
}

func layersJSON(layers []workshop.LayerInfo) []layerJSON {
	out := []layerJSON{}
	for _, l := range layers {
		options := l.Options
		if options == nil {
			options = map[string]string{}
		}
		out = append(out, layerJSON{l.Name, string(l.Operation), l.Setting, l.Strategy, l.Features, l.Visible, l.Board, l.Order, options})
	}
	return out
}

func (c *command) layerList() *cobra.Command {
	return &cobra.Command{
		Use: "list MAP.gpkg", Short: "List the layers, the top first", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			layers, err := c.layers(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if c.json {
				c.print(map[string]any{"layers": layersJSON(layers)})
				return nil
			}
			for _, l := range layers {
				eye := " "
				if !l.Visible {
					eye = "hidden"
				}
				c.say("%2d  %-20s %-8s %-8s %-12s %7d shapes  %s", l.Order, l.Name, l.Operation, l.Setting, l.Strategy, l.Features, eye)
			}
			return nil
		},
	}
}

func (c *command) layers(ctx context.Context, path string) ([]workshop.LayerInfo, error) {
	w, err := c.workshop()
	if err != nil {
		return nil, err
	}
	return w.Layers(ctx, path)
}

func (c *command) layerShow() *cobra.Command {
	return &cobra.Command{
		Use: "show MAP.gpkg LAYER", Short: "Show one layer with its options", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			layers, err := c.layers(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			i := slices.IndexFunc(layers, func(l workshop.LayerInfo) bool { return strings.EqualFold(l.Name, args[1]) })
			if i < 0 {
				return usage("there is no layer %q in this map", args[1])
			}
			l := layers[i]
			if c.json {
				c.print(layersJSON(layers)[i])
				return nil
			}
			c.say("name=%s\noperation=%s\nsetting=%s\nstrategy=%s\nvisible=%t\nboard=%d\norder=%d\nfeatures=%d",
				l.Name, l.Operation, l.Setting, l.Strategy, l.Visible, l.Board, l.Order, l.Features)
			for _, key := range slices.Sorted(maps.Keys(l.Options)) {
				c.say("%s=%s", key, l.Options[key])
			}
			return nil
		},
	}
}

func (c *command) layerSet() *cobra.Command {
	return &cobra.Command{
		Use:     "set MAP.gpkg LAYER key=value …",
		Short:   "Change a layer: what it does and how it is traced",
		Long:    "Changes keys of a layer, all or none. An empty value takes an option back to its\ndefault.\n\n" + keysHelp(),
		Example: "  mapwright layer set munich.gpkg water strategy=hatch spacing=0.8",
		Args:    cobra.MinimumNArgs(3),
		RunE: c.layerChange(func(ctx context.Context, w *workshop.Workshop, args []string, keys map[string]string) error {
			if err := w.SetLayer(ctx, args[0], args[1], keys); err != nil {
				return err
			}
			return c.missedCredit(ctx, w, args[0], keys)
		}),
	}
}

func (c *command) layerAdd() *cobra.Command {
	frame := false
	cmd := &cobra.Command{
		Use:   "add MAP.gpkg LAYER [key=value …]",
		Short: "Add a layer at the top: an empty one, or frame and text",
		Long: `Adds an empty layer at the top of the map.

With --frame it is one that belongs to the piece: border, title, scale bar,
north arrow, and the credit line of the map's data. Its name may then be left
out, and keys such as title="Old town" or hole=on say what its parts are:
see mapwright layer set --help.`,
		Example: `  mapwright layer add munich.gpkg trees operation=engrave strategy=symbol
  mapwright layer add munich.gpkg --frame title="Old town" hole=on`,
		Args: func(cmd *cobra.Command, args []string) error {
			if frame {
				return cobra.MinimumNArgs(1)(cmd, args)
			}
			return cobra.MinimumNArgs(2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if frame {
				if len(args) == 1 || strings.Contains(args[1], "=") {
					args = slices.Insert(args, 1, workshop.FurnitureName)
				}
				args = append(args, "strategy=furniture")
			}
			return c.layerChange(func(ctx context.Context, w *workshop.Workshop, args []string, keys map[string]string) error {
				return w.AddLayer(ctx, args[0], args[1], keys)
			})(cmd, args)
		},
	}
	cmd.Flags().BoolVar(&frame, "frame", false, "add border, title, scale bar, north arrow and credit line")
	return cmd
}

func (c *command) layerDuplicate() *cobra.Command {
	return &cobra.Command{
		Use:     "duplicate MAP.gpkg LAYER [key=value …]",
		Short:   "Put a copy of a layer above it, such as its names",
		Long:    "Puts a copy of a layer with its shapes above it and changes keys of the copy, as\nmapwright layer set does.",
		Example: "  mapwright layer duplicate munich.gpkg roads-minor name=street-names strategy=label",
		Args:    cobra.MinimumNArgs(2),
		RunE: c.layerChange(func(ctx context.Context, w *workshop.Workshop, args []string, keys map[string]string) error {
			return w.DuplicateLayer(ctx, args[0], args[1], keys)
		}),
	}
}

func (c *command) layerRemove() *cobra.Command {
	return &cobra.Command{
		Use: "remove MAP.gpkg LAYER", Short: "Remove a layer with its shapes", Args: cobra.ExactArgs(2),
		RunE: c.layerChange(func(ctx context.Context, w *workshop.Workshop, args []string, _ map[string]string) error {
			return w.RemoveLayer(ctx, args[0], args[1])
		}),
	}
}

func (c *command) layerMove() *cobra.Command {
	return &cobra.Command{
		Use: "move MAP.gpkg LAYER order=N", Short: "Move a layer; order 1 is the top", Args: cobra.ExactArgs(3),
		RunE: c.layerChange(func(ctx context.Context, w *workshop.Workshop, args []string, keys map[string]string) error {
			order, err := strconv.Atoi(keys["order"])
			if err != nil || len(keys) != 1 {
				return usage("%s: write order=N, 1 being the top", args[2])
			}
			return w.MoveLayer(ctx, args[0], args[1], order)
		}),
	}
}

// layerChange runs a change of a layer and answers with the layers after it.
func (c *command) layerChange(change func(context.Context, *workshop.Workshop, []string, map[string]string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		keys, err := keyValues(args[2:])
		if err != nil {
			return err
		}
		w, err := c.workshop()
		if err != nil {
			return err
		}
		if err := change(cmd.Context(), w, args, keys); err != nil {
			return err
		}
		if c.json {
			layers, err := w.Layers(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			c.print(map[string]any{"layers": layersJSON(layers)})
		}
		return nil
	}
}

// keysHelp lists every key of a layer with its unit and default.
func keysHelp() string {
	var b strings.Builder
	for _, g := range workshop.LayerKeys() {
		fmt.Fprintf(&b, "%s\n", g.Title)
		for _, k := range g.Keys {
			fmt.Fprintf(&b, "  %-14s %s\n", k.Key, k.Help)
		}
		b.WriteByte('\n')
	}
	return strings.TrimRight(b.String(), "\n")
}
