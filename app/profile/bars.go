package profile

import (
	"image/color"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// The measures of the bars, in Fyne's pixels.
const (
	barsHeight float32 = 40
	barLeast   float32 = 8 // of one credit
)

// bars shows what was used on each day of a month.
type bars struct {
	widget.BaseWidget
	days  []int
	today int // its day in the month, 0 where it is in another
}

func newBars() *bars {
	b := &bars{}
	b.ExtendBaseWidget(b)
	return b
}

func (b *bars) set(days []int, month, now time.Time) {
	b.days, b.today = days, 0
	if now.Year() == month.Year() && now.Month() == month.Month() {
		b.today = now.Day()
	}
	b.Refresh()
}

// heights gives the bars' heights: in proportion, and none so low that it can't
// be seen.
func (b *bars) heights() []float32 {
	most := 0
	for _, n := range b.days {
		most = max(most, n)
	}
	out := make([]float32, len(b.days))
	for i, n := range b.days {
		if n > 0 {
			out[i] = max(barLeast, barsHeight*float32(n)/float32(max(most, 2)))
		}
	}
	return out
}

// CreateRenderer draws the bars.
func (b *bars) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	r := &barsRenderer{of: b}
	for range 31 {
		r.columns = append(r.columns, canvas.NewRectangle(color.Transparent))
	}
	for i := range r.labels {
		r.labels[i] = canvas.NewText("", color.Transparent)
	}
	r.paint()
	return r
}

type barsRenderer struct {
	of      *bars
	columns []*canvas.Rectangle
	labels  [3]*canvas.Text // the first, today, the last
}

func (r *barsRenderer) Destroy() {}

func (r *barsRenderer) MinSize() fyne.Size { return fyne.NewSize(31*4, barsHeight+18) }

func (r *barsRenderer) Objects() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, c := range r.columns {
		all = append(all, c)
	}
	for _, l := range r.labels {
		all = append(all, l)
	}
	return all
}

func (r *barsRenderer) Refresh() {
	r.paint()
	r.Layout(r.of.Size())
	canvas.Refresh(r.of)
}

func (r *barsRenderer) paint() {
	for i, c := range r.columns {
		c.Hidden = i >= len(r.of.days)
		c.CornerRadius, c.FillColor = 0, look.Color(theme.ColorNameInputBorder)
		if i < len(r.of.days) && r.of.days[i] > 0 {
			c.CornerRadius, c.FillColor = 1.5, look.Color(theme.ColorNamePrimary)
		}
	}
	for i, text := range []string{"1", "today", strconv.Itoa(len(r.of.days))} {
		l := r.labels[i]
		l.Text, l.Color, l.TextSize = text, look.Color(look.Text2), look.Size(theme.SizeNameCaptionText)
	}
	r.labels[1].Hidden = r.of.today == 0
}

func (r *barsRenderer) Layout(size fyne.Size) {
	n := len(r.of.days)
	if n == 0 {
		return
	}
	pitch := size.Width / float32(n)
	for i, h := range r.of.heights() {
		h = max(h, 1) // a day without: a dash
		width := min(7, pitch-3)
		parts.Place(r.columns[i], float32(i)*pitch+(pitch-width)/2, barsHeight-h, width, h)
	}
	at := func(l *canvas.Text, x float32) {
		m := l.MinSize()
		parts.Place(l, max(0, min(x, size.Width-m.Width)), barsHeight+3, m.Width, m.Height)
	}
	r.labels[0].Hidden, r.labels[2].Hidden = false, false
	at(r.labels[0], 0)
	at(r.labels[2], size.Width)
	today := r.labels[1]
	at(today, (float32(r.of.today)-0.5)*pitch-today.MinSize().Width/2)
	if today.Hidden {
		return
	}
	// Two labels never stand on each other; today is worth more.
	left, right := today.Position().X-4, today.Position().X+today.Size().Width+4
	r.labels[0].Hidden = left < r.labels[0].MinSize().Width
	r.labels[2].Hidden = right > r.labels[2].Position().X
}
