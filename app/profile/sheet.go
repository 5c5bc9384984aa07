package profile

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// sheet is a question or a page over the shaded window: a title, what it holds,
// and buttons that stay in sight when the rest scrolls. Esc leaves it.
type sheet struct {
	*floating
}

// newSheet gives a sheet of a width; the buttons stand at its right, the one to
// take last.
func newSheet(win fyne.Window, width float32, title string, body fyne.CanvasObject, buttons ...fyne.CanvasObject) *sheet {
	s := &sheet{}
	heading := parts.NewBold(title)
	heading.SizeName = theme.SizeNameHeadingText
	foot := container.New(layout.NewCustomPaddedHBoxLayout(look.Grid), layout.NewSpacer())
	for _, b := range buttons {
		foot.Add(b)
	}
	// Some space around the body, for the ring of the focus and the bar.
	body = container.New(layout.NewCustomPaddedLayout(2, 4, 4, 20), body)
	scroll := container.NewVScroll(body)
	frame := container.NewBorder(
		container.New(layout.NewCustomPaddedLayout(24, 12, 24, 24), heading),
		container.New(layout.NewCustomPaddedLayout(12, 20, 24, 24), foot), nil, nil,
		container.New(layout.NewCustomPaddedLayout(0, 0, 20, 4), scroll))
	s.floating = newFloating(win, frame)
	s.shaded = true
	s.place = func(room, least fyne.Size) (fyne.Position, fyne.Size) {
		w := min(width, room.Width-2*look.Grid)
		body.Resize(fyne.NewSize(w-24, body.MinSize().Height)) // so that its height is of this width
		h := min(least.Height-scroll.MinSize().Height+body.MinSize().Height, room.Height-64)
		return fyne.NewPos((room.Width-w)/2, max(look.Grid, (room.Height-h)/3)), fyne.NewSize(w, h)
	}
	return s
}

// paragraph is text that breaks, without space around it.
func paragraph(text string, c fyne.ThemeColorName) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	if c == look.Text2 {
		l.Importance = widget.LowImportance
	}
	return l
}

// flush is text that breaks, its lines beginning where the titles do.
func flush(text string, c fyne.ThemeColorName) *fyne.Container {
	return container.New(flushLayout{}, paragraph(text, c))
}

// flushLayout takes away the space that Fyne puts around a label.
type flushLayout struct{}

func (flushLayout) inner() float32 { return look.Size(theme.SizeNameInnerPadding) }

func (l flushLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	parts.Place(o[0], -l.inner(), -l.inner()/2, size.Width+2*l.inner(), size.Height+l.inner())
}

func (l flushLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().SubtractWidthHeight(2*l.inner(), l.inner())
}

// field is an entry with its name above and what is wrong with it below.
type field struct {
	*fyne.Container
	entry *entry
	wrong *widget.Label
	words *fyne.Container // around wrong
}

func newField(name string, e *entry) *field {
	f := &field{entry: e, wrong: widget.NewLabel("")}
	f.wrong.Importance = widget.DangerImportance
	f.wrong.Wrapping = fyne.TextWrapWord
	f.words = container.New(flushLayout{}, f.wrong)
	f.words.Hide()
	f.Container = stack(parts.NewCaption(name), space(2), e, space(2), f.words, space(10))
	return f
}

// refuse says what is wrong; "" takes the words away.
func (f *field) refuse(why string) {
	f.wrong.SetText(why)
	setShown(f.words, why != "")
	f.Refresh()
}
