// Package inspector is the right column of the window: what the selected layer
// is and how it is traced, what is known of the selected shapes, and what the
// check found. What the layer comes to stands below it and never scrolls away.
package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// Width is the least width of the column.
const Width float32 = 288

// Options are what an inspector may get beside the stage.
type Options struct {
	Tips *parts.Tips
	// Show brings the place of a finding to the middle of the sheet; nil where
	// there is no sheet.
	Show func(workshop.Finding)
}

// The tabs, in their order.
const (
	tabLayer = iota
	tabShape
	tabCheck
)

// Inspector is the column.
type Inspector struct {
	widget.BaseWidget

	tabs   *tabs
	pages  []fyne.CanvasObject
	layer  *layerPage
	shape  *shapePage
	check  *checkPage
	result *result
	parts  *partReader
	root   fyne.CanvasObject
}

// New gives the column of a stage. The window is where menus open and the
// keyboard is.
func New(win fyne.Window, s *stage.Stage, o Options) *Inspector {
	i := &Inspector{
		layer: newLayerPage(win, s, o.Tips), shape: newShapePage(win, s, o.Tips),
		check: newCheckPage(s, o), result: newResult(s),
	}
	i.parts = &partReader{stage: s, found: func(l carto.Layer, all []workshop.Part) {
		i.layer.showParts(l, all)
		i.shape.showParts(l, all)
	}}
	i.tabs = newTabs([]string{"Layer", "Shape", "Check"}, i.turn)
	i.pages = []fyne.CanvasObject{i.layer.root, i.shape.root, i.check.root}
	i.root = container.NewBorder(i.tabs, i.result, nil, nil, container.NewStack(i.pages...))
	i.ExtendBaseWidget(i)
	i.turn(tabLayer)
	i.show(^stage.Change(0))
	s.OnChange(i.show)
	return i
}

// show takes over what is new on the stage.
func (i *Inspector) show(c stage.Change) {
	if c.Has(stage.MapChanged | stage.SelectionChanged) {
		i.layer.show()
		i.shape.show()
		i.parts.show()
		i.tabs.count(tabShape, i.shape.selected(), 0)
	}
	if c.Has(stage.MapChanged | stage.SelectionChanged | stage.DrawnChanged) {
		i.result.show()
	}
	if c.Has(stage.CheckedChanged | stage.DrawnChanged) {
		i.check.show()
		n, worst := i.check.toMend()
		i.tabs.count(tabCheck, n, worst)
	}
}

// turn shows a page.
func (i *Inspector) turn(page int) {
	for n, p := range i.pages {
		if n == page {
			p.Show()
		} else {
			p.Hide()
		}
	}
	if page == tabCheck {
		i.check.build()
	}
}

// ShowLayer shows what the selected layer is.
func (i *Inspector) ShowLayer() { i.tabs.choose(tabLayer) }

// ShowShape shows what is known of the selected shapes.
func (i *Inspector) ShowShape() { i.tabs.choose(tabShape) }

// ShowCheck shows what the check found.
func (i *Inspector) ShowCheck() { i.tabs.choose(tabCheck) }

// NextFinding shows the next thing that the check found, with its place; after
// the last one comes the first.
func (i *Inspector) NextFinding() {
	i.ShowCheck()
	i.check.next()
}

// Refresh shows the column in the colours of the window as it is now.
func (i *Inspector) Refresh() {
	i.layer.repaint()
	i.BaseWidget.Refresh()
}

// MinSize is that of a narrow column; its pages scroll.
func (i *Inspector) MinSize() fyne.Size {
	i.ExtendBaseWidget(i)
	return fyne.NewSize(Width, i.tabs.MinSize().Height+i.result.MinSize().Height+look.RowHeight)
}

// CreateRenderer draws the column.
func (i *Inspector) CreateRenderer() fyne.WidgetRenderer {
	i.ExtendBaseWidget(i)
	return widget.NewSimpleRenderer(i.root)
}
