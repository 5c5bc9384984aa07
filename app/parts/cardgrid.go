package parts

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/app/look"
)

// Choice is one card of a CardGrid: a picture above a label.
type Choice struct {
	Label    string
	Caption  string            // a second, quieter line, where there is one
	Picture  fyne.CanvasObject // drawn by the caller; it gets all the room that the lines leave
	Disabled bool
}

// CardGrid lets choose one of several by picture. With the keyboard, the arrows
// move the choice over what is disabled.
type CardGrid struct {
	control
	OnChange func(index int)

	columns  int
	height   float32
	tight    bool
	cards    []*choiceCard
	selected int
}

// NewCardGrid gives a grid of so many columns with cards of one height. None is
// selected.
func NewCardGrid(columns int, height float32, choices []Choice, change func(index int)) *CardGrid {
	g := &CardGrid{columns: max(1, columns), height: height, OnChange: change, selected: -1}
	for i, c := range choices {
		card := &choiceCard{choice: c, of: g}
		card.act = func() { g.Select(i) }
		card.extend(card)
		g.cards = append(g.cards, card)
	}
	g.extend(g)
	return g
}

// Tighten moves the cards together and makes their lines smaller and of one
// weight: for many cards in a narrow column.
func (g *CardGrid) Tighten() {
	g.tight = true
	g.Refresh()
}

// Offer hides the cards that are not to be chosen from now.
func (g *CardGrid) Offer(offered func(index int) bool) {
	changed := false
	for i, c := range g.cards {
		if hide := !offered(i); hide != c.Hidden {
			c.Hidden, changed = hide, true
		}
	}
	if changed {
		g.Refresh()
	}
}

// Offers tells whether a card can be seen.
func (g *CardGrid) Offers(index int) bool { return !g.cards[index].Hidden }

// offered are the cards that can be seen.
func (g *CardGrid) offered() []*choiceCard {
	var cards []*choiceCard
	for _, c := range g.cards {
		if !c.Hidden {
			cards = append(cards, c)
		}
	}
	return cards
}

// gap is the space between cards.
func (g *CardGrid) gap() float32 {
	if g.tight {
		return look.Grid / 2
	}
	return look.Grid
}

// Selected gives the index of the choice, -1 if there is none.
func (g *CardGrid) Selected() int { return g.selected }

// Select moves the choice and tells OnChange.
func (g *CardGrid) Select(index int) {
	if g.Disabled() || index < 0 || index >= len(g.cards) || g.cards[index].choice.Disabled {
		return
	}
	if g.put(index) && g.OnChange != nil {
		g.OnChange(index)
	}
}

// Reflect moves the choice without telling OnChange; -1 leaves none.
func (g *CardGrid) Reflect(index int) {
	if index >= -1 && index < len(g.cards) {
		g.put(index)
	}
}

func (g *CardGrid) put(index int) bool {
	if index == g.selected {
		return false
	}
	g.selected = index
	g.Refresh()
	return true
}

// TypedKey moves the choice with the arrows.
func (g *CardGrid) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		g.move(-1)
	case fyne.KeyRight:
		g.move(1)
	case fyne.KeyUp:
		g.move(-g.columns)
	case fyne.KeyDown:
		g.move(g.columns)
	default:
		PassKey(g, e)
	}
}

func (g *CardGrid) move(by int) {
	offered := g.offered()
	at := slices.IndexFunc(offered, func(c *choiceCard) bool { return c.chosen() })
	for i := at + by; i >= 0 && i < len(offered); i += by {
		if !offered[i].choice.Disabled {
			g.Select(slices.Index(g.cards, offered[i]))
			return
		}
	}
}

// CreateRenderer lays the cards out.
func (g *CardGrid) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	objects := make([]fyne.CanvasObject, 0, len(g.cards))
	for _, c := range g.cards {
		objects = append(objects, c)
	}
	paint := func() {
		for _, c := range g.cards {
			c.Refresh()
		}
	}
	layout := func(size fyne.Size) {
		n := float32(g.columns)
		width := (size.Width - (n-1)*g.gap()) / n
		for i, c := range g.offered() {
			column, row := float32(i%g.columns), float32(i/g.columns)
			Place(c, column*(width+g.gap()), row*(g.height+g.gap()), width, g.height)
		}
	}
	least := func() fyne.Size {
		var width float32
		for _, c := range g.cards {
			width = max(width, c.MinSize().Width)
		}
		rows := float32((len(g.offered()) + g.columns - 1) / g.columns)
		n := float32(g.columns)
		return fyne.NewSize(n*width+(n-1)*g.gap(), max(0, rows*(g.height+g.gap())-g.gap()))
	}
	return Draw(g, least, layout, paint, objects...)
}

// choiceCard is tapped by itself; the keyboard stays with the grid.
type choiceCard struct {
	pressable
	choice Choice
	of     *CardGrid
}

func (c *choiceCard) chosen() bool {
	return c.of.selected >= 0 && c.of.cards[c.of.selected] == c
}

// veil is the ground of a disabled button, to be seen through.
func veil() color.Color {
	r, g, b, _ := look.Color(theme.ColorNameDisabledButton).RGBA()
	return color.NRGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: 0xB0}
}

func (c *choiceCard) off() bool { return c.choice.Disabled || c.of.Disabled() }

// CreateRenderer draws the card.
func (c *choiceCard) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	back, over := round(look.Radius), round(look.Radius)
	label, caption := NewText(c.choice.Label), NewCaption(c.choice.Caption)
	for _, t := range []*Text{label, caption} {
		t.Align, t.Cut = fyne.TextAlignCenter, true
	}
	side := look.Grid / 2
	if c.of.tight {
		label.SizeName, side = theme.SizeNameCaptionText, 0.5
	}
	caption.Hidden = c.choice.Caption == ""
	objects := []fyne.CanvasObject{back}
	if c.choice.Picture != nil {
		objects = append(objects, c.choice.Picture)
	}
	objects = append(objects, over, label, caption)
	paint := func() {
		back.FillColor = look.Color(theme.ColorNameInputBackground)
		ring(over, c.chosen())
		over.FillColor = nil
		label.Color, label.Bold = theme.ColorNameForeground, c.chosen() && !c.of.tight
		switch {
		case c.off():
			over.FillColor = veil()
			label.Color = theme.ColorNameDisabled
		case c.hovered && !c.chosen():
			over.FillColor = look.Color(theme.ColorNameHover)
		case !c.chosen():
			label.Color = look.Text2
		}
		if !c.chosen() {
			over.StrokeColor, over.StrokeWidth = look.Color(theme.ColorNameSeparator), 1
		}
		if c.chosen() && c.of.focused {
			over.StrokeColor = look.Color(theme.ColorNameForeground)
		}
		label.Refresh()
	}
	lines := func() float32 {
		h := label.MinSize().Height
		if c.choice.Caption != "" {
			h += caption.MinSize().Height
		}
		return h
	}
	layout := func(size fyne.Size) {
		const pad = look.Grid / 2
		Place(back, 0, 0, size.Width, size.Height)
		edge(over, 0, 0, size.Width, size.Height)
		y := size.Height - lines() - pad
		if c.choice.Picture != nil {
			Place(c.choice.Picture, pad, pad, size.Width-2*pad, y-2*pad)
		}
		Place(label, side, y, size.Width-2*side, label.MinSize().Height)
		Place(caption, side, y+label.MinSize().Height, size.Width-2*side, caption.MinSize().Height)
	}
	least := func() fyne.Size {
		// As wide as when it is chosen, so that nothing jumps.
		text := fyne.MeasureText(c.choice.Label, look.Size(theme.SizeNameText), fyne.TextStyle{Bold: true})
		return fyne.NewSize(max(48, text.Width+look.Grid), c.of.height)
	}
	return Draw(c, least, layout, paint, objects...)
}
