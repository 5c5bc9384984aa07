package main

import "github.com/mapwright/mapwright/plugins/sdk"

// format is the PNG format.
type format struct{}

// The modes and dithers, as the options name them.
const (
	modeBits = "1-bit"
	modeGrey = "grey"
	modeRGBA = "rgba"

	ditherNone    = "none"
	ditherFloyd   = "floyd-steinberg"
	ditherOrdered = "ordered"
)

// Manifest implements sdk.Format.
func (format) Manifest() sdk.Manifest {
	return sdk.Manifest{
		ID:          "png",
		Version:     "1.0.0",
		Name:        "PNG",
		Description: "A picture of exact size for engraving: black burns, white does not.",
		Extension:   "png",
		MediaType:   "image/png",
		Publisher:   "Mapwright",
		Accepts:     sdk.Accepts{Curves: true, Arcs: true, Fills: true},
		Options: []sdk.Option{
			{
				Key: "dpi", Type: sdk.Number, Title: "Resolution", Unit: "dpi", Default: 254.0, Min: limit(10), Max: limit(5080),
				Description: "Dots per inch; 254 is 10 pixels per mm, the usual hatch of 0.1 mm.",
			},
			{
				Key: "mode", Type: sdk.Text, Title: "Colours", Default: modeBits, Enum: []string{modeBits, modeGrey, modeRGBA},
				Description: "1-bit is black and white; grey burns the settings in their levels; rgba is black on a transparent ground.",
			},
			{
				Key: "dither", Type: sdk.Text, Title: "Dither", Default: ditherNone, Enum: []string{ditherNone, ditherFloyd, ditherOrdered},
				Description: "How 1-bit shows the levels of the settings: as dots; none burns all of them full black.",
			},
			{
				Key: "invert", Type: sdk.Boolean, Title: "Invert", Default: false,
				Description: "Swap what burns and what does not, for slate, glass and painted wood.",
			},
			level("light", "Light engraving", 33),
			level("medium", "Medium engraving", 66),
			level("dark", "Dark engraving", 100),
			{
				Key: "line-width", Type: sdk.Number, Title: "Line width", Unit: "mm", Default: 0.12, Min: limit(0), Max: limit(20),
				Description: "How wide scored and cut lines are drawn, in mm; never under one pixel.",
			},
		},
	}
}

func level(key, title string, percent float64) sdk.Option {
	return sdk.Option{
		Key: key, Type: sdk.Number, Title: title, Unit: "%", Default: percent, Min: limit(1), Max: limit(100),
		Description: "How dark it is in grey and rgba and when dithered, in per cent of black.",
	}
}

func limit(v float64) *float64 { return &v }
