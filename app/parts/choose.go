package parts

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
)

// Select is a field that lets choose one of several words from a menu. With the
// keyboard, ↑ and ↓ move the choice, Space and Enter open the menu.
type Select struct {
	control
	OnChange func(index int)
	// Before is called when the menu is to open, and opens it: for words that
	// have to be found first. Nil opens it at once.
	Before func(open func())

	action   string // a line of the menu that is no word to choose; "" for none
	after    int    // how many of the options stand above it
	do       func()
	options  []string
	selected int
}

// unselected is what shows while nothing is selected.
const unselected = "Choose"

// NewSelect gives a field in which none is selected.
func NewSelect(options []string, change func(index int)) *Select {
	s := &Select{options: options, OnChange: change, selected: -1}
	s.act = s.open
	s.extend(s)
	return s
}

// SetOptions gives other words, of which none is selected.
func (s *Select) SetOptions(options []string) {
	s.options, s.selected = options, -1
	s.Refresh()
}

// SetAction puts a line into the menu, below so many of the options, that does
// something else than choosing one.
func (s *Select) SetAction(label string, after int, do func()) {
	s.action, s.after, s.do = label, after, do
}

// Options are the words that can be chosen.
func (s *Select) Options() []string { return s.options }

// Selected gives the index of the choice, -1 if there is none.
func (s *Select) Selected() int { return s.selected }

// Select moves the choice and tells OnChange.
func (s *Select) Select(index int) {
	if s.Disabled() || index < 0 || index >= len(s.options) || index == s.selected {
		return
	}
	s.Reflect(index)
	if s.OnChange != nil {
		s.OnChange(index)
	}
}

// Reflect moves the choice without telling OnChange; -1 leaves none.
func (s *Select) Reflect(index int) {
	if index < -1 || index >= len(s.options) || index == s.selected {
		return
	}
	s.selected = index
	s.Refresh()
}

// TypedKey moves the choice or opens the menu.
func (s *Select) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		s.Select(s.selected - 1)
	case fyne.KeyDown:
		s.Select(s.selected + 1)
	default:
		s.control.TypedKey(e)
	}
}

func (s *Select) open() {
	if s.Before != nil {
		s.Before(s.show)
		return
	}
	s.show()
}

// show opens the menu.
func (s *Select) show() {
	on := fyne.CurrentApp().Driver().CanvasForObject(s)
	if on == nil || len(s.options) == 0 {
		return
	}
	items := make([]*fyne.MenuItem, len(s.options))
	for i, text := range s.options {
		items[i] = fyne.NewMenuItem(text, func() { s.Select(i) })
		items[i].Checked = i == s.selected
	}
	if s.action != "" {
		at := min(s.after, len(items))
		line := []*fyne.MenuItem{fyne.NewMenuItem(s.action, s.do)}
		if at < len(items) {
			line = append(line, fyne.NewMenuItemSeparator())
		}
		items = slices.Insert(items, at, line...)
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), on)
	menu.ShowAtRelativePosition(fyne.NewPos(0, s.Size().Height), s)
	menu.Resize(fyne.NewSize(max(s.Size().Width, menu.MinSize().Width), menu.MinSize().Height))
}

// CreateRenderer draws the field.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	box, over, focus := round(look.Radius), round(look.Radius), round(look.Radius)
	text, arrow := NewText(""), icon()
	text.Cut = true
	paint := func() {
		box.FillColor = look.Color(theme.ColorNameInputBackground)
		box.StrokeColor, box.StrokeWidth = look.Color(theme.ColorNameInputBorder), 1
		over.FillColor = color.Transparent
		text.Text, text.Color = unselected, theme.ColorNamePlaceHolder
		if s.selected >= 0 {
			text.Text, text.Color = s.options[s.selected], theme.ColorNameForeground
		}
		fore := theme.ColorNameForeground
		if s.Disabled() {
			box.FillColor = look.Color(theme.ColorNameDisabledButton)
			text.Color, fore = theme.ColorNameDisabled, theme.ColorNameDisabled
		} else if s.hovered {
			over.FillColor = look.Color(theme.ColorNameHover)
		}
		text.Refresh()
		setIcon(arrow, "chevron-down", fore)
		ring(focus, s.focused)
	}
	layout := func(size fyne.Size) {
		edge(box, 0, 0, size.Width, size.Height)
		Place(over, 0, 0, size.Width, size.Height)
		edge(focus, 0, 0, size.Width, size.Height)
		own := text.MinSize().Height
		Place(text, look.Grid, (size.Height-own)/2, size.Width-3*look.Grid-look.SmallIcon, own)
		Place(arrow, size.Width-look.Grid-look.SmallIcon, (size.Height-look.SmallIcon)/2, look.SmallIcon, look.SmallIcon)
	}
	least := func() fyne.Size {
		var width float32
		for _, o := range append([]string{unselected}, s.options...) {
			width = max(width, fyne.MeasureText(o, look.Size(theme.SizeNameText), fyne.TextStyle{}).Width)
		}
		return fyne.NewSize(min(width, 240)+3*look.Grid+look.SmallIcon, look.FieldSize)
	}
	return Draw(s, least, layout, paint, box, over, text, arrow, focus)
}
