package main

import (
	"image/color"
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/raster"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// settings are the options, read.
type settings struct {
	dpi       float64
	mode      string
	dither    string
	invert    bool
	levels    map[string]float64 // per cent by setting of engrave
	lineWidth float64            // mm
}

// Validate implements sdk.Format.
func (format) Validate(o sdk.Options) []sdk.FieldError {
	if s := read(o); s.dither != ditherNone && s.mode != modeBits {
		return []sdk.FieldError{{
			Field:   "dither",
			Message: "Only 1-bit pictures are dithered: choose mode 1-bit, or dither none.",
		}}
	}
	return nil
}

// read takes the options, which match the manifest.
func read(o sdk.Options) settings {
	var s settings
	s.dpi, _ = o["dpi"].(float64)
	s.mode, _ = o["mode"].(string)
	s.dither, _ = o["dither"].(string)
	s.invert, _ = o["invert"].(bool)
	s.lineWidth, _ = o["line-width"].(float64)
	s.levels = map[string]float64{}
	for _, setting := range artwork.Settings(artwork.Engrave) {
		s.levels[setting], _ = o[setting].(float64)
	}
	return s
}

// paint is black, as opaque as the shape burns; helper lines do not burn.
func (s settings) paint(_ *artwork.Layer, shape *artwork.Shape) raster.Paint {
	if shape.Operation == artwork.Guide {
		return raster.Paint{}
	}
	level := 100.0
	graded := s.mode != modeBits || s.dither != ditherNone
	if percent, ok := s.levels[shape.Setting]; ok && graded && shape.Operation == artwork.Engrave {
		level = percent
	}
	return raster.Paint{
		Color: color.NRGBA{A: uint8(math.Round(level / 100 * 255))},
		Width: s.lineWidth,
	}
}
