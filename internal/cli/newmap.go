package cli

import (
	"strconv"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/paulmach/orb"
	"github.com/spf13/cobra"
)

func (c *command) newMap() *cobra.Command {
	var n workshop.NewMap
	var box, size, frame string
	var card bool
	cmd := &cobra.Command{
		Use:   "new MAP.gpkg --bbox W,S,E,N | --extent-of FILE --size 300x200",
		Short: "Make a map of a place at a real size",
		Long: `Makes a map file. The box is fitted whole into the frame, which is the board
less its margin; what lies beside it up to the frame is shown too.

With --test-card it is a burn test card of 120 x 90 mm, which shows what a
machine does with a material.`,
		Example: "  mapwright new munich.gpkg --bbox 11.5648,48.1309,11.5871,48.1436 --size 300x200",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if card {
				return c.newCard(cmd, args[0])
			}
			n.Path, n.Frame = args[0], carto.FrameShape(frame)
			var err error
			if n.Width, n.Height, err = parseSize(size); err != nil {
				return err
			}
			if box != "" {
				if n.ExtentOf != "" {
					return usage("give --bbox or --extent-of, not both")
				}
				b, err := parseBox(box)
				if err != nil {
					return err
				}
				n.Box = &b
			}
			w, err := c.workshop()
			if err != nil {
				return err
			}
			made, err := w.New(cmd.Context(), n)
			if err != nil {
				return err
			}
			if c.json {
				c.print(map[string]any{"map": made.Path, "title": made.Title, "scale": made.Scale, "notes": notNil(made.Notes)})
			}
			c.say("%s: %s x %s mm at 1:%.0f", made.Path, trim(n.Width), trim(n.Height), made.Scale)
			for _, note := range made.Notes {
				c.tell("note: %s", note)
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&box, "bbox", "", "the place in degrees: west,south,east,north")
	f.StringVar(&n.ExtentOf, "extent-of", "", "take the place that this file covers")
	f.StringVar(&size, "size", "300x200", "width x height of a board, mm")
	f.StringVar(&frame, "frame", "rect", "outline of the map: rect, round-rect, circle, ellipse or hexagon")
	f.Float64Var(&n.Margin, "margin", workshop.DefaultMargin, "from the edge of the board to the frame, mm")
	f.Float64Var(&n.Rotation, "rotate", 0, "turn the map counterclockwise, degrees")
	f.StringVar(&n.Title, "title", "", "title of the map (default: the file's name)")
	f.BoolVar(&card, "test-card", false, "make the burn test card instead of a map of a place; alone, without the flags above")
	return cmd
}

// newCard makes the burn test card, which is what it is.
func (c *command) newCard(cmd *cobra.Command, path string) error {
	for _, flag := range []string{"bbox", "extent-of", "size", "frame", "margin", "rotate", "title"} {
		if cmd.Flags().Changed(flag) {
			return usage("--test-card makes a card that has its size and its layers: leave out --%s", flag)
		}
	}
	w, err := c.workshop()
	if err != nil {
		return err
	}
	made, err := w.TestCard(cmd.Context(), path)
	if err != nil {
		return err
	}
	if c.json {
		c.print(map[string]any{"map": made.Path, "title": made.Title, "scale": made.Scale, "notes": notNil(made.Notes)})
	}
	c.say("%s: %s, 120 x 90 mm", made.Path, made.Title)
	return nil
}

// parseSize reads "300x200".
func parseSize(s string) (width, height float64, err error) {
	a, b, ok := strings.Cut(strings.ToLower(s), "x")
	width, errA := strconv.ParseFloat(strings.TrimSpace(a), 64)
	height, errB := strconv.ParseFloat(strings.TrimSpace(b), 64)
	if !ok || errA != nil || errB != nil {
		return 0, 0, usage("--size %q: write width x height in mm, such as 300x200", s)
	}
	return width, height, nil
}

// parseBox reads "west,south,east,north".
func parseBox(s string) (orb.Bound, error) {
	var v []float64
	for part := range strings.SplitSeq(s, ",") {
		x, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil {
			return orb.Bound{}, usage("--bbox %q: %q is no number of degrees", s, part)
		}
		v = append(v, x)
	}
	if len(v) != 4 {
		return orb.Bound{}, usage("--bbox %q: write west,south,east,north in degrees, such as 11.56,48.13,11.58,48.14", s)
	}
	return orb.Bound{Min: orb.Point{v[0], v[1]}, Max: orb.Point{v[2], v[3]}}, nil
}

// trim writes a number without needless zeros.
func trim(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// notNil makes an empty list of none, so that JSON shows [] and not null.
func notNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
