package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/raster"
	"github.com/mapwright/mapwright/plugins/sdk"
)

const (
	mmPerInch = 25.4
	// maxSide and maxPixels bound a picture: beyond, programs do not open it.
	maxSide   = 100_000
	maxPixels = 1_000_000_000
	// bandBytes is what a band of pixels may take.
	bandBytes = 8 << 20
)

// Export implements sdk.Format: a picture of each board on which something burns.
func (format) Export(ctx context.Context, job *sdk.Job, out sdk.Output) error {
	s := read(job.Options)
	var layers []*artwork.Layer
	for {
		l, err := job.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		layers = append(layers, l)
	}
	boards := burning(job.Boards, layers)
	if len(boards) == 0 {
		return errors.New("nothing of these layers burns, so that there is no picture to write")
	}
	for i, b := range boards {
		width, height, err := size(b, s.dpi)
		if err != nil {
			return err
		}
		picture, err := raster.Prepare(ctx, raster.Options{
			Width: width, Height: height, PixelsPerMM: s.dpi / mmPerInch,
			Origin: artwork.Point{Y: b.Height}, Board: b.Number, Style: s.paint, Crisp: s.mode == modeBits,
		}, layers...)
		if err != nil {
			return err
		}
		suffix := ""
		if len(job.Boards) > 1 {
			suffix = fmt.Sprintf("board%d", b.Number)
		}
		progress := func(done float64) error {
			return out.Progress((float64(i) + done) / float64(len(boards)))
		}
		file, err := out.Create(suffix)
		if err != nil {
			return err
		}
		err = write(ctx, file, job, s, picture, image.Pt(width, height), progress)
		if err := errors.Join(err, file.Close()); err != nil {
			return err
		}
	}
	return nil
}

// burning gives the boards on which the layers burn something.
func burning(boards []artwork.Board, layers []*artwork.Layer) []artwork.Board {
	used := map[int]bool{}
	for _, l := range layers {
		for i := range l.Shapes {
			if l.Shapes[i].Operation != artwork.Guide && len(l.Shapes[i].Paths) > 0 {
				used[l.Shapes[i].Board] = true
			}
		}
	}
	var found []artwork.Board
	for _, b := range boards {
		if used[b.Number] {
			found = append(found, b)
		}
	}
	return found
}

// size is the board in pixels, each side rounded to whole ones.
func size(b artwork.Board, dpi float64) (width, height int, err error) {
	if !(b.Width > 0) || !(b.Height > 0) {
		return 0, 0, fmt.Errorf("board %d is %g × %g mm: a picture needs a size above 0", b.Number, b.Width, b.Height)
	}
	w, h := math.Max(1, math.Round(b.Width*dpi/mmPerInch)), math.Max(1, math.Round(b.Height*dpi/mmPerInch))
	if w > maxSide || h > maxSide || w*h > maxPixels {
		fits := mmPerInch * math.Min(maxSide/math.Max(b.Width, b.Height), math.Sqrt(maxPixels/(b.Width*b.Height)))
		return 0, 0, fmt.Errorf("a picture of %g × %g mm at %g dpi has %.0f × %.0f pixels, more than programs open: choose %.0f dpi or less",
			b.Width, b.Height, dpi, w, h, math.Floor(fits))
	}
	return int(w), int(h), nil
}

// write draws the picture band by band into a PNG.
func write(ctx context.Context, w io.Writer, job *sdk.Job, s settings, picture *raster.Picture, pixels image.Point, progress func(float64) error) error {
	var notes []note
	if job.Title != "" {
		notes = append(notes, note{"Title", job.Title})
	}
	if job.Attribution != "" {
		notes = append(notes, note{"Copyright", job.Attribution})
	}
	liner := newLiner(s, pixels.X)
	e, err := newEncoder(w, pixels.X, pixels.Y, liner.kind(), s.dpi, notes)
	if err != nil {
		return err
	}
	rows := min(max(bandBytes/(4*pixels.X), 1), pixels.Y)
	band := image.NewRGBA(image.Rect(0, 0, pixels.X, rows))
	burn := make([]byte, pixels.X)
	row := make([]byte, (pixels.X*liner.kind().bitsPerPixel+7)/8)
	for top := 0; top < pixels.Y; top += rows {
		band.Rect.Max.Y = min(rows, pixels.Y-top)
		clear(band.Pix)
		if err := picture.Draw(ctx, band, top); err != nil {
			return err
		}
		for y := range band.Rect.Max.Y {
			for x := range burn {
				burn[x] = band.Pix[y*band.Stride+4*x+3]
			}
			liner.line(burn, row)
			if err := e.row(row); err != nil {
				return err
			}
		}
		if err := progress(float64(top+band.Rect.Max.Y) / float64(pixels.Y)); err != nil {
			return err
		}
	}
	return e.close()
}
