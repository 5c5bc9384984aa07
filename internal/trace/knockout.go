package trace

// The choices of the option "knock-out".
const (
	knockOutNo    = "no"
	knockOutAbove = layersAbove
	knockOutAll   = layersAll
)

// knockOut burns areas, and lines drawn at their width, less what lies above:
// for water under roads and houses, and for a ground that names and lines are to
// stand out from. It is filled with other defaults.
func knockOut() Strategy {
	return Strategy{
		ID:    "knock-out",
		Title: "Knocked out",
		Description: "Burns areas, and lines drawn at their width, and leaves free what lies above, with a halo around it. " +
			"For water and grounds that roads, houses and lines are to stand out from.",
		Draws:   Lines | Areas,
		Widens:  true,
		Unites:  true,
		OfLines: "burned at their width, less the layers above",
		OfAreas: "burned whole, less the layers above",
		Options: knockOutOptions(knockOutAbove, "0.4"),
		reads:   "knock-out",
		draw:    fill,
	}
}

// knockOutOptions are the options of strategies that leave other layers free.
func knockOutOptions(which, halo string) []Option {
	return []Option{
		{
			Key: "knock-out", Default: which, Enum: []string{knockOutNo, knockOutAbove, knockOutAll},
			Help: "Which visible layers of the same board are left free: none, those above, or all others.",
		},
		{
			Key: "halo", Unit: "mm", Default: halo, Max: 20,
			Help: "How much more is left free around what is knocked out.",
		},
	}
}
