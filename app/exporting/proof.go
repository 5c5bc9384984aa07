package exporting

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"os"

	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
)

// proofLimit is the largest file that is drawn back, in bytes.
const proofLimit = 32 << 20

// proof draws an SVG file as another program would, from what is on the disk,
// so wide and at most so high, in pixels. It is none of our own drawing code.
func proof(ctx context.Context, path string, width, height int) (img image.Image, err error) {
	defer func() {
		if r := recover(); r != nil { // the reader panics on what it does not expect
			img, err = nil, fmt.Errorf("drawing %s: %v", path, r)
		}
	}()
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	icon, err := oksvg.ReadIconStream(&limited{ctx: ctx, from: io.LimitReader(f, proofLimit)}, oksvg.IgnoreErrorMode)
	if err != nil {
		return nil, err
	}
	w, h := icon.ViewBox.W, icon.ViewBox.H
	if w <= 0 || h <= 0 {
		return nil, fmt.Errorf("%s has no size", path)
	}
	scale := math.Min(float64(width)/w, float64(height)/h)
	pw, ph := max(1, int(math.Round(w*scale))), max(1, int(math.Round(h*scale)))
	for i := range icon.SVGPaths {
		// The widths of lines are not scaled by the reader; hairlines stay visible.
		icon.SVGPaths[i].LineWidth = math.Max(1, icon.SVGPaths[i].LineWidth*scale)
	}
	icon.SetTarget(0, 0, float64(pw), float64(ph))
	picture := image.NewRGBA(image.Rect(0, 0, pw, ph))
	scanner := rasterx.NewScannerGV(pw, ph, picture, picture.Bounds())
	dasher := rasterx.NewDasher(pw, ph, scanner)
	for i := range icon.SVGPaths {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		icon.SVGPaths[i].DrawTransformed(dasher, 1, icon.Transform)
	}
	return picture, nil
}

// limited ends reading when ctx does.
type limited struct {
	ctx  context.Context
	from io.Reader
}

// Read reads.
func (l *limited) Read(p []byte) (int, error) {
	if err := l.ctx.Err(); err != nil {
		return 0, err
	}
	return l.from.Read(p)
}
