package start

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"github.com/paulmach/orb"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/start/world"
	"github.com/mapwright/mapwright/internal/carto"
)

// The tabs: ways to say which place.
const (
	tabWorld = iota
	tabFile
	tabCoordinates
)

// middle is where the place is chosen: the world, and above it the tabs.
type middle struct {
	page   *Page
	object fyne.CanvasObject

	tabs     *parts.Segmented
	world    *world.Map
	overview *world.Overview
	frame    *parts.IconButton
	pan      *parts.IconButton
	zoom     *parts.Text
	strip    *fyne.Container // right of the tabs
	floats   *fyne.Container // the cards over the world
	filed    *filePanel
	coords   *coords

	from   carto.View // as it was when a drag began
	boards carto.Boards
}

func newMiddle(p *Page) *middle {
	m := &middle{page: p, world: world.New(p.loop)}
	m.overview = world.NewOverview(p.loop, m.world)
	m.world.OnBegin = func() { m.from, m.boards = p.view, p.form.boards() }
	m.world.OnFrame = func(center orb.Point, grow float64) {
		if p.usable {
			p.put(moved(m.from, m.boards, center, grow))
		}
	}
	m.world.OnEnd = m.named
	m.zoom = parts.NewText("1.0 ×")
	m.zoom.Align = fyne.TextAlignCenter
	m.world.OnLook = func() {
		m.zoom.SetText(zoomed(m.world.Zoom()))
		m.overview.Refresh()
	}
	m.tabs = parts.NewSegmented([]parts.Segment{{Label: "World map"}, {Label: "File"}, {Label: "Coordinates"}}, m.turn)
	m.filed = newFilePanel(p)
	m.coords = newCoords(p)
	m.strip = container.NewStack(m.filed.strip)
	bar := container.New(layout.NewCustomPaddedLayout(10, 10, 2*look.Grid, 2*look.Grid),
		container.NewBorder(nil, nil, container.NewCenter(m.tabs), nil,
			container.New(layout.NewCustomPaddedLayout(0, 0, 2*look.Grid, 0), m.strip)))
	m.floats = m.floating()
	clip := container.NewClip(m.world)
	clip.ExtendBaseWidget(clip) // or it would not hear of its size before it is drawn
	m.object = newTight(tight{
		top: newTight(tight{bottom: rule(), rest: bar}), left: rule(),
		rest: container.NewStack(clip, m.floats),
	})
	m.turn(tabWorld)
	return m
}

// floating lays the cards out that float over the world.
func (m *middle) floating() *fyne.Container {
	tip := func(name, key string) *parts.Tip {
		return &parts.Tip{Tips: m.page.options.Tips, Name: name, Shortcut: key}
	}
	m.pan = parts.NewIconButton("pan", tip("Move the world", ""), func() { m.use(world.ToolPan) })
	m.frame = parts.NewIconButton("frame", tip("Draw or move the frame", ""), func() { m.use(world.ToolFrame) })
	m.use(world.ToolFrame)
	tools := parts.NewCard(container.New(layout.NewCustomPaddedVBoxLayout(4), m.pan, m.frame), 4)
	source := parts.NewCard(container.New(layout.NewCustomPaddedLayout(2, 2, 6, 6), parts.NewCaption("Outlines built in: Natural Earth")), 3)
	zoom := parts.NewCard(container.NewHBox(
		parts.NewIconButton("minus", tip("Smaller", "−"), func() { m.world.ZoomBy(1 / 1.5) }),
		container.NewGridWrap(fyne.NewSize(64, look.ToolSize), m.zoom),
		parts.NewIconButton("plus", tip("Larger", "+"), func() { m.world.ZoomBy(1.5) }),
		parts.NewIconButton("fit", tip("Show the frame", "F"), m.world.ShowFrame),
	), 2)
	small := parts.NewCard(m.overview, 4)
	row := func(left, right fyne.CanvasObject) fyne.CanvasObject {
		return container.NewHBox(left, layout.NewSpacer(), right)
	}
	bottom := func(o fyne.CanvasObject) fyne.CanvasObject { return container.NewVBox(layout.NewSpacer(), o) }
	top := func(o fyne.CanvasObject) fyne.CanvasObject { return container.NewVBox(o) }
	return container.New(layout.NewCustomPaddedLayout(2*look.Grid, 2*look.Grid, 2*look.Grid, 2*look.Grid), container.NewStack(
		container.NewBorder(
			row(container.NewHBox(top(tools), room(2*look.Grid, 1), top(m.coords.card)), top(source)),
			row(small, bottom(zoom)), nil, nil,
		),
		container.NewCenter(m.filed.card),
	))
}

// use takes a tool.
func (m *middle) use(t world.Tool) {
	m.world.SetTool(t)
	m.pan.SetSelected(t == world.ToolPan)
	m.frame.SetSelected(t == world.ToolFrame)
	m.world.Refresh()
}

// show turns to a tab.
func (m *middle) show(tab int) {
	m.tabs.Reflect(tab)
	m.turn(tab)
}

// turn shows what belongs to a tab.
func (m *middle) turn(tab int) {
	show := func(o fyne.CanvasObject, on bool) {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
	show(m.coords.card, tab == tabCoordinates)
	m.filed.show(tab == tabFile)
	if tab == tabCoordinates {
		m.coords.reflect()
	}
	relayout(m.floats)
	relayout(m.strip)
}

// named proposes the country in the middle of the frame as the map's name.
func (m *middle) named() {
	if m.page.file == nil {
		m.page.form.propose(m.world.Name(m.page.view.Center))
	}
}

// load takes a file of map data.
func (m *middle) load(path string) { m.filed.load(path) }

// choose asks for a file of map data.
func (m *middle) choose() { m.filed.choose() }
