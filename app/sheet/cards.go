package sheet

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
)

// cards float above the sheet: the tools, the zoom, what is being drawn, and
// the invitation of an empty map.
type cards struct {
	sheet  *Sheet
	object fyne.CanvasObject
	rows   *fyne.Container

	tools   map[stage.Tool]*parts.IconButton
	percent *parts.Text
	state   *fyne.Container
	stale   *parts.Text
	stop    *parts.Button
	empty   *fyne.Container
	hint    *parts.Card
	goal    *parts.Text // what a tool draws, and into which layer
	hinted  *parts.Text

	waiting  bool
	laidOut  [3]bool // what was hidden when the cards were laid out
	laidText [3]string
}

// toolButtons are the tools in their order; an empty icon is a line between.
var toolButtons = []struct {
	tool           stage.Tool
	icon, name, at string
}{
	{stage.ToolSelect, "select", "Select and move", "V"},
	{stage.ToolPan, "pan", "Pan", "H, or hold Space"},
	{icon: ""},
	{stage.ToolPoint, "point", "Draw a point", "P"},
	{stage.ToolLine, "line", "Draw a line", "L"},
	{stage.ToolPolygon, "polygon", "Draw an area", "G"},
	{icon: ""},
	{stage.ToolVertices, "vertices", "Move, add and delete points", "N"},
}

func newCards(h *Sheet) *cards {
	c := &cards{sheet: h, tools: map[stage.Tool]*parts.IconButton{}}
	tip := func(name, shortcut string) *parts.Tip {
		return &parts.Tip{Tips: h.options.Tips, Name: name, Shortcut: shortcut}
	}
	tools := container.NewVBox()
	for _, b := range toolButtons {
		if b.icon == "" {
			tools.Add(widget.NewSeparator())
			continue
		}
		c.tools[b.tool] = parts.NewIconButton(b.icon, tip(b.name, b.at), func() { h.stage.SetTool(b.tool) })
		tools.Add(c.tools[b.tool])
	}
	c.percent = parts.NewText("100 %")
	zoom := container.NewHBox(
		parts.NewSmallIconButton("minus", tip("Zoom out", "−"), func() { h.ZoomBy(1 / zoomStep) }),
		container.NewGridWrap(fyne.NewSize(56, 28), container.NewCenter(c.percent)),
		parts.NewSmallIconButton("plus", tip("Zoom in", "+"), func() { h.ZoomBy(zoomStep) }),
		parts.NewSmallIconButton("fit", tip("Show the whole board", "F"), h.Fit),
	)
	c.stale = parts.NewText("Drawing …")
	c.stop = parts.NewSmallButton(parts.Plain, "Stop", c.tapped)
	c.state = container.NewHBox(parts.NewCard(container.NewHBox(container.NewCenter(c.stale), c.stop), 4))
	c.goal, c.hinted = parts.NewBold(""), parts.NewText("")
	c.goal.Cut, c.hinted.Cut = true, true
	c.hint = parts.NewCard(container.New(layout.NewCustomPaddedVBoxLayout(2), c.goal, c.hinted), 8)
	c.empty = c.invitation()
	at := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedLayout(12, 12, 14, 14), o)
	}
	ruled := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedLayout(rulerSize, 0, rulerWidth, 0), o)
	}
	c.rows = container.NewStack(
		container.NewCenter(c.empty),
		container.NewHBox(container.NewVBox(parts.NewCard(tools, 4))),
		container.NewVBox(container.NewHBox(layout.NewSpacer(), c.state, layout.NewSpacer())),
		container.NewVBox(layout.NewSpacer(), container.New(foot{[]*parts.Text{c.goal, c.hinted}}, c.hint, parts.NewCard(zoom, 4))),
	)
	c.object = ruled(at(c.rows))
	c.update()
	return c
}

// invitation is what an empty map shows on its board.
func (c *cards) invitation() *fyne.Container {
	add := parts.NewButton(parts.Primary, "Add data", func() {
		if c.sheet.options.Add != nil {
			c.sheet.options.Add()
		}
	})
	icon := widget.NewIcon(look.Icon("add-data"))
	return container.NewVBox(parts.NewCard(container.NewVBox(
		container.NewCenter(icon),
		container.NewCenter(parts.NewBold("Drop a file here")),
		container.NewCenter(parts.NewCaption("OpenStreetMap (.osm.pbf, .osm), GeoJSON")),
		container.NewCenter(add),
	), 16))
}

// hints say how a tool is used.
var hints = map[stage.Tool]string{
	stage.ToolPoint:    "Click where it is to be",
	stage.ToolLine:     "Click each point · double click or Enter ends it · Backspace undoes one",
	stage.ToolPolygon:  "Click each corner · double click or Enter ends it · Backspace undoes one",
	stage.ToolVertices: "Drag a point · double click an edge adds one · Delete removes one",
}

// goals say what a tool draws.
var goals = map[stage.Tool]string{
	stage.ToolPoint: "A point", stage.ToolLine: "A line", stage.ToolPolygon: "An area",
}

// goalOf says what a tool draws, and into which layer.
func (c *cards) goalOf(t stage.Tool) string {
	what, draws := goals[t]
	if !draws {
		return ""
	}
	if layer, ok := c.sheet.target(); ok {
		return what + " in " + layer.Name
	}
	return what + " in a new layer, " + ownLayer
}

// update shows the tool and how far the drawing is.
func (c *cards) update() {
	h := c.sheet
	s := h.stage
	for t, b := range c.tools {
		b.SetSelected(t == s.Tool())
	}
	c.goal.SetText(c.goalOf(s.Tool()))
	c.goal.Hidden = c.goal.Text == ""
	c.hinted.SetText(hints[s.Tool()])
	c.hint.Hidden = hints[s.Tool()] == ""
	c.empty.Hidden = len(s.Map().Layers) > 0
	switch {
	case s.DrawError() != nil && !s.Drawing():
		c.stale.SetText("This map can't be drawn as it is: see the layer's panel")
		c.stop.SetLabel("Try again")
	case s.Drawing():
		c.stale.SetText("Drawing …")
		c.stop.SetLabel("Stop")
	case s.Stale():
		c.stale.SetText("Not drawn anew: you see an earlier state")
		c.stop.SetLabel("Draw")
	}
	switch {
	case !s.Stale():
		c.state.Hide()
	case !s.Drawing():
		c.state.Show()
	default:
		c.showLater()
	}
	c.relayout()
	c.zoomed()
}

// patience is how long a drawing takes before the sheet speaks of it.
const patience = 300 * time.Millisecond

// showLater tells that a drawing is being made, if it still is by then.
func (c *cards) showLater() {
	if c.waiting {
		return
	}
	c.waiting = true
	l := c.sheet.stage.Loop()
	l.Go(func(ctx context.Context) {
		timer := time.NewTimer(patience)
		defer timer.Stop()
		select {
		case <-ctx.Done():
		case <-timer.C:
			l.UI("drawing", func() {
				c.waiting = false
				if c.sheet.stage.Stale() {
					c.state.Show()
					c.relayout()
				}
			})
		}
	})
}

// relayout makes room for what came, where something came or went.
func (c *cards) relayout() {
	now := [...]bool{c.hint.Hidden, c.state.Hidden, c.empty.Hidden}
	texts := [...]string{c.goal.Text, c.hinted.Text, c.stale.Text}
	if now == c.laidOut && texts == c.laidText {
		return
	}
	c.laidOut, c.laidText = now, texts
	for _, o := range c.rows.Objects {
		o.Refresh()
	}
}

// tapped stops the drawing, or begins it again.
func (c *cards) tapped() {
	if c.sheet.stage.Drawing() {
		c.sheet.stage.StopDrawing()
		return
	}
	c.sheet.stage.DrawAgain()
}

func (c *cards) zoomed() {
	text := fmt.Sprintf("%.0f %%", c.sheet.view.percent())
	if c.sheet.view.percent() < 10 {
		text = fmt.Sprintf("%.1f %%", c.sheet.view.percent())
	}
	c.percent.SetText(text)
}
