package trace

import (
	"context"
)

// dissolve unites the areas of a layer, and its lines drawn at their width, and
// follows what is left of their borders: for a country of districts, a wood of
// many parcels, a block of houses that share walls. Borders between them are
// gone.
func dissolve() Strategy {
	return Strategy{
		ID:    "dissolve",
		Title: "Outline of all",
		Description: "Unites the areas of the layer and follows only the border around them. For a wood of many parcels, a block of " +
			"houses that share walls, a country of districts: the borders between them are gone.",
		Draws:   Lines | Areas,
		Widens:  true,
		Unites:  true,
		OfLines: "drawn at their width and united with the areas",
		OfAreas: "united, the border followed",
		Options: []Option{
			{
				Key: "holes", Default: yes, Enum: []string{no, yes},
				Help: "Whether the borders of holes, such as courtyards and clearings, are followed too.",
			},
			frameEdge,
		},
		draw: func(ctx context.Context, w *work) error {
			area, err := w.filledArea(ctx)
			if err != nil {
				return err
			}
			if w.settings.choices["holes"] == no {
				if area, err = filledUp(ctx, area); err != nil {
					return err
				}
			}
			return w.follow(ctx, area)
		},
	}
}
