package parts

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/loop"
)

// TipDelay is how long the pointer or the focus rests before a tip shows.
const TipDelay = 600 * time.Millisecond

// Tips shows the tips of one window, or of one pop-up: one at a time.
type Tips struct {
	loop  *loop.Loop
	delay time.Duration
	layer *fyne.Container
	stop  context.CancelFunc
	turn  int // which wait is the last one; a wait that was stopped may still report
}

// NewTips gives the tips of a window. Its content is wrapped by Over.
func NewTips(l *loop.Loop) *Tips {
	return &Tips{loop: l, delay: TipDelay, layer: container.NewWithoutLayout()}
}

// Over gives the content with the tips above it. A tip takes no tap and no
// pointer: Fyne's pop-ups would.
func (t *Tips) Over(content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(content, t.layer)
}

// Shown gives the text of the tip that shows, "" if none does.
func (t *Tips) Shown() string {
	if len(t.layer.Objects) == 0 {
		return ""
	}
	return t.layer.Objects[0].(*bubble).tip.Name
}

// Tip is what a widget says about itself when the pointer or the focus rests on
// it. A nil Tip says nothing.
type Tip struct {
	Tips     *Tips
	Name     string
	Shortcut string // as shown: "Ctrl E"
}

func (t *Tip) over(owner fyne.CanvasObject) {
	if t == nil || t.Tips == nil || t.Name == "" {
		return
	}
	tips := t.Tips
	tips.clear()
	turn := tips.turn
	tips.stop = tips.loop.Start(func(ctx context.Context) {
		timer := time.NewTimer(tips.delay)
		defer timer.Stop()
		select {
		case <-ctx.Done():
		case <-timer.C:
			tips.loop.UI("tip", func() {
				if turn == tips.turn {
					tips.show(t, owner)
				}
			})
		}
	})
}

func (t *Tip) away() {
	if t != nil && t.Tips != nil {
		t.Tips.clear()
	}
}

func (t *Tips) clear() {
	t.turn++
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	if len(t.layer.Objects) > 0 {
		t.put()
	}
}

// show puts the tip below its owner, or above it where there is no room.
func (t *Tips) show(tip *Tip, owner fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	origin := driver.AbsolutePositionForObject(t.layer)
	at := driver.AbsolutePositionForObject(owner).Subtract(origin)
	b := newBubble(tip)
	size, room := b.MinSize(), t.layer.Size()
	x := at.X + (owner.Size().Width-size.Width)/2
	x = max(look.Grid/2, min(x, room.Width-size.Width-look.Grid/2))
	y := at.Y + owner.Size().Height + look.Grid/2
	if y+size.Height > room.Height {
		y = max(0, at.Y-size.Height-look.Grid/2)
	}
	Place(b, x, y, size.Width, size.Height)
	t.put(b)
}

// put shows these alone. Without Refresh the window would not be painted anew.
func (t *Tips) put(objects ...fyne.CanvasObject) {
	t.layer.Objects = objects
	t.layer.Refresh()
}

// bubble draws a tip in the colours of the other variant: it lies on anything.
type bubble struct {
	widget.BaseWidget
	tip *Tip
}

func newBubble(t *Tip) *bubble {
	b := &bubble{tip: t}
	b.ExtendBaseWidget(b)
	return b
}

// tipWidth is how wide the text of a tip may be before it breaks.
const tipWidth float32 = 260

func (b *bubble) CreateRenderer() fyne.WidgetRenderer {
	box := round(look.Radius)
	key := canvas.NewText(b.tip.Shortcut, nil)
	objects := []fyne.CanvasObject{box, key}
	var lines []*canvas.Text
	for _, line := range broken(b.tip.Name, tipWidth, look.Size(theme.SizeNameCaptionText)) {
		text := canvas.NewText(line, nil)
		lines = append(lines, text)
		objects = append(objects, text)
	}
	paint := func() {
		box.FillColor = look.Color(theme.ColorNameForeground)
		for _, text := range append([]*canvas.Text{key}, lines...) {
			text.Color = look.Color(theme.ColorNameBackground)
			text.TextSize = look.Size(theme.SizeNameCaptionText)
		}
		key.Color = look.Color(look.TipKey)
	}
	gap := func() float32 {
		if b.tip.Shortcut == "" {
			return 0
		}
		return look.Grid
	}
	block := func() (size fyne.Size) {
		for _, text := range lines {
			own := text.MinSize()
			size = fyne.NewSize(max(size.Width, own.Width), size.Height+own.Height)
		}
		return size
	}
	layout := func(size fyne.Size) {
		Place(box, 0, 0, size.Width, size.Height)
		own := block()
		y := (size.Height - own.Height) / 2
		for _, text := range lines {
			h := text.MinSize().Height
			Place(text, look.Grid, y, own.Width, h)
			y += h
		}
		Place(key, look.Grid+own.Width+gap(), 0, key.MinSize().Width, size.Height)
	}
	least := func() fyne.Size {
		n, k := block(), key.MinSize()
		return fyne.NewSize(2*look.Grid+n.Width+gap()+k.Width, n.Height+look.Grid+2)
	}
	return Draw(b, least, layout, paint, objects...)
}

// broken breaks a text between words into lines that are no wider than the
// width.
func broken(text string, width, size float32) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && fyne.MeasureText(longer, size, fyne.TextStyle{}).Width > width {
			lines = append(lines, line)
			longer = word
		}
		line = longer
	}
	return append(lines, line)
}
