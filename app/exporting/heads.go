package exporting

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/words"
)

// formatHead heads a column: the format and what is set of it. A tap opens its
// options.
type formatHead struct {
	widget.BaseWidget
	onTap            func(*formatHead)
	name, caption    string
	opens, bad       bool
	hovered, focused bool
}

func newFormatHead(tap func(*formatHead)) *formatHead {
	h := &formatHead{onTap: tap}
	h.ExtendBaseWidget(h)
	return h
}

func (h *formatHead) show(f *format) {
	opens, bad := len(f.options) > 0 && f.broken == "", f.broken != "" || f.missing() != ""
	if caption := f.caption(); h.name != f.name || h.caption != caption || h.opens != opens || h.bad != bad {
		h.name, h.caption, h.opens, h.bad = f.name, caption, opens, bad
		h.Refresh()
	}
}

// Tapped opens the options.
func (h *formatHead) Tapped(*fyne.PointEvent) { h.onTap(h) }

// MouseIn shows that there is something to tap.
func (h *formatHead) MouseIn(*desktop.MouseEvent) { h.set(&h.hovered, true) }

// MouseMoved is called when the pointer moves.
func (h *formatHead) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called when the pointer leaves.
func (h *formatHead) MouseOut() { h.set(&h.hovered, false) }

// FocusGained is called when the keyboard comes.
func (h *formatHead) FocusGained() { h.set(&h.focused, true) }

// FocusLost is called when the keyboard leaves.
func (h *formatHead) FocusLost() { h.set(&h.focused, false) }

// TypedRune hears nothing.
func (h *formatHead) TypedRune(rune) {}

// TypedKey takes Space and Enter for a tap.
func (h *formatHead) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
		h.onTap(h)
	default:
		parts.PassKey(h, e)
	}
}

func (h *formatHead) set(field *bool, to bool) {
	*field = to
	h.Refresh()
}

// CreateRenderer draws the head.
func (h *formatHead) CreateRenderer() fyne.WidgetRenderer {
	h.ExtendBaseWidget(h)
	back, chevron := rounded(look.Radius), newGlyph()
	name, caption := parts.NewBold(""), parts.NewCaption("")
	name.Cut, caption.Cut = true, true
	paint := func() {
		back.FillColor, back.StrokeWidth = color.Transparent, 0
		if h.hovered && h.opens {
			back.FillColor = look.Color(theme.ColorNameHover)
		}
		if h.focused {
			back.StrokeColor, back.StrokeWidth = look.Color(theme.ColorNamePrimary), look.FocusWidth
		}
		name.SetText(h.name)
		caption.SetText(h.caption)
		caption.SetColor(look.Text2)
		if h.bad {
			caption.SetColor(theme.ColorNameError)
		}
		if h.opens {
			chevron.set("chevron-down", look.Text2)
		} else {
			chevron.set("", "")
		}
	}
	layout := func(size fyne.Size) {
		parts.Place(back, 3, 5, size.Width-6, size.Height-10)
		top, low := name.MinSize().Height, caption.MinSize().Height
		y := (size.Height - top - low - 2) / 2
		parts.Place(name, cellSide, y, size.Width-2*cellSide+8, top)
		room := size.Width - 2*cellSide - look.SmallIcon
		own := fyne.MeasureText(h.caption, look.Size(theme.SizeNameCaptionText), fyne.TextStyle{}).Width
		w := min(room+8, own+1)
		parts.Place(caption, cellSide, y+top+2, w, low)
		parts.Place(chevron, cellSide+w+2, y+top+2+(low-12)/2, 12, 12)
	}
	return parts.Draw(h, func() fyne.Size { return fyne.NewSize(columnLeast, headHeight) }, layout, paint, back, name, caption, chevron.Image)
}

// layerHead heads a row: the layer and what the check found. A tap ticks the
// layer in all formats, or in none.
type layerHead struct {
	widget.BaseWidget
	onTap         func()
	layer         layer
	wanted, busy  bool
	hovered       bool
	check         string
	severity      parts.Severity
	checkingKnown bool
}

func newLayerHead(tap func()) *layerHead {
	h := &layerHead{onTap: tap}
	h.ExtendBaseWidget(h)
	return h
}

func (h *layerHead) show(l *layer, wanted, busy bool) {
	check, severity := "ready", parts.Severity(0)
	switch {
	case l.hidden && !l.checked:
		check = "hidden"
	case !l.checked:
		check = "checking …"
	case len(l.marks) > 0:
		check, severity = l.marks[0].words, l.marks[0].severity
	}
	if h.checkingKnown && h.layer.name == l.name && h.layer.hidden == l.hidden && h.layer.operation == l.operation &&
		h.wanted == wanted && h.busy == busy && h.check == check && h.severity == severity {
		return
	}
	h.layer, h.wanted, h.busy, h.check, h.severity, h.checkingKnown = *l, wanted, busy, check, severity, true
	h.Refresh()
}

// Tapped ticks the row.
func (h *layerHead) Tapped(*fyne.PointEvent) { h.onTap() }

// MouseIn shows that there is something to tap.
func (h *layerHead) MouseIn(*desktop.MouseEvent) {
	h.hovered = true
	h.Refresh()
}

// MouseMoved is called when the pointer moves.
func (h *layerHead) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called when the pointer leaves.
func (h *layerHead) MouseOut() {
	h.hovered = false
	h.Refresh()
}

// checkWidth is the room for what the check found.
const checkWidth float32 = 148

// CreateRenderer draws the head.
func (h *layerHead) CreateRenderer() fyne.WidgetRenderer {
	h.ExtendBaseWidget(h)
	back, line := plain(), plain()
	badge, name := parts.NewBadge(h.layer.operation, parts.Large-2), parts.NewText("")
	mark, tick := parts.NewSeverityMark(parts.GoodToKnow, parts.Small+2), newGlyph()
	found := parts.NewText("")
	name.Cut, found.Cut = true, true
	paint := func() {
		back.FillColor, line.FillColor = color.Transparent, look.Color(theme.ColorNameSeparator)
		switch {
		case h.busy:
			back.FillColor = look.Color(theme.ColorNameSelection)
		case h.hovered:
			back.FillColor = look.Color(theme.ColorNameHover)
		}
		badge.SetOperation(h.layer.operation)
		name.Bold = h.wanted
		name.SetText(h.layer.name)
		name.SetColor(theme.ColorNameForeground)
		if h.layer.hidden && !h.wanted {
			name.SetColor(theme.ColorNameDisabled)
		}
		name.Refresh()
		mark.Hidden = h.severity == 0
		mark.SetSeverity(max(h.severity, parts.MustMend))
		found.SetText(words.Title(h.check))
		found.SetColor(look.Text2)
		switch {
		case h.severity != 0:
			found.SetColor(theme.ColorNameForeground)
			tick.set("", "")
		case h.layer.hidden && !h.layer.checked:
			tick.set("eye-off", look.Text2)
		case h.layer.checked:
			tick.set("check", theme.ColorNameSuccess)
		default:
			tick.set("clock", look.Text2)
		}
	}
	layout := func(size fyne.Size) {
		middle := size.Height / 2
		parts.Place(back, 0, 0, size.Width, size.Height)
		parts.Place(line, 0, size.Height-1, size.Width, 1)
		parts.Place(badge, 16, middle-12, 24, 24)
		left := size.Width - checkWidth
		own := name.MinSize().Height
		parts.Place(name, 50, middle-own/2, max(0, left-58), own)
		parts.Place(mark, left, middle-9, 18, 18)
		parts.Place(tick, left+1, middle-8, 16, 16)
		parts.Place(found, left+26, middle-own/2, checkWidth-30, own)
	}
	least := func() fyne.Size { return fyne.NewSize(sideLeast, rowHeight) }
	return parts.Draw(h, least, layout, paint, back, line, badge, name, mark, tick.Image, found)
}
