package app

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
)

// topBar is the row above all pages: the map's name, what can be done with it,
// and at the right the account.
type topBar struct {
	window *Window
	object fyne.CanvasObject

	title  *parts.IconButton
	saved  *parts.Text
	undo   *parts.IconButton
	redo   *parts.IconButton
	modes  *parts.Segmented
	check  *parts.IconButton
	export *parts.Button
	ofMap  []fyne.CanvasObject // what is there only with a map
}

// titleWidth is how much of the bar the map's title takes at most, so that all
// else has room in the narrowest window. The window's own title is whole.
const titleWidth = 128

// topHeight is the height of the bar, units of the screen.
const topHeight = 56

func newTopBar(w *Window) *topBar {
	t := &topBar{window: w}
	tip := func(name, shortcut string) *parts.Tip {
		return &parts.Tip{Tips: w.tips, Name: name, Shortcut: shortcut}
	}
	icon := canvas.NewImageFromResource(look.AppIcon())
	icon.FillMode = canvas.ImageFillContain
	icon.SetMinSize(fyne.NewSquareSize(28))
	t.title = parts.NewSmallIconButton("", nil, func() { t.menu() })
	t.title.SetLabel("Mapwright")
	t.title.SetTrailing("chevron-down")
	t.saved = parts.NewCaption("")
	t.undo = parts.NewIconButton("undo", tip("Undo", "Ctrl Z"), func() {
		if b := w.bench; b != nil {
			b.undo()
		}
	})
	t.redo = parts.NewIconButton("redo", tip("Redo", "Ctrl Shift Z"), func() { t.with((*stage.Stage).Redo) })
	add := parts.NewIconButton("add-data", tip("Add map data", ""), func() {
		if b := w.bench; b != nil {
			b.choose()
		}
	})
	add.SetLabel("Add data")
	t.modes = parts.NewSegmented([]parts.Segment{{Icon: "map-view", Label: "Map"}, {Icon: "laser-view", Label: "Laser"}, {Label: "Wire"}}, func(i int) {
		t.with(func(s *stage.Stage) { s.SetMode(stage.Mode(i)) })
	})
	t.check = parts.NewIconButton("preflight", tip("What the check found", "F8"), func() {
		if b := w.bench; b != nil {
			b.inspector.ShowCheck()
		}
	})
	t.check.SetLabel("Check")
	t.export = parts.NewButton(parts.Primary, "Export", func() {
		if b := w.bench; b != nil {
			b.export()
		}
	})
	t.export.SetIcon("export")
	separator := newBack(theme.ColorNameSeparator)
	separator.least = fyne.NewSize(1, 20)
	gap := func(width float32) fyne.CanvasObject {
		r := canvas.NewRectangle(color.Transparent)
		r.SetMinSize(fyne.NewSize(width, 1))
		return r
	}
	middle := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewVBox(layout.NewSpacer(), o, layout.NewSpacer())
	}
	names := container.New(layout.NewCustomPaddedVBoxLayout(-2), container.NewHBox(t.title), container.New(layout.NewCustomPaddedLayout(0, 0, 8, 0), t.saved))
	left := container.NewHBox(middle(icon), middle(names))
	edit := container.NewHBox(gap(24), middle(t.undo), middle(t.redo), middle(container.NewCenter(separator)), middle(add))
	right := container.NewHBox(middle(t.check), middle(t.export), gap(8), middle(w.corner))
	centre := middle(t.modes)
	t.ofMap = []fyne.CanvasObject{edit, centre, t.check, t.export, t.saved}
	row := container.NewHBox(left, edit, layout.NewSpacer(), centre, layout.NewSpacer(), right)
	line := widget.NewSeparator()
	bar := canvas.NewRectangle(color.Transparent)
	bar.SetMinSize(fyne.NewSize(1, topHeight))
	t.object = newRows(nil, container.NewStack(bar, container.New(layout.NewCustomPaddedLayout(0, 0, 16, 16), row)), line)
	return t
}

// with does something with the stage, where there is one.
func (t *topBar) with(f func(*stage.Stage)) {
	if b := t.window.bench; b != nil {
		f(b.stage)
	}
}

// follow shows an open map; nil is the start page.
func (t *topBar) follow(b *bench) {
	for _, o := range t.ofMap {
		if b == nil {
			o.Hide()
		} else {
			o.Show()
		}
	}
	if b == nil {
		t.title.SetLabel("Mapwright")
		return
	}
	if !b.followed {
		b.followed = true
		b.stage.OnChange(func(c stage.Change) {
			if t.window.bench == b {
				t.update(b.stage, c)
			}
		})
	}
	t.update(b.stage, ^stage.Change(0))
}

func (t *topBar) update(s *stage.Stage, c stage.Change) {
	if c.Has(stage.MapChanged) {
		m := s.Map()
		t.title.SetLabel(parts.Shorten(m.Title, titleWidth))
		if t.window.onBench() {
			t.window.win.SetTitle(titled(m.Title))
		}
		t.saved.SetText("Saved · " + sizeOf(m.Boards.Width, m.Boards.Height))
		enable(t.undo, s.CanUndo())
		enable(t.redo, s.CanRedo())
	}
	if c.Has(stage.LookChanged) {
		t.modes.Reflect(int(s.Mode()))
	}
	if c.Has(stage.CheckedChanged) {
		n, worst := 0, parts.GoodToKnow
		if found := s.Checked(); found != nil {
			for _, f := range found.Findings {
				switch f.Severity {
				case "error":
					n, worst = n+1, parts.MustMend
				case "warning":
					n, worst = n+1, min(worst, parts.LookAt)
				}
			}
		}
		t.check.SetCount(n, worst)
	}
}

// enable lets a button be used, or not.
func enable(w fyne.Disableable, on bool) {
	switch {
	case on && w.Disabled():
		w.Enable()
	case !on && !w.Disabled():
		w.Disable()
	}
}

// menu is what can be done with maps as a whole.
func (t *topBar) menu() {
	w := t.window
	items := []*fyne.MenuItem{
		fyne.NewMenuItem("New map …", w.newMap),
		fyne.NewMenuItem("Open a map …", w.start.ChooseMap),
	}
	if w.bench != nil {
		items = append(items, fyne.NewMenuItemSeparator(),
			fyne.NewMenuItem("Rename …", w.bench.rename),
			fyne.NewMenuItem("Close the map", w.closeMap))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("About Mapwright", w.about))
	pop := widget.NewPopUpMenu(fyne.NewMenu("", items...), w.win.Canvas())
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(t.title)
	pop.ShowAtPosition(fyne.NewPos(at.X, at.Y+t.title.Size().Height+4))
}

// about says what this is.
func (w *Window) about() {
	w.notices.show(stage.Notice{
		Kind: stage.KindInfo, Title: "Mapwright " + w.options.Version,
		Text: fmt.Sprintf("Maps for laser cutters, engravers and routers. Your credits and settings are in %s. Map data © OpenStreetMap contributors (ODbL), Natural Earth.", w.shop.DataDir),
	})
}
