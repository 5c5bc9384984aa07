// Package start is the page that a map begins on: a place on Earth, a board,
// and what the map starts with; or a map that is there already. It makes no map
// itself.
package start

import (
	"context"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// Shop makes maps and knows those that were made; *workshop.Workshop does.
type Shop interface {
	New(ctx context.Context, n workshop.NewMap) (workshop.Made, error)
	SampleMap(ctx context.Context, path string) (workshop.Made, error)
	LookAtSource(ctx context.Context, path string) (workshop.SourceFile, error)
	SourceExtent(ctx context.Context, path string) (orb.Bound, error)
	Settings(ctx context.Context) (workshop.Settings, error)
	ChangeSettings(ctx context.Context, change func(*workshop.Settings)) (workshop.Settings, error)
	Thumbnail(ctx context.Context, path string) (string, error)
	MapsFolder() string
}

// Options say what the page leads to.
type Options struct {
	// Opened is called when a map is to be shown; bring is map data that is to
	// be added to it at once, nil for none. Required.
	Opened func(path string, bring *workshop.Import)
	// Back leads to the map that is open behind the page, and OpenMap names it,
	// "" where there is none. Without both there is no way back.
	Back    func()
	OpenMap func() string
	// Notify shows what the page has to say; nil drops it.
	Notify func(stage.Notice)
	Tips   *parts.Tips      // may be nil
	Clock  func() time.Time // nil: the computer's
}

// Page fills the window below the top bar.
type Page struct {
	widget.BaseWidget
	win     fyne.Window
	loop    *loop.Loop
	shop    Shop
	options Options
	home    string

	left   *left
	middle *middle
	form   *form
	whole  fyne.CanvasObject

	place  place
	view   carto.View
	usable bool // place and board make a view
	file   *file
}

// firstPlace is looked at until another one is chosen: Iceland.
var firstPlace = orb.Bound{Min: orb.Point{-25.2, 62.9}, Max: orb.Point{-12.9, 66.9}}

// New gives the page of a window.
func New(win fyne.Window, l *loop.Loop, shop Shop, o Options) *Page {
	if o.Notify == nil {
		o.Notify = func(stage.Notice) {}
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	p := &Page{win: win, loop: l, shop: shop, options: o, place: place{box: firstPlace}}
	p.home, _ = os.UserHomeDir() // it only shortens what is shown
	p.form = newForm(p)
	p.middle = newMiddle(p)
	p.left = newLeft(p)
	p.whole = container.New(columns{}, p.left.object, p.middle.object, p.form.object)
	p.ExtendBaseWidget(p)
	p.fit()
	p.middle.world.ShowFrame()
	win.Canvas().AddShortcut(makeShortcut(), func(fyne.Shortcut) {
		if p.onShow() && win.Canvas().Overlays().Top() == nil {
			p.form.make()
		}
	})
	return p
}

func makeShortcut() fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault}
}

// onShow tells whether the page is in the window.
func (p *Page) onShow() bool {
	var in func(o fyne.CanvasObject) bool
	in = func(o fyne.CanvasObject) bool {
		if o == fyne.CanvasObject(p) {
			return true
		}
		if c, ok := o.(*fyne.Container); ok && c.Visible() {
			for _, child := range c.Objects {
				if in(child) {
					return true
				}
			}
		}
		return false
	}
	return p.Visible() && in(p.win.Content())
}

// ShowNew begins a new map: the place is looked at again.
func (p *Page) ShowNew() {
	p.middle.show(tabWorld)
	p.win.Canvas().Focus(p.form.name)
}

// ShowNewFrom begins a map of the place of a file of map data, and of what is
// in it.
func (p *Page) ShowNewFrom(path string) {
	p.middle.show(tabFile)
	p.middle.load(path)
}

// ChooseMap asks for a map and opens it.
func (p *Page) ChooseMap() { chooseMap(p) }

// Refresh reads the recent maps again and takes the colours of the window.
func (p *Page) Refresh() {
	p.left.reload()
	p.BaseWidget.Refresh()
}

// CreateRenderer lays the page out.
func (p *Page) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	p.left.reload()
	return widget.NewSimpleRenderer(p.whole)
}

// fit puts the place on the board and shows what comes of it.
func (p *Page) fit() {
	boards := p.form.boards()
	view, notes, err := p.place.on(boards, p.form.rotation())
	p.usable = err == nil
	if err != nil {
		p.form.say(sentence(err), theme.ColorNameError)
		p.form.scale.SetText("–")
		return
	}
	p.view = view
	p.form.scale.SetText(ratio(view.Scale))
	note := ""
	for _, n := range notes {
		note += n + " "
	}
	p.form.say(note, theme.ColorNameWarning)
	frame, err := frameOf(view, boards)
	if err != nil {
		p.usable = false
		p.form.say(sentence(err), theme.ColorNameError)
		return
	}
	p.middle.world.SetFrame(frame)
	p.middle.coords.reflect()
}

// reshape puts the place on a board of another size or shape, which may reach
// out of what shows of the world.
func (p *Page) reshape() {
	p.fit()
	p.middle.world.KeepFrame()
}

// put takes another place.
func (p *Page) put(to place) {
	p.place = to
	p.fit()
}

// columns are the three of the page: both sides as wide as they are drawn, the
// middle with what is left.
type columns struct{}

const (
	leftWidth  = 288
	rightWidth = 336
)

func (columns) Layout(o []fyne.CanvasObject, size fyne.Size) {
	middle := max(0, size.Width-leftWidth-rightWidth)
	x := float32(0)
	for i, w := range []float32{leftWidth, middle, rightWidth} {
		o[i].Move(fyne.NewPos(x, 0))
		o[i].Resize(fyne.NewSize(w, size.Height))
		x += w
	}
}

func (columns) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(leftWidth+rightWidth+320, 420)
}

// relayout lays out again what is in a container after something in it was
// shown, hidden or made larger.
func relayout(c *fyne.Container) {
	if c == nil {
		return
	}
	if c.Layout != nil {
		c.Layout.Layout(c.Objects, c.Size())
	}
	for _, o := range c.Objects {
		if inner, ok := o.(*fyne.Container); ok {
			relayout(inner)
		}
	}
}

// tight puts something above, left of and below the rest, without Fyne's space
// between them; what is missing is nil.
type tight struct{ top, left, bottom, rest fyne.CanvasObject }

func newTight(t tight) *fyne.Container {
	c := container.New(t)
	for _, o := range []fyne.CanvasObject{t.rest, t.top, t.bottom, t.left} {
		if o != nil {
			c.Add(o)
		}
	}
	return c
}

func least(o fyne.CanvasObject) fyne.Size {
	if o == nil {
		return fyne.Size{}
	}
	return o.MinSize()
}

func (t tight) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	top, left, bottom := least(t.top), least(t.left), least(t.bottom)
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		if o != nil {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(w, h))
		}
	}
	width := size.Width - left.Width
	put(t.left, 0, 0, left.Width, size.Height)
	put(t.top, left.Width, 0, width, top.Height)
	put(t.bottom, left.Width, size.Height-bottom.Height, width, bottom.Height)
	put(t.rest, left.Width, top.Height, width, size.Height-top.Height-bottom.Height)
}

func (t tight) MinSize([]fyne.CanvasObject) fyne.Size {
	top, left, bottom, rest := least(t.top), least(t.left), least(t.bottom), least(t.rest)
	return fyne.NewSize(left.Width+max(top.Width, bottom.Width, rest.Width), top.Height+bottom.Height+rest.Height)
}

// rule is a line between two parts of the page.
func rule() fyne.CanvasObject { return widget.NewSeparator() }

// room keeps space.
func room(w, h float32) fyne.CanvasObject {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(w, h))
	r.FillColor = look.Color("none")
	return r
}
