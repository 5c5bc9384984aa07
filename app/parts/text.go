package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
)

// Text is one line in a colour and a size of the theme, without space around
// it.
type Text struct {
	widget.BaseWidget
	Text     string
	Color    fyne.ThemeColorName // foreground if empty
	SizeName fyne.ThemeSizeName  // text if empty
	Bold     bool
	Align    fyne.TextAlign
	Cut      bool // may be narrower than its text, which then ends in …
}

// NewText gives a line as text is by default.
func NewText(text string) *Text {
	t := &Text{Text: text}
	t.ExtendBaseWidget(t)
	return t
}

// NewBold gives a line in the heavier weight.
func NewBold(text string) *Text {
	t := NewText(text)
	t.Bold = true
	return t
}

// NewHeading gives the title of a section.
func NewHeading(text string) *Text {
	t := NewBold(text)
	t.SizeName = theme.SizeNameSubHeadingText
	return t
}

// NewCaption gives a line smaller and quieter than text.
func NewCaption(text string) *Text {
	t := NewText(text)
	t.Color, t.SizeName = look.Text2, theme.SizeNameCaptionText
	return t
}

// SetText shows another text.
func (t *Text) SetText(text string) {
	if text == t.Text {
		return
	}
	t.Text = text
	t.Refresh()
}

// SetColor shows the text in another colour.
func (t *Text) SetColor(c fyne.ThemeColorName) {
	if c == t.Color {
		return
	}
	t.Color = c
	t.Refresh()
}

func (t *Text) style() (size float32, style fyne.TextStyle) {
	name := t.SizeName
	if name == "" {
		name = theme.SizeNameText
	}
	return look.Size(name), fyne.TextStyle{Bold: t.Bold}
}

// CreateRenderer draws the line.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	line := canvas.NewText("", nil)
	paint := func() {
		line.TextSize, line.TextStyle = t.style()
		name := t.Color
		if name == "" {
			name = theme.ColorNameForeground
		}
		line.Color, line.Alignment = look.Color(name), t.Align
	}
	layout := func(size fyne.Size) {
		line.Text = t.Text
		if t.Cut {
			line.Text = cut(t.Text, size.Width, line.TextSize, line.TextStyle)
		}
		Place(line, 0, 0, size.Width, size.Height)
	}
	least := func() fyne.Size {
		size, style := t.style()
		full := fyne.MeasureText(t.Text, size, style)
		if t.Cut {
			full.Width = min(full.Width, fyne.MeasureText("…", size, style).Width)
		}
		return full
	}
	return Draw(t, least, layout, paint, line)
}

// Shorten gives as much of a text as has room in a width, in the size and the
// weight of buttons.
func Shorten(text string, width float32) string {
	return cut(text, width, look.Size(theme.SizeNameText), fyne.TextStyle{})
}

// cut gives as much of the text as has room in the width, ending in … where
// something is left out.
func cut(text string, width, size float32, style fyne.TextStyle) string {
	// A hundredth of a pixel is no reason to cut.
	fits := func(s string) bool { return fyne.MeasureText(s, size, style).Width <= width+0.01 }
	if text == "" || fits(text) {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if fits(string(runes[:mid]) + "…") {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return string(runes[:low]) + "…"
}

// NewParagraph gives text that breaks into lines, in a colour of the theme. It
// has Fyne's inner padding around it.
func NewParagraph(text string, c fyne.ThemeColorName) *widget.RichText {
	style := widget.RichTextStyleParagraph
	style.ColorName = c
	p := widget.NewRichText(&widget.TextSegment{Text: text, Style: style})
	p.Wrapping = fyne.TextWrapWord
	return p
}
