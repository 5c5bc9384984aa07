package cli

import (
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/spf13/cobra"
)

func (c *command) render() *cobra.Command {
	var r workshop.Render
	var mode string
	var layers []string
	cmd := &cobra.Command{
		Use: "render MAP.gpkg -o FILE.png", Short: "Draw the map as a picture, free", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if r.File == "" {
				return usage("say where the picture goes: -o FILE.png")
			}
			var err error
			if r.Layers, err = layerNames(layers); err != nil {
				return err
			}
			r.Map, r.Mode = args[0], workshop.RenderMode(mode)
			w, err := c.workshop()
			if err != nil {
				return err
			}
			if err := w.Render(cmd.Context(), r); err != nil {
				return err
			}
			if c.json {
				c.print(map[string]any{"path": r.File})
			}
			c.say("%s", r.File)
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVarP(&r.File, "output", "o", "", "PNG file to write")
	f.StringVar(&mode, "mode", "map", "map (colours of the layers) or laser (what burns)")
	f.IntVar(&r.Width, "width", 1600, "width of the picture, pixels")
	layersFlag(cmd, &layers)
	c.machineFlags(cmd)
	return cmd
}
