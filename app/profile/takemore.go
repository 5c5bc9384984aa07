package profile

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// stepper is a number of credits, with − and +.
type stepper struct {
	*fyne.Container
	value, most int
	entry       *entry
	less, more  *button
	changed     func()
}

func newStepper(value, most int, escape func()) *stepper {
	s := &stepper{most: most, entry: newEntry("", escape), changed: func() {}}
	s.less = newButton("−", widget.MediumImportance, func() { s.set(s.value - 1) }, escape)
	s.more = newButton("+", widget.MediumImportance, func() { s.set(s.value + 1) }, escape)
	s.entry.OnChanged = func(text string) {
		if n, err := strconv.Atoi(text); err == nil && n != s.value {
			s.set(n)
		}
	}
	width := container.New(wide(64), s.entry)
	s.Container = container.New(layout.NewCustomPaddedHBoxLayout(look.Grid), s.less, width, s.more)
	s.set(value)
	return s
}

// set changes the number within its bounds.
func (s *stepper) set(n int) {
	s.value = max(0, min(n, s.most))
	s.entry.SetText(strconv.Itoa(s.value))
	enable(s.less, s.value > 0)
	enable(s.more, s.value < s.most)
	s.changed()
}

func enable(b *button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// takeMore asks how many credits this computer keeps, to be spent without a
// connection, and fetches them or gives them back.
func (c *Corner) takeMore() {
	b := c.facts.purse.Balance
	if b.Unlimited {
		c.SyncNow() // which extends the lease
		return
	}
	c.CloseMenu()
	c.askReserve(b)
}

func (c *Corner) askReserve(b workshop.Balance) *stepper {
	most := b.OnDevice + b.Available
	var s *sheet
	leave := func() { s.close() }
	steps := newStepper(min(b.OnDevice+5, most), most, leave)
	rest := parts.NewCaption("")
	steps.changed = func() {
		rest.SetText(fmt.Sprintf("%d stay on the server for your other computers.", most-steps.value))
	}
	steps.changed()
	keep := func() {
		s.close()
		c.reserve(steps.value)
	}
	steps.entry.OnSubmitted = func(string) { keep() }
	body := stack(
		flush("Credits on this computer can be spent without a connection. How many should it keep?", theme.ColorNameForeground),
		space(12), container.New(layout.NewCustomPaddedHBoxLayout(look.Grid), steps.Container, middle(parts.NewText("of "+count(most, "credit")))), space(6), rest)
	s = newSheet(c.win, 440, "Ready offline", body,
		newButton("Cancel", widget.MediumImportance, leave, leave),
		newButton("Keep them here", widget.HighImportance, keep, leave))
	s.show()
	c.win.Canvas().Focus(steps.entry)
	steps.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	return steps
}

func (c *Corner) reserve(n int) {
	ask := func(ctx context.Context) (workshop.Purse, error) { return c.shop.Reserve(ctx, n) }
	c.do("reserve", ask, func(_, after facts, err error) {
		if err != nil {
			c.o.Notify(stage.Problem("Nothing was moved", err))
			return
		}
		b := after.purse.Balance
		until := ""
		if !b.SpendUntil.IsZero() {
			until = ", until " + day(b.SpendUntil, c.now())
		}
		c.o.Notify(stage.Notice{
			Kind: stage.KindDone, Title: fmt.Sprintf("%s ready offline", count(b.OnDevice, "credit")),
			Text: "They can be spent on this computer without a connection" + until + ".",
		})
	})
}

// wide gives one object a width of its own.
type wide float32

func (w wide) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := o[0].MinSize().Height
	parts.Place(o[0], 0, (size.Height-h)/2, size.Width, h)
}

func (w wide) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(float32(w), o[0].MinSize().Height)
}
