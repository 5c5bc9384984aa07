package exporting

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/internal/carto"
)

// checks lists what the check found in the ticked layers. A tap on a line shows
// the whole finding.
type checks struct {
	of     *Dialog
	object *fyne.Container
	lines  *fyne.Container
	shown  []checkLine
	open   int // the line that shows all, -1 for none
	run    bool
}

func newChecks(d *Dialog) *checks {
	c := &checks{of: d, open: -1, lines: container.New(layout.NewCustomPaddedVBoxLayout(0))}
	c.object = container.New(layout.NewCustomPaddedVBoxLayout(4), parts.NewSection("Checks of the ticked layers", parts.NewCaption("free")), c.lines)
	return c
}

// same tells whether two lines say the same.
func (l checkLine) same(m checkLine) bool {
	return l.text == m.text && l.more == m.more && l.severity == m.severity && l.blocks == m.blocks
}

func (c *checks) update() {
	o, run := &c.of.order, c.of.run != nil
	if run {
		o = &c.of.run.asked
	}
	lines := o.checkLines()
	show(c.object, len(lines) > 0 && (!run || !c.of.run.over()))
	if run == c.run && slices.EqualFunc(lines, c.shown, checkLine.same) {
		return
	}
	c.shown, c.run, c.open = lines, run, -1
	c.build()
}

// flow is what is laid out anew when texts change.
func (c *checks) flow() []*fyne.Container { return []*fyne.Container{c.object, c.lines} }

func (c *checks) build() {
	c.lines.RemoveAll()
	for i, l := range c.shown {
		c.lines.Add(line())
		c.lines.Add(c.row(i, l))
	}
	c.lines.Add(line())
}

func (c *checks) row(i int, l checkLine) fyne.CanvasObject {
	text := parts.NewText(l.text)
	text.Cut = true
	var mark, right fyne.CanvasObject = newSign("check", theme.ColorNameSuccess), layout.NewSpacer()
	if l.severity != 0 {
		mark = parts.NewSeverityMark(l.severity, parts.Small)
	} else {
		ready := parts.NewCaption("ready")
		right = ready
	}
	if l.blocks && !c.run {
		id := l.layer.id
		right = parts.NewSmallButton(parts.Plain, "Untick", func() { c.of.change(func(o *order) { o.untick(id) }) })
	}
	body := container.New(ends{gap: look.Grid}, container.New(leadLayout{}, mark, text), right)
	row := container.New(layout.NewCustomPaddedLayout(5, 5, 0, 0), body)
	if l.more == "" {
		return container.New(least{34}, row)
	}
	tapped := parts.NewRow(container.New(least{34}, row), func() { c.toggle(i) })
	if c.open != i {
		return container.New(least{34}, tapped)
	}
	return container.New(layout.NewCustomPaddedVBoxLayout(0), container.New(least{34}, tapped),
		container.New(layout.NewCustomPaddedLayout(0, 8, look.SmallIcon+look.Grid, 0), container.New(outdent{}, parts.NewParagraph(l.more, look.Text2))))
}

// toggle shows the whole of a finding, or hides it.
func (c *checks) toggle(i int) {
	if c.open == i {
		i = -1
	}
	c.open = i
	c.build()
	c.of.update()
}

// untick takes a layer out of all formats.
func (o *order) untick(id carto.LayerID) {
	for i := range o.formats {
		o.tick(place{id, o.formats[i].id}, false)
	}
}

// least gives its object at least a height, and no more than it needs.
type least struct{ height float32 }

func (l least) Layout(o []fyne.CanvasObject, size fyne.Size) {
	parts.Place(o[0], 0, 0, size.Width, size.Height)
}

func (l least) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(1, l.height)
}
