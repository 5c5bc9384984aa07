package inspector

import (
	"context"
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// patience is how long a drawing may take before its figures are marked as old:
// most are there at once, and nothing is to flicker.
const patience = 250 * time.Millisecond

// result is the bar below the pages: what the selected layer comes to.
type result struct {
	widget.BaseWidget
	stage *stage.Stage

	values, captions [4]*parts.Text
	note             string // in place of the figures, or what is wrong
	text             *widget.RichText
	act              *parts.Button // Stop, or Draw again
	failed, late     bool
	stop             context.CancelFunc
	turn             int
}

func newResult(s *stage.Stage) *result {
	r := &result{stage: s, text: parts.NewParagraph("", look.Text2)}
	r.act = parts.NewSmallButton(parts.Plain, "Stop", nil)
	r.act.OnTapped = r.tapped
	for i := range r.values {
		r.values[i], r.captions[i] = parts.NewBold(""), parts.NewCaption("")
		r.values[i].Cut, r.captions[i].Cut = true, true
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *result) tapped() {
	if r.stage.Drawing() {
		r.stage.StopDrawing()
	} else {
		r.stage.DrawAgain()
	}
}

// show takes over what is drawn.
func (r *result) show() {
	l, ok := r.stage.Selected()
	r.failed = r.stage.DrawError() != nil && !r.stage.Drawing()
	r.note = ""
	figures, drawn := [4][2]string{}, false
	if d := r.stage.Drawn(); ok && d != nil {
		if f, there := d.Figures[l.ID]; there {
			figures, drawn = describe(l.Operation, f.Paths, f.Vertices, f.LengthMM, f.AreaMM2), true
		}
	}
	switch {
	case r.failed:
		r.note = stage.Problem("", r.stage.DrawError()).Text
	case !ok:
		r.note = "No layer is selected"
	case !l.Visible:
		r.note = "Hidden: it is not drawn and does not burn"
	case !drawn:
		r.note = "Drawing…"
	}
	for i := range figures {
		r.values[i].Text, r.captions[i].Text = figures[i][0], figures[i][1]
	}
	color := look.Text2
	if r.failed {
		color = theme.ColorNameError
	}
	r.text.Segments = parts.NewParagraph(r.note, color).Segments
	r.wait()
	r.Refresh()
}

// describe gives the four figures of a layer with what they are.
func describe(o artwork.Operation, paths, points int, length, area float64) [4][2]string {
	verb := map[artwork.Operation]string{
		artwork.Cut: "to cut", artwork.Score: "to score", artwork.Engrave: "of outline", artwork.Relief: "of outline",
		artwork.Guide: "not burned",
	}[o]
	return [4][2]string{
		{words.Number(paths), plural(paths, "path", "paths")},
		{words.Number(points), plural(points, "point", "points")},
		{words.Length(length), verb},
		{words.Area(area), "filled"},
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// wait marks the figures as old if the drawing takes long.
func (r *result) wait() {
	if !r.stage.Stale() {
		r.late = false
	}
	if r.stop != nil {
		r.stop()
		r.stop = nil
	}
	r.turn++
	if !r.stage.Drawing() || r.late {
		return
	}
	turn, l := r.turn, r.stage.Loop()
	r.stop = l.Start(func(ctx context.Context) {
		timer := time.NewTimer(patience)
		defer timer.Stop()
		select {
		case <-ctx.Done():
		case <-timer.C:
			l.UI("figures are old", func() {
				if turn == r.turn && r.stage.Stale() {
					r.late = true
					r.Refresh()
				}
			})
		}
	})
}

const resultHeight float32 = 64

// resultColumns are where the figures begin, as shares of the width, and where
// the last one ends.
var resultColumns = [5]float32{0, 0.17, 0.39, 0.67, 1}

// CreateRenderer draws the bar.
func (r *result) CreateRenderer() fyne.WidgetRenderer {
	r.ExtendBaseWidget(r)
	d := &resultRenderer{result: r, back: canvas.NewRectangle(color.Transparent), line: canvas.NewRectangle(nil)}
	d.paint()
	return d
}

type resultRenderer struct {
	result     *result
	back, line *canvas.Rectangle
}

func (*resultRenderer) Destroy() {}

// MinSize grows with what is wrong, and with nothing else.
func (d *resultRenderer) MinSize() fyne.Size {
	size := fyne.NewSize(Width, resultHeight)
	if d.result.failed {
		size.Height = max(size.Height, d.result.text.MinSize().Height)
	}
	return size
}

func (d *resultRenderer) Objects() []fyne.CanvasObject {
	r := d.result
	objects := []fyne.CanvasObject{d.back, d.line, r.text}
	for i := range r.values {
		objects = append(objects, r.values[i], r.captions[i])
	}
	return append(objects, r.act)
}

func (d *resultRenderer) Layout(size fyne.Size) {
	r := d.result
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	put(d.back, 0, 0, size.Width, size.Height)
	put(d.line, 0, 0, size.Width, 1)
	right := size.Width - 2*look.Grid
	act := r.act.MinSize()
	put(r.act, right-act.Width, (size.Height-act.Height)/2, act.Width, act.Height)
	if r.act.Visible() {
		right -= act.Width + look.Grid
	}
	inner := look.Size(theme.SizeNameInnerPadding)
	r.text.Resize(fyne.NewSize(right-gutter+2*inner, r.text.Size().Height)) // lines break anew
	h := r.text.MinSize().Height
	put(r.text, gutter-inner, (size.Height-h)/2, right-gutter+2*inner, h)
	// The columns give way to the button: the last one goes, see paint.
	room := size.Width - gutter - 2*look.Grid
	value, caption := r.values[0].MinSize().Height, r.captions[0].MinSize().Height
	top := (size.Height - value - caption) / 2
	for i := range r.values {
		x := gutter + room*resultColumns[i]
		w := max(0, min(gutter+room*resultColumns[i+1]-4, right)-x)
		put(r.values[i], x, top, w, value)
		put(r.captions[i], x, top+value, w, caption)
	}
}

func (d *resultRenderer) Refresh() {
	d.paint()
	d.Layout(d.result.Size())
	canvas.Refresh(d.result)
}

func (d *resultRenderer) paint() {
	r := d.result
	d.back.FillColor, d.line.FillColor = look.Color(theme.ColorNameHeaderBackground), look.Color(theme.ColorNameSeparator)
	stopped := r.stage.Stale() && !r.stage.Drawing()
	old := r.late || stopped
	figures := r.note == ""
	for i := range r.values {
		r.values[i].Hidden, r.captions[i].Hidden = !figures, !figures
		r.values[i].Color = theme.ColorNameForeground
		if old {
			r.values[i].Color = theme.ColorNameDisabled
		}
		r.values[i].Refresh()
		r.captions[i].Refresh()
	}
	r.text.Hidden = figures
	r.text.Refresh()
	r.act.Hidden = !old && !r.failed
	if last := len(r.values) - 1; !r.act.Hidden { // the button stands there
		r.values[last].Hidden, r.captions[last].Hidden = true, true
	}
	if stopped || r.failed {
		r.act.SetLabel("Draw again")
	} else {
		r.act.SetLabel("Stop")
	}
	r.act.Refresh()
}
