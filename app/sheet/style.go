package sheet

import (
	"image/color"

	"fyne.io/fyne/v2"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/raster"
)

// colors are those of the sheet, read on the UI thread where the theme is.
type colors struct {
	bed, grid, wood, grain, shadow color.NRGBA
	cut, score, burn, guide        color.NRGBA
}

func themeColors() colors {
	get := func(name fyne.ThemeColorName) color.NRGBA {
		return color.NRGBAModel.Convert(look.Color(name)).(color.NRGBA)
	}
	c := colors{
		bed: get(look.Bed), grid: get(look.BedGrid), wood: get(look.Sheet), grain: get(look.Grain),
		cut: get(look.SheetCut), score: get(look.SheetScore), burn: get(look.SheetBurn), guide: get(look.SheetGuide),
	}
	c.grain.A = 90
	c.shadow = color.NRGBA{A: 26}
	return c
}

// The widths of lines on the sheet, mm. Cuts are the widest, so that they can
// be told apart without their colour; none gets thinner than a pixel.
const (
	cutWidth  = 0.30
	lineWidth = 0.18
	wireWidth = 0 // a pixel, however close one looks
)

// style is the paint of the mode.
func (o order) style() raster.Style {
	switch o.mode {
	case stage.ModeLaser:
		return workshop.LaserStyle
	case stage.ModeWire:
		return func(_ *artwork.Layer, s *artwork.Shape) raster.Paint {
			return raster.Paint{Color: o.colors.of(s), Width: wireWidth}
		}
	default:
		return func(_ *artwork.Layer, s *artwork.Shape) raster.Paint {
			p := raster.Paint{Color: o.colors.of(s), Width: lineWidth}
			if s.Operation == artwork.Cut {
				p.Width = cutWidth
			}
			return p
		}
	}
}

// of is the colour of an operation, and of the depth of its burn.
func (c colors) of(s *artwork.Shape) color.NRGBA {
	switch s.Operation {
	case artwork.Cut:
		return c.cut
	case artwork.Score:
		return c.score
	case artwork.Guide:
		return c.guide
	default:
		switch s.Setting {
		case "light":
			return mix(c.burn, c.wood, 0.48)
		case "medium":
			return mix(c.burn, c.wood, 0.26)
		default:
			return c.burn
		}
	}
}

// mix is a colour with a share of another one.
func mix(a, b color.NRGBA, share float64) color.NRGBA {
	part := func(a, b uint8) uint8 { return uint8(float64(a)*(1-share) + float64(b)*share + 0.5) }
	return color.NRGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), 255}
}
