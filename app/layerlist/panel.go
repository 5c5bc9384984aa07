// Package layerlist is the left column of the window: the layers of the map
// from the top to the bottom, its boards, and what they are burned with. It asks the stage for every
// change and draws nothing of the map.
package layerlist

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/words"
)

// Width is the least width of the column.
const Width float32 = 248

// foldBelow is the height of the column under which the board's figures are
// folded away: that of a window of 800 px.
const foldBelow = 800 - look.TopBar - look.StatusBar

// Options are what a panel may get beside the stage.
type Options struct {
	Tips *parts.Tips
	// AddData lets the person choose a file; nil where there is no such way.
	AddData func()
}

// Panel is the column.
type Panel struct {
	widget.BaseWidget

	win     fyne.Window
	stage   *stage.Stage
	options Options

	count  *parts.Text
	list   *list
	scroll *container.Scroll
	empty  fyne.CanvasObject
	board  *board
	burner *machine
	root   fyne.CanvasObject
	high   bool // the column was high enough for the board when it was laid out last
	laid   bool
}

// New gives the column of a stage. The window is where menus open.
func New(win fyne.Window, s *stage.Stage, o Options) *Panel {
	p := &Panel{win: win, stage: s, options: o, count: parts.NewCaption("")}
	p.list = newList(p)
	p.scroll = container.NewVScroll(p.list)
	p.empty = p.newEmpty()
	p.board = newBoard(s, o.Tips)
	p.burner = newMachine(s, o.Tips)
	// There is no room for both beside the layers.
	p.board.fold.opened = func() { p.burner.fold.SetOpen(false) }
	p.burner.fold.opened = func() { p.board.fold.SetOpen(false) }
	p.root = container.NewBorder(p.head(), container.NewVBox(p.board.root, p.burner.root), nil, nil, container.NewStack(p.scroll, p.empty))
	p.ExtendBaseWidget(p)
	p.show()
	s.OnChange(func(c stage.Change) {
		if c.Has(stage.MapChanged | stage.SelectionChanged | stage.LookChanged) {
			p.show()
		}
		if c.Has(stage.CheckedChanged) {
			p.burner.show()
		}
	})
	return p
}

func (p *Panel) head() fyne.CanvasObject {
	tip := func(name, key string) *parts.Tip {
		return &parts.Tip{Tips: p.options.Tips, Name: name, Shortcut: key}
	}
	add := parts.NewSmallIconButton("plus", tip("Add a layer", ""), nil)
	add.OnTapped = func() { p.open(p.addMenu(), below(add)) }
	more := parts.NewSmallIconButton("more", tip("More", ""), nil)
	more.OnTapped = func() { p.open(p.mapMenu(), below(more)) }
	title := parts.NewHeading("Layers")
	row := container.NewHBox(container.NewCenter(title), container.NewCenter(p.count), layout.NewSpacer(),
		container.NewCenter(add), container.NewCenter(more))
	return container.New(layout.NewCustomPaddedLayout(look.Grid, look.Grid, 2*look.Grid, look.Grid), row)
}

// newEmpty says what to do where there is no layer.
func (p *Panel) newEmpty() fyne.CanvasObject {
	text := parts.NewParagraph("This map has no layers yet. Add map data from a file, or start with an empty layer and draw into it.", look.Text2)
	box := container.NewVBox(text)
	if p.options.AddData != nil {
		box.Add(offered(parts.NewSmallButton(parts.Primary, "Add data", p.options.AddData)))
	}
	box.Add(offered(parts.NewSmallButton(parts.Plain, "Empty layer", p.Add)))
	box.Add(offered(parts.NewSmallButton(parts.Plain, "Frame and text", p.AddFurniture)))
	return container.New(layout.NewCustomPaddedLayout(0, 0, look.Grid, look.Grid), box)
}

// offered lines a button up with the text above it.
func offered(b *parts.Button) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, look.Grid, 0), container.NewHBox(b))
}

// show takes over what the stage says.
func (p *Panel) show() {
	m := p.stage.Map()
	p.count.SetText(words.Number(len(m.Layers)))
	p.list.show()
	if len(m.Layers) == 0 {
		p.empty.Show()
		p.scroll.Hide()
	} else {
		p.empty.Hide()
		p.scroll.Show()
	}
	p.board.show()
}

// Resize lays the column out. The board's figures fold away when the window
// becomes low, and come back when it is high again.
func (p *Panel) Resize(size fyne.Size) {
	if high := size.Height >= foldBelow; high != p.high || !p.laid {
		p.high, p.laid = high, true
		p.board.fold.SetOpen(high)
	}
	p.BaseWidget.Resize(size)
}

// Refresh shows the column anew, in the colours of the window as it is now.
func (p *Panel) Refresh() {
	p.list.Refresh()
	p.BaseWidget.Refresh()
}

// MinSize is that of a narrow column; the list scrolls.
func (p *Panel) MinSize() fyne.Size {
	p.ExtendBaseWidget(p)
	return p.BaseWidget.MinSize().Max(fyne.NewSize(Width, 0))
}

// CreateRenderer draws the column.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return widget.NewSimpleRenderer(p.root)
}

// rule is a line between the list and what lies below.
func rule() fyne.CanvasObject { return widget.NewSeparator() }

func below(o fyne.CanvasObject) fyne.Position {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	return at.AddXY(0, o.Size().Height+look.Size(theme.SizeNamePadding))
}

// open shows a menu.
func (p *Panel) open(m *fyne.Menu, at fyne.Position) {
	widget.ShowPopUpMenuAtPosition(m, p.win.Canvas(), at)
}
