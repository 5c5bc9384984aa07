package world

import (
	"context"
	"image"
	"image/color"
	"image/draw"

	"github.com/paulmach/orb"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/raster"
)

// spot is what part of the plane is looked at.
type spot struct {
	center orb.Point // of the plane
	scale  float64   // Fyne's pixels for a unit of the plane
}

// colors are those of the world in the window as it is now.
type colors struct{ sea, grid, land, border color.NRGBA }

func colorsNow() colors {
	border := nrgba(look.Color(look.SheetBurn))
	border.A = 0x88
	return colors{
		sea: nrgba(look.Color(look.Bed)), grid: nrgba(look.Color(look.BedGrid)),
		land: nrgba(look.Color(look.Sheet)), border: border,
	}
}

func nrgba(c color.Color) color.NRGBA {
	n, ok := color.NRGBAModel.Convert(c).(color.NRGBA)
	if !ok {
		return color.NRGBA{A: 255}
	}
	return n
}

// paint draws the world around a spot; the spot's scale is in pixels here.
func (o *outlines) paint(ctx context.Context, width, height int, s spot, c colors) (*image.RGBA, error) {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(img, img.Bounds(), image.NewUniform(c.sea), image.Point{}, draw.Src)
	left := s.center[0] - float64(width)/2/s.scale
	right := s.center[0] + float64(width)/2/s.scale
	for turn := -1.0; turn <= 1; turn++ { // the world again, left and right of its edges
		if right < -180+360*turn || left > 180+360*turn {
			continue
		}
		for _, l := range []struct {
			layer *artwork.Layer
			color color.NRGBA
		}{{&o.grid, c.grid}, {&o.land, c.land}, {&o.borders, c.border}} {
			err := raster.Draw(ctx, img, raster.Options{
				Width: width, Height: height, PixelsPerMM: s.scale,
				Origin: artwork.Point{X: left - 360*turn, Y: s.center[1] + float64(height)/2/s.scale},
				Style:  func(*artwork.Layer, *artwork.Shape) raster.Paint { return raster.Paint{Color: l.color} },
			}, l.layer)
			if err != nil {
				return nil, err
			}
		}
	}
	return img, nil
}
