package main

import "github.com/mapwright/mapwright/plugins/sdk"

// format is the SVG format.
type format struct{}

// Manifest implements sdk.Format.
func (format) Manifest() sdk.Manifest {
	return sdk.Manifest{
		ID:          "svg",
		Version:     "1.0.0",
		Name:        "SVG",
		Description: "Vector drawing of true size that laser programs open on the right operations.",
		Extension:   "svg",
		MediaType:   "image/svg+xml",
		Publisher:   "Mapwright",
		Accepts:     sdk.Accepts{Curves: true, Arcs: true, Fills: true, Layers: true},
		Options: []sdk.Option{
			{
				Key: "target", Type: sdk.Text, Title: "For", Default: "any", Enum: targetNames(),
				Description: "The program that will read the file; it decides the colours. Any suits LightBurn, Glowforge and editors.",
			},
			{
				Key: "units", Type: sdk.Text, Title: "Units", Default: "mm", Enum: unitNames(),
				Description: "What one unit of the drawing is: a millimetre, or a pixel at 96 or 72 dpi for programs that ignore the stated size.",
			},
			{
				Key: "precision", Type: sdk.Integer, Title: "Decimals", Default: int64(3), Min: limit(1), Max: limit(6),
				Description: "Decimal places of coordinates; 3 is a thousandth of the unit.",
			},
			{
				Key: "hairline", Type: sdk.Number, Title: "Line width", Unit: "mm", Default: 0.0, Min: limit(0), Max: limit(5),
				Description: "Width of lines in the drawing, in mm; 0 takes what the program wants: 0.1, or 0.025 for printer drivers.",
			},
		},
	}
}

func limit(v float64) *float64 { return &v }
