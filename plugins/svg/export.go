package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// tolerance is how far, in mm, artwork may leave its board by rounding.
const tolerance = 1e-3

// Export implements sdk.Format: a drawing of each board on which something burns.
func (format) Export(ctx context.Context, job *sdk.Job, out sdk.Output) error {
	s := read(job.Options)
	drawings := map[int]*drawing{}
	for _, b := range job.Boards {
		if !(b.Width > 0) || !(b.Height > 0) {
			return fmt.Errorf("board %d is %g × %g mm: a drawing needs a size above 0", b.Number, b.Width, b.Height)
		}
		drawings[b.Number] = newDrawing(b, s)
	}
	for done := 1; ; done++ {
		l, err := job.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := draw(ctx, drawings, l, out); err != nil {
			return err
		}
		if err := out.Progress(float64(done) / float64(max(job.LayerCount, done))); err != nil {
			return err
		}
	}
	return write(job, drawings, out)
}

// draw adds a layer to the drawings of the boards that it is on.
func draw(ctx context.Context, drawings map[int]*drawing, l *artwork.Layer, out sdk.Output) error {
	for _, d := range drawings {
		d.begin(l)
	}
	relief := len(l.Heights) > 0
	for i := range l.Shapes {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		s := &l.Shapes[i]
		relief = relief || s.Operation == artwork.Relief
		if s.Operation == artwork.Guide || s.Operation == artwork.Relief {
			continue
		}
		d, ok := drawings[s.Board]
		if !ok {
			return fmt.Errorf("layer %q: shape %d is on board %d, which the map does not have", l.Name, i, s.Board)
		}
		if err := d.add(s); err != nil {
			return fmt.Errorf("layer %q: shape %d: %w", l.Name, i, err)
		}
	}
	if relief {
		return out.Diagnose(sdk.Diagnostic{
			Severity: sdk.Warning, Layer: l.Name,
			Message: "Carve heights can't be written as SVG and are left out: choose STL or 3MF for them.",
		})
	}
	return nil
}

// write puts the drawings that hold something into files.
func write(job *sdk.Job, drawings map[int]*drawing, out sdk.Output) error {
	written := 0
	for _, b := range job.Boards {
		d := drawings[b.Number]
		if d.empty() {
			continue
		}
		suffix := ""
		if len(job.Boards) > 1 {
			suffix = fmt.Sprintf("board%d", b.Number)
		}
		file, err := out.Create(suffix)
		if err != nil {
			return err
		}
		if err := errors.Join(d.write(file, job.Title, job.Attribution), file.Close()); err != nil {
			return err
		}
		written++
	}
	if written == 0 {
		return errors.New("nothing of these layers burns, so that there is no drawing to write")
	}
	return nil
}
