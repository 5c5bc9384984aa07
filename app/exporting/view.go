package exporting

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// view is what the dialog shows. It is built once; update brings it to how
// things stand.
type view struct {
	of   *Dialog
	card fyne.CanvasObject

	subtitle *parts.Text
	grid     *grid
	middle   *fyne.Container // the grid, or what is said while there is none
	out      *parts.Text     // which layers stay out
	outRow   *fyne.Container
	hint     *fyne.Container // while it runs
	ticks    *fyne.Container // the buttons below the grid
	same     *parts.Button
	notice   *fyne.Container
	shown    string // the notice that notice shows
	side     *side

	quiet, main *parts.Button
	flow        []*fyne.Container // what is laid out anew when texts change
}

func newView(d *Dialog) *view {
	v := &view{of: d, subtitle: parts.NewCaption(""), middle: container.NewStack(), out: parts.NewCaption(""), notice: container.NewStack()}
	v.out.Cut = true
	v.outRow = lead("eye-off", look.Text2, v.out)
	v.hint = lead("info", look.Info, parts.NewCaption("A credit is spent only for a finished file. A file that cannot be made costs nothing."))
	v.same = parts.NewSmallButton(parts.Quiet, "Same as last time", d.sameAsLast)
	v.ticks = container.New(layout.NewCustomPaddedHBoxLayout(look.Grid),
		parts.NewSmallButton(parts.Bordered, "Tick all layers", func() { d.change((*order).tickAll) }),
		parts.NewSmallButton(parts.Bordered, "Clear", func() { d.change((*order).clear) }), v.same)
	v.side = newSide(d)
	v.quiet = parts.NewButton(parts.Bordered, "", nil)
	v.main = parts.NewButton(parts.Primary, "", nil)
	v.card = v.layout()
	return v
}

// lead puts a small icon before a line.
func lead(icon string, c fyne.ThemeColorName, text fyne.CanvasObject) *fyne.Container {
	return container.New(leadLayout{}, newSign(icon, c), text)
}

func (v *view) layout() fyne.CanvasObject {
	d := v.of
	title := parts.NewBold("Export")
	title.SizeName = theme.SizeNameHeadingText
	head := container.New(layout.NewCustomPaddedLayout(14, 12, 24, 24), container.NewBorder(nil, nil, nil,
		container.NewCenter(parts.NewSmallIconButton("close", nil, d.Close)),
		container.New(layout.NewCustomPaddedVBoxLayout(2), title, v.subtitle)))

	price := parts.NewCaption("One credit for each layer in each format, however large it is and however it is traced.")
	text := container.New(layout.NewCustomPaddedHBoxLayout(look.Grid), container.NewCenter(price))
	if d.options.WhatAreCredits != nil {
		text.Add(container.NewCenter(parts.NewSmallButton(parts.Link, "What are credits?", d.options.WhatAreCredits)))
	}
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(12), v.quiet, v.main)
	whole := container.NewBorder(nil, nil, nil, buttons, text)
	foot := container.NewStack(
		container.New(layout.NewCustomPaddedLayout(0, 1, 1, 1), fill{name: theme.ColorNameHeaderBackground, radius: 11, below: true}.surface()),
		container.New(layout.NewCustomPaddedLayout(14, 14, 24, 24), whole))

	below := container.New(layout.NewCustomPaddedVBoxLayout(look.Grid), v.outRow, v.hint, v.notice, v.ticks)
	left := container.New(fitAbove{gap: 14}, v.middle, below)
	v.flow = []*fyne.Container{left, below, v.notice, v.ticks, whole, buttons}
	body := container.New(layout.NewCustomPaddedLayout(16, 16, 24, 24), container.New(sideBySide{side: 312, gap: 24}, left, v.side.scroll))
	return container.NewStack(
		fill{name: theme.ColorNameOverlayBackground, radius: 12, border: theme.ColorNameSeparator}.surface(),
		container.NewBorder(
			container.New(layout.NewCustomPaddedVBoxLayout(0), head, line()),
			container.New(layout.NewCustomPaddedVBoxLayout(0), line(), foot), nil, nil, body))
}

func line() fyne.CanvasObject {
	return container.New(lineLayout{}, fill{name: theme.ColorNameSeparator}.surface())
}

// rebuild makes the grid anew, for layers or formats that are others.
func (v *view) rebuild() {
	d := v.of
	if !d.loaded {
		v.middle.Objects = []fyne.CanvasObject{container.NewCenter(parts.NewCaption("Looking for formats …"))}
		v.middle.Refresh()
		return
	}
	v.grid = newGrid(&d.order, d.tick, d.tickRow, d.openForm, d.Close)
	v.middle.Objects = []fyne.CanvasObject{v.grid}
	v.middle.Refresh()
	v.update()
}

// update brings everything to how things stand.
func (v *view) update() {
	d := v.of
	m := d.stage.Map()
	v.subtitle.SetText(fmt.Sprintf("%s · %g × %g mm · 1 : %s", m.Title, m.Boards.Width, m.Boards.Height, words.Number(int(m.View.Scale+0.5))))
	q := d.order.quote()
	asked, faces, busy := &d.order, func(p place) face { return d.face(p, q) }, func(*layer) bool { return false }
	if d.run != nil {
		asked, faces, busy = &d.run.asked, d.run.face, d.run.busy
	}
	if v.grid != nil && len(v.grid.layers) == len(asked.layers) && len(v.grid.heads) == len(asked.formats) {
		v.grid.show(asked, faces, busy)
	}
	v.updateBelow()
	v.side.update(q)
	v.updateButtons(q)
	relay(v.flow)
}

// face is what a cell shows while the maker chooses.
func (d *Dialog) face(p place, q quote) face {
	l, f := d.order.layer(p.layer), d.order.format(p.format)
	if why := d.order.refusal(l, f); why != "" {
		return face{stand: refused, text: why}
	}
	if !d.order.ticked[p] {
		return face{}
	}
	cost, known := d.order.prices[p]
	switch {
	case !known:
		return face{stand: pricing}
	case cost.credits == 0:
		return face{stand: freeAgain}
	case !q.fits[p]:
		return face{stand: beyond}
	case q.unlimited:
		return face{stand: counted}
	}
	return face{stand: quoted}
}

func (v *view) updateBelow() {
	d := v.of
	choosing := d.run == nil
	out := v.staysOut()
	v.out.SetText(out)
	show(v.outRow, out != "")
	show(v.hint, d.Running())
	show(v.ticks, choosing && d.loaded)
	show(v.same, len(d.last.Layers) > 0)
	said := ""
	if d.said != nil {
		said = d.said.Title + "\n" + d.said.Text
	}
	if said != v.shown {
		v.shown = said
		v.notice.Objects = nil
		if d.said != nil {
			v.notice.Objects = []fyne.CanvasObject{noticeCard(*d.said)}
		}
		v.notice.Refresh()
	}
	show(v.notice, d.said != nil)
}

// staysOut names the hidden layers and the helper lines that are not exported.
func (v *view) staysOut() string {
	d := v.of
	var hidden, guides []string
	for i := range d.order.layers {
		if l := &d.order.layers[i]; l.hidden && !d.order.wanted(l.id) {
			hidden = append(hidden, l.name)
		}
	}
	for _, l := range d.stage.Map().Layers {
		if l.Operation == artwork.Guide {
			guides = append(guides, l.Name)
		}
	}
	return staysOut(hidden, guides)
}

func (v *view) updateButtons(q quote) {
	d := v.of
	switch {
	case d.Running():
		set(v.quiet, "Cancel the rest", d.cancel, true)
		set(v.main, "Keep working", d.keepWorking, true)
	case d.run != nil:
		set(v.quiet, "Export again", d.again, true)
		set(v.main, "Done", d.Close, true)
	default:
		set(v.quiet, "Cancel", d.Close, true)
		ready := len(q.places) > 0 && q.priced && len(q.fits) > 0 && len(d.order.blocked()) == 0
		set(v.main, q.button(), d.affordable, ready)
	}
}

func set(b *parts.Button, label string, do func(), enabled bool) {
	b.OnTapped = do
	b.SetLabel(label)
	switch {
	case enabled && b.Disabled():
		b.Enable()
	case !enabled && !b.Disabled():
		b.Disable()
	}
}

func show(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}

// receive shows what a run that ended has to show for it.
func (v *view) receive(r *run) { v.side.prove(r) }

func (v *view) dropProofs() { v.side.dropProofs() }
