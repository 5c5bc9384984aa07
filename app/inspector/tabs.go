package inspector

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// tabs are the heads of the pages, of which one is chosen. With the keyboard, ←
// and → choose.
type tabs struct {
	widget.BaseWidget
	heads    []*head
	selected int
	focused  bool
	turned   func(int)
}

func newTabs(names []string, turned func(int)) *tabs {
	t := &tabs{turned: turned}
	for i, name := range names {
		h := &head{of: t, index: i, text: parts.NewText(name), pill: parts.NewPill("", look.Text2)}
		h.pill.Hide()
		h.ExtendBaseWidget(h)
		t.heads = append(t.heads, h)
	}
	t.ExtendBaseWidget(t)
	return t
}

// choose shows another page.
func (t *tabs) choose(i int) {
	if i == t.selected || i < 0 || i >= len(t.heads) {
		return
	}
	t.selected = i
	t.Refresh()
	t.turned(i)
}

// count shows a number in a head, in the colour of a severity where it has one;
// 0 shows none.
func (t *tabs) count(i, n int, worst parts.Severity) {
	h := t.heads[i]
	color := look.Text2
	if worst != 0 {
		color = worst.Color()
	}
	h.pill.Set(strconv.Itoa(n), color)
	if hidden := n == 0; hidden != h.pill.Hidden {
		h.pill.Hidden = hidden
		t.Refresh()
	}
}

// FocusGained is called when the keyboard comes.
func (t *tabs) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost is called when the keyboard leaves.
func (t *tabs) FocusLost() { t.focused = false; t.Refresh() }

// TypedRune hears nothing.
func (t *tabs) TypedRune(rune) {}

// TypedKey chooses the page beside the one that shows.
func (t *tabs) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		t.choose(t.selected - 1)
	case fyne.KeyRight:
		t.choose(t.selected + 1)
	default:
		parts.PassKey(t, e)
	}
}

const tabsHeight float32 = 44

// CreateRenderer draws the heads.
func (t *tabs) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	return &tabsRenderer{tabs: t, line: canvas.NewRectangle(color.Transparent)}
}

type tabsRenderer struct {
	tabs *tabs
	line *canvas.Rectangle
}

func (*tabsRenderer) Destroy() {}

func (r *tabsRenderer) MinSize() fyne.Size {
	var w float32
	for _, h := range r.tabs.heads {
		w += h.MinSize().Width
	}
	return fyne.NewSize(w, tabsHeight)
}

func (r *tabsRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.line}
	for _, h := range r.tabs.heads {
		objects = append(objects, h)
	}
	return objects
}

func (r *tabsRenderer) Layout(size fyne.Size) {
	r.line.FillColor = look.Color(theme.ColorNameSeparator)
	r.line.Move(fyne.NewPos(0, size.Height-1))
	r.line.Resize(fyne.NewSize(size.Width, 1))
	x := look.Grid
	for _, h := range r.tabs.heads {
		w := h.MinSize().Width
		h.Move(fyne.NewPos(x, 0))
		h.Resize(fyne.NewSize(w, size.Height))
		x += w
	}
}

func (r *tabsRenderer) Refresh() {
	for _, h := range r.tabs.heads {
		h.Refresh()
	}
	r.Layout(r.tabs.Size())
	canvas.Refresh(r.tabs)
}

// head is one of the tabs.
type head struct {
	widget.BaseWidget
	of      *tabs
	index   int
	text    *parts.Text
	pill    *parts.Pill
	hovered bool
}

// Tapped shows the page.
func (h *head) Tapped(*fyne.PointEvent) { h.of.choose(h.index) }

// MouseIn is called when the pointer comes.
func (h *head) MouseIn(*desktop.MouseEvent) { h.hovered = true; h.Refresh() }

// MouseMoved does nothing.
func (h *head) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called when the pointer leaves.
func (h *head) MouseOut() { h.hovered = false; h.Refresh() }

// CreateRenderer draws the head.
func (h *head) CreateRenderer() fyne.WidgetRenderer {
	h.ExtendBaseWidget(h)
	r := &headRenderer{head: h, bar: canvas.NewRectangle(color.Transparent), ring: canvas.NewRectangle(nil)}
	r.ring.CornerRadius = look.Radius
	r.paint()
	return r
}

type headRenderer struct {
	head      *head
	bar, ring *canvas.Rectangle
}

func (*headRenderer) Destroy() {}

func (r *headRenderer) MinSize() fyne.Size {
	// As wide as when it is chosen, so that nothing jumps.
	w := fyne.MeasureText(r.head.text.Text, look.Size(theme.SizeNameText), fyne.TextStyle{Bold: true}).Width + 3*look.Grid
	if !r.head.pill.Hidden {
		w += r.head.pill.MinSize().Width + look.Grid/2
	}
	return fyne.NewSize(w, tabsHeight)
}

func (r *headRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.head.text, r.head.pill, r.bar, r.ring}
}

func (r *headRenderer) Layout(size fyne.Size) {
	text, pill := r.head.text.MinSize(), r.head.pill.MinSize()
	x := look.Grid * 1.5
	r.head.text.Move(fyne.NewPos(x, (size.Height-text.Height)/2))
	r.head.text.Resize(text)
	r.head.pill.Move(fyne.NewPos(size.Width-x-pill.Width, (size.Height-pill.Height)/2))
	r.head.pill.Resize(pill)
	r.bar.Move(fyne.NewPos(x, size.Height-2))
	r.bar.Resize(fyne.NewSize(size.Width-2*x, 2))
	r.ring.Move(fyne.NewPos(3, 6))
	r.ring.Resize(fyne.NewSize(size.Width-6, size.Height-12))
}

func (r *headRenderer) Refresh() {
	r.paint()
	r.Layout(r.head.Size())
	canvas.Refresh(r.head)
}

func (r *headRenderer) paint() {
	h := r.head
	chosen := h.of.selected == h.index
	h.text.Bold, h.text.Color = chosen, look.Text2
	if chosen || h.hovered {
		h.text.Color = theme.ColorNameForeground
	}
	h.text.Refresh()
	r.bar.FillColor = look.Color(theme.ColorNamePrimary)
	r.bar.Hidden = !chosen
	r.ring.StrokeColor, r.ring.StrokeWidth = look.Color(theme.ColorNamePrimary), look.FocusWidth
	r.ring.Hidden = !chosen || !h.of.focused
}
