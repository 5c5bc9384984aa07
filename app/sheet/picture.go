package sheet

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"

	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/raster"
)

// order is a picture of the sheet that is wanted: all that it depends on.
type order struct {
	view          view // scale in pixels for a mm
	width, height int  // pixels
	drawing       *workshop.Drawing
	boards        carto.Boards
	board         int
	mode          stage.Mode
	colors        colors
}

// box is the part of the board that the picture shows.
func (o order) box() artwork.Box {
	return artwork.Box{
		Min: artwork.Point{X: o.view.at.X, Y: o.view.at.Y - float64(o.height)/o.view.scale},
		Max: artwork.Point{X: o.view.at.X + float64(o.width)/o.view.scale, Y: o.view.at.Y},
	}
}

// paint makes the picture: the bed, the board and what will burn, by the code
// that draws the files too.
func (o order) paint(ctx context.Context) (*image.RGBA, error) {
	img := image.NewRGBA(image.Rect(0, 0, o.width, o.height))
	o.paintBed(img)
	o.paintBoard(img)
	layers := o.layers()
	picture, err := raster.Prepare(ctx, raster.Options{
		Width: o.width, Height: o.height, PixelsPerMM: o.view.scale, Origin: o.view.at,
		Board: o.board, Style: o.style(),
	}, layers...)
	if err != nil {
		return nil, err
	}
	return img, picture.Draw(ctx, img, 0)
}

// layers are what the picture shows of the artwork, and below it the frame.
func (o order) layers() []*artwork.Layer {
	var layers []*artwork.Layer
	if o.mode != stage.ModeLaser {
		frame := artwork.Shape{Board: o.board, Operation: artwork.Guide, Paths: []artwork.Path{o.boards.FrameOutline()}}
		layers = append(layers, &artwork.Layer{Shapes: []artwork.Shape{frame}})
	}
	if o.drawing == nil {
		return layers
	}
	box := o.box() // and what reaches into it
	box.Min.X, box.Min.Y = box.Min.X-cutWidth, box.Min.Y-cutWidth
	box.Max.X, box.Max.Y = box.Max.X+cutWidth, box.Max.Y+cutWidth
	layers = append(layers, o.drawing.In(box, o.view.scale, o.board)...)
	if o.mode != stage.ModeWire {
		return layers
	}
	for i, l := range layers {
		wire := *l
		wire.Shapes = slices.Clone(l.Shapes)
		for j := range wire.Shapes {
			wire.Shapes[j].Fill = false
		}
		layers[i] = &wire
	}
	return layers
}

// rect gives a box of the board in pixels.
func (o order) rect(x0, y0, x1, y1 float64) image.Rectangle {
	px := func(v float64) int { return int(math.Round(math.Min(1e6, math.Max(-1e6, v)))) }
	return image.Rect(
		px((x0-o.view.at.X)*o.view.scale), px((o.view.at.Y-y1)*o.view.scale),
		px((x1-o.view.at.X)*o.view.scale), px((o.view.at.Y-y0)*o.view.scale),
	)
}

// bedGrid is the distance of the lines on the bed, mm.
const bedGrid = 50

func (o order) paintBed(img *image.RGBA) {
	fill(img, img.Rect, o.colors.bed)
	if o.view.scale*bedGrid < 24 {
		return // a grid finer than that is noise
	}
	box := o.box()
	for x := math.Floor(box.Min.X/bedGrid) * bedGrid; x <= box.Max.X; x += bedGrid {
		at := o.rect(x, 0, x, 0).Min.X
		fill(img, image.Rect(at, 0, at+1, o.height), o.colors.grid)
	}
	for y := math.Floor(box.Min.Y/bedGrid) * bedGrid; y <= box.Max.Y; y += bedGrid {
		at := o.rect(0, y, 0, y).Min.Y
		fill(img, image.Rect(0, at, o.width, at+1), o.colors.grid)
	}
}

// paintBoard draws the piece of wood with a shadow and its grain.
func (o order) paintBoard(img *image.RGBA) {
	board := o.rect(0, 0, o.boards.Width, o.boards.Height)
	for i := 3; i >= 1; i-- {
		shadow := board.Add(image.Pt(i, i+1))
		blend(img, shadow, o.colors.shadow)
	}
	fill(img, board, o.colors.wood)
	// The grain hangs on the wood, not on the screen: lines at fixed heights of
	// the board, each as long as its own number says.
	for i, y := 0, 1.3; y < o.boards.Height; i, y = i+1, y+2.1+1.7*noise(i) {
		from := o.boards.Width * 0.5 * noise(3*i+1) * noise(i+7)
		to := o.boards.Width * (1 - 0.5*noise(5*i+2)*noise(i+11))
		line := o.rect(from, y, to, y+0.12+0.5*noise(7*i+3))
		if line.Dy() < 1 {
			line.Max.Y = line.Min.Y + 1
		}
		blend(img, line.Intersect(board), o.colors.grain)
	}
}

// noise is a number from 0 to 1 that i always has.
func noise(i int) float64 {
	h := uint32(i)*2654435761 + 97
	h ^= h >> 15
	h *= 2246822519
	h ^= h >> 13
	return float64(h%1000) / 1000
}

func fill(img *image.RGBA, r image.Rectangle, c color.Color) {
	draw.Draw(img, r.Intersect(img.Rect), image.NewUniform(c), image.Point{}, draw.Src)
}

func blend(img *image.RGBA, r image.Rectangle, c color.Color) {
	draw.Draw(img, r.Intersect(img.Rect), image.NewUniform(c), image.Point{}, draw.Over)
}
