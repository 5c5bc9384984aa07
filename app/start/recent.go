package start

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/internal/workshop"
)

// recent is a row of the recent maps.
type recent struct {
	workshop.RecentMap
	row     *parts.Row
	picture *canvas.Image
}

// The size of a small picture, Fyne's pixels.
const pictureWidth, pictureHeight = 72, 56

func newRecent(p *Page, m workshop.RecentMap) *recent {
	r := &recent{RecentMap: m, picture: &canvas.Image{FillMode: canvas.ImageFillCover, CornerRadius: look.Radius - 2}}
	r.picture.Hide()
	title, size, opened := parts.NewBold(m.Title), parts.NewCaption(board(m.Width, m.Height)), parts.NewCaption(when(m.OpenedAt, p.options.Clock()))
	title.Cut = true
	text := container.New(layout.NewCustomPaddedVBoxLayout(0), title, size, opened)
	pic := container.NewGridWrap(fyne.NewSize(pictureWidth, pictureHeight), container.NewStack(newSurface(look.Sheet), r.picture))
	r.row = parts.NewRow(container.New(layout.NewCustomPaddedLayout(look.Grid, look.Grid, 2*look.Grid, 2*look.Grid),
		container.NewBorder(nil, nil, container.NewHBox(pic, room(look.Grid/2, 1)), nil, container.New(centred{}, text))),
		func() { p.left.open(m) })
	r.row.OnSecondary = func(e *fyne.PointEvent) {
		menu := widget.NewPopUpMenu(fyne.NewMenu("",
			fyne.NewMenuItem("Open", func() { p.left.open(m) }),
			fyne.NewMenuItem("Take it off the list", func() { p.left.forget(m.Path) }),
		), p.win.Canvas())
		menu.ShowAtPosition(e.AbsolutePosition)
	}
	return r
}

func (r *recent) show(img image.Image) {
	if img == nil {
		return
	}
	r.picture.Image = img
	r.picture.Show()
	r.picture.Refresh()
}

// surface is a plain ground in a colour of the look.
type surface struct {
	widget.BaseWidget
	color fyne.ThemeColorName
}

func newSurface(c fyne.ThemeColorName) *surface {
	s := &surface{color: c}
	s.ExtendBaseWidget(s)
	return s
}

func (s *surface) CreateRenderer() fyne.WidgetRenderer {
	r := &surfaceRenderer{of: s, ground: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type surfaceRenderer struct {
	of     *surface
	ground *canvas.Rectangle
}

func (r *surfaceRenderer) Destroy()                     {}
func (r *surfaceRenderer) MinSize() fyne.Size           { return fyne.NewSize(1, 1) }
func (r *surfaceRenderer) Layout(size fyne.Size)        { r.ground.Resize(size) }
func (r *surfaceRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.ground} }

func (r *surfaceRenderer) Refresh() {
	r.paint()
	canvas.Refresh(r.of)
}

func (r *surfaceRenderer) paint() {
	r.ground.FillColor, r.ground.CornerRadius = look.Color(r.of.color), look.Radius-2
}

// newPanel puts content on a quiet surface.
func newPanel(content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(newSurface(theme.ColorNameHeaderBackground),
		container.New(layout.NewCustomPaddedLayout(2*look.Grid, 2*look.Grid, 2*look.Grid, 2*look.Grid), content))
}
