package workshop

import (
	"bufio"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/raster"
)

// RenderMode says what a picture of the map shows.
type RenderMode string

// The modes.
const (
	RenderMap   RenderMode = "map"   // the layers in their colours
	RenderLaser RenderMode = "laser" // what the machine leaves on wood
)

// Render says what picture to make. Map and File are required.
type Render struct {
	Map    string // path
	File   string // PNG to write
	Layers []string
	Mode   RenderMode // "": RenderMap
	Width  int        // pixels; 0: 1600
	Board  int        // 0: the first
}

// maxRenderWidth keeps the picture within the memory of a usual computer, pixels.
const maxRenderWidth = 10000

// Render draws layers as an export would burn them, with the same code.
func (w *Workshop) Render(ctx context.Context, r Render) (err error) {
	if r.Width == 0 {
		r.Width = 1600
	}
	if r.Width < 1 || r.Width > maxRenderWidth {
		return usage("a width of %d pixels: give 1 to %d", r.Width, maxRenderWidth)
	}
	if err := checkPicture(r.File); err != nil {
		return err
	}
	look, ok := looks[r.Mode]
	if !ok {
		return usage("mode %q: there are map and laser", r.Mode)
	}
	t, err := w.trace(ctx, r.Map, r.Layers)
	if err != nil {
		return err
	}
	defer t.close(&err)
	img, err := t.draw(ctx, r, look)
	if err != nil {
		return err
	}
	return writePNG(r.File, img)
}

// look is the paper and the paint of a mode.
type look struct {
	paper color.NRGBA
	style raster.Style
}

// looks has the modes, and the default under "".
var looks = map[RenderMode]look{
	"":          {color.NRGBA{255, 255, 255, 255}, mapStyle},
	RenderMap:   {color.NRGBA{255, 255, 255, 255}, mapStyle},
	RenderLaser: {color.NRGBA{0xE8, 0xD4, 0xAE, 255}, LaserStyle},
}

const (
	mapStroke = 0.25 // mm, wide enough to see
	beam      = 0.12 // mm
)

// mapStyle paints each layer in its own colour.
func mapStyle(l *artwork.Layer, _ *artwork.Shape) raster.Paint {
	return raster.Paint{Color: parseColor(l.Color), Width: mapStroke}
}

// LaserStyle paints what a beam leaves on wood: the darker the setting, the
// darker the burn, and cuts darkest.
func LaserStyle(_ *artwork.Layer, s *artwork.Shape) raster.Paint {
	shade := map[string]color.NRGBA{
		"light":  {0xB9, 0x95, 0x66, 255},
		"medium": {0x8C, 0x65, 0x3D, 255},
		"dark":   {0x53, 0x35, 0x1F, 255},
	}
	switch s.Operation {
	case artwork.Engrave:
		return raster.Paint{Color: shade[s.Setting], Width: beam}
	case artwork.Cut:
		return raster.Paint{Color: color.NRGBA{0x1E, 0x12, 0x0A, 255}, Width: 2 * beam}
	default:
		return raster.Paint{Color: color.NRGBA{0x6A, 0x45, 0x29, 255}, Width: beam}
	}
}

// parseColor reads "#RRGGBB"; anything else is black.
func parseColor(s string) color.NRGBA {
	v, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	if err != nil || len(s) != 7 {
		return color.NRGBA{A: 255}
	}
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}

func (t *traced) draw(ctx context.Context, r Render, l look) (*image.RGBA, error) {
	boards := t.carto.Boards
	scale := float64(r.Width) / boards.Width
	height := max(1, int(math.Round(boards.Height*scale)))
	img := image.NewRGBA(image.Rect(0, 0, r.Width, height))
	draw.Draw(img, img.Bounds(), image.NewUniform(l.paper), image.Point{}, draw.Src)
	layers := make([]*artwork.Layer, len(t.artwork.Layers))
	for i := range t.artwork.Layers {
		layers[i] = &t.artwork.Layers[i]
	}
	return img, raster.Draw(ctx, img, raster.Options{
		Width: r.Width, Height: height, PixelsPerMM: scale,
		Origin: artwork.Point{X: 0, Y: boards.Height}, Board: max(r.Board, 1), Style: l.style,
	}, layers...)
}

// checkPicture refuses to put a picture in the place of anything else.
func checkPicture(path string) error {
	if !strings.EqualFold(filepath.Ext(path), ".png") {
		return usage("%s: the picture is a PNG, so its name has to end in .png", path)
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	head := make([]byte, len(pngHead))
	n, err := io.ReadFull(f, head)
	info, statErr := f.Stat()
	if closeErr := f.Close(); statErr != nil || closeErr != nil {
		return errors.Join(statErr, closeErr)
	}
	empty := err != nil && n == 0 && info.Size() == 0
	if !info.Mode().IsRegular() || string(head) != pngHead && !empty {
		return usage("%s is there and is no picture: choose another name", path)
	}
	return nil
}

// pngHead begins every PNG file.
const pngHead = "\x89PNG\r\n\x1a\n"

// writePNG writes the picture whole or not at all.
func writePNG(path string, img image.Image) error {
	f, err := os.CreateTemp(dirOf(path), ".mapwright-*.png")
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(f)
	err = png.Encode(buffered, img)
	if err == nil {
		err = buffered.Flush()
	}
	if err == nil {
		err = f.Chmod(0o644)
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
