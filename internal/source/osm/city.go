package osm

import (
	"github.com/mapwright/mapwright/internal/source"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// What is not on the surface, or not a thing of its own.
var (
	underground = []tag{{"tunnel", "*"}, {"covered", "yes"}, {"location", "underground"}}
	plaza       = []tag{{"area", "yes"}}
	inYards     = append([]tag{{"service", "siding"}, {"service", "yard"}}, underground...)
)

// city is for a town at about 1:10,000 on 3 mm plywood, bottom to top. Widths
// and gaps are mm, areas mm².
var city = []presetLayer{
	{
		name: "water",
		sea:  true,
		rules: []rule{
			{key: "natural", values: []string{"water"}, shapes: area, unless: underground},
			{key: "landuse", values: []string{"reservoir", "basin"}, shapes: area, unless: underground},
			{key: "waterway", values: []string{"riverbank", "dock"}, shapes: area, unless: underground},
			{key: "waterway", values: []string{"river", "canal", "stream"}, shapes: line, unless: underground},
		},
		defaults: source.LayerDefaults{
			Operation: artwork.Engrave, Setting: "medium", Strategy: "filled", Visible: true, Color: "#FF00FF",
			Options: map[string]string{
				"width.river": "1.2", "width.canal": "0.8", "width.stream": "0.5",
				"min-area": "2", "min-width": "0.6", "knock-out": "above", "simplify": "0.05",
			},
		},
	},
	{
		name: "green",
		rules: []rule{
			{key: "leisure", values: []string{"park", "garden", "pitch"}, shapes: area},
			{key: "landuse", values: []string{"forest", "grass", "recreation_ground", "cemetery"}, shapes: area},
			{key: "natural", values: []string{"wood"}, shapes: area},
		},
		defaults: source.LayerDefaults{
			Operation: artwork.Score, Setting: "1", Strategy: "hatch", Visible: false, Color: "#0000FF",
			Options: map[string]string{"angle": "45", "spacing": "1.5", "min-area": "10", "simplify": "0.05"},
		},
	},
	{
		name:  "buildings",
		rules: []rule{{key: "building", shapes: area, class: "building"}},
		defaults: source.LayerDefaults{
			Operation: artwork.Engrave, Setting: "light", Strategy: "filled", Visible: true, Color: "#FF8000",
			Options: map[string]string{"min-area": "0.8", "knock-out": "above", "halo": "0.25", "simplify": "0.05"},
		},
	},
	{
		name: "paths",
		rules: []rule{
			{key: "highway", values: []string{"footway", "path", "cycleway", "steps", "track"}, shapes: line, unless: plaza},
		},
		defaults: source.LayerDefaults{
			Operation: artwork.Score, Setting: "1", Strategy: "dashes", Visible: false, Color: "#0000FF",
			Options: map[string]string{"dash": "1.5", "gap": "1", "min-length": "8", "simplify": "0.05"},
		},
	},
	{
		name: "roads-minor",
		rules: []rule{
			{key: "highway", values: []string{"tertiary", "tertiary_link"}, shapes: line, class: "tertiary", unless: plaza},
			{
				key: "highway", values: []string{"unclassified", "residential", "living_street", "pedestrian"},
				shapes: line, unless: plaza,
			},
		},
		defaults: source.LayerDefaults{
			Operation: artwork.Engrave, Setting: "dark", Strategy: "filled", Visible: true, Color: "#000000",
			Options: map[string]string{
				"width.tertiary": "0.8", "width.unclassified": "0.5", "width.residential": "0.5",
				"width.living_street": "0.5", "width.pedestrian": "0.5", "simplify": "0.05", "min-stub": "4",
			},
		},
	},
	{
		name: "roads-major",
		rules: []rule{
			{key: "highway", values: []string{"motorway", "motorway_link"}, shapes: line, class: "motorway", unless: plaza},
			{key: "highway", values: []string{"trunk", "trunk_link"}, shapes: line, class: "trunk", unless: plaza},
			{key: "highway", values: []string{"primary", "primary_link"}, shapes: line, class: "primary", unless: plaza},
			{key: "highway", values: []string{"secondary", "secondary_link"}, shapes: line, class: "secondary", unless: plaza},
		},
		defaults: source.LayerDefaults{
			Operation: artwork.Engrave, Setting: "dark", Strategy: "filled", Visible: true, Color: "#000000",
			Options: map[string]string{
				"width.motorway": "1.6", "width.trunk": "1.6", "width.primary": "1.3", "width.secondary": "1.0",
				"simplify": "0.05",
			},
		},
	},
	{
		name: "rail",
		rules: []rule{
			{key: "railway", values: []string{"rail", "light_rail", "tram", "subway"}, shapes: line, unless: inYards},
		},
		defaults: source.LayerDefaults{
			Operation: artwork.Score, Setting: "1", Strategy: "centreline", Visible: true, Color: "#0000FF",
			Options: map[string]string{"simplify": "0.05"},
		},
	},
}

// presets by their ids.
var presets = map[string][]presetLayer{"city": city}
