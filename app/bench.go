package app

import (
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"github.com/mapwright/mapwright/app/adding"
	"github.com/mapwright/mapwright/app/exporting"
	"github.com/mapwright/mapwright/app/inspector"
	"github.com/mapwright/mapwright/app/layerlist"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/sheet"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// bench is an open map with all its panels.
type bench struct {
	window *Window
	desk   *workshop.Desk
	loop   *loop.Loop // of this map alone: it ends when the map is put away
	stage  *stage.Stage

	sheet     *sheet.Sheet
	layers    *layerlist.Panel
	inspector *inspector.Inspector
	status    *status
	exports   *exporting.Dialog // the last one; nil before
	columns   *columns
	object    fyne.CanvasObject
	followed  bool // by the top bar
}

// newBench begins the bench of a map. Its panels are put up one after the other.
func newBench(w *Window, desk *workshop.Desk) *bench {
	b := &bench{window: w, desk: desk, loop: w.options.loop()}
	b.stage = stage.New(b.loop, desk)
	b.stage.Notify = func(n stage.Notice) { w.notices.showOf(b, n) }
	return b
}

// panels are what a bench consists of, in the order in which it is put up: each
// in a callback of its own and laid out at once, so that none holds the UI
// thread for all of them.
var panels = []struct {
	name string
	put  func(*bench)
}{
	{"put up the sheet", func(b *bench) {
		b.status = newStatus(b)
		b.sheet = sheet.New(b.stage, b.desk, sheet.Options{Tips: b.window.tips, Cursor: b.status.point, Add: b.choose, Key: b.key})
		kept := b.window.options.Settings.Panels
		b.columns = &columns{middle: b.sheet.Object(), leftWidth: width(kept, "left", 264), rightWidth: width(kept, "right", 312)}
	}},
	{"put up the layers", func(b *bench) {
		b.layers = layerlist.New(b.window.win, b.stage, layerlist.Options{Tips: b.window.tips, AddData: b.choose})
		left, _ := b.columns.widths(b.columns.leftWidth, b.columns.rightWidth, b.room().Width)
		b.layers.Resize(fyne.NewSize(left, b.room().Height))
	}},
	{"put up the inspector", func(b *bench) {
		b.inspector = inspector.New(b.window.win, b.stage, inspector.Options{Tips: b.window.tips, Show: b.showFinding})
	}},
	{"lay out the inspector", func(b *bench) {
		_, right := b.columns.widths(b.columns.leftWidth, b.columns.rightWidth, b.room().Width)
		b.inspector.Resize(fyne.NewSize(right, b.room().Height))
	}},
	{"put up the bench", func(b *bench) {
		c := b.columns
		b.columns = newColumns(b.layers, c.middle, b.inspector, c.leftWidth, c.rightWidth)
		b.object = newRows(nil, b.columns, b.status.object)
		b.object.Resize(b.window.page.Size())
	}},
}

// room is what the columns have of the window.
func (b *bench) room() fyne.Size {
	return b.window.page.Size().SubtractWidthHeight(0, b.status.object.MinSize().Height)
}

// width is how wide a panel was left, or a first width for it.
func width(panels map[string]float64, name string, first float32) float32 {
	if v, ok := panels[name]; ok && v > 1 {
		return float32(v)
	}
	return first
}

func (b *bench) widths() map[string]float64 {
	return map[string]float64{"left": float64(b.columns.leftWidth), "right": float64(b.columns.rightWidth)}
}

// close ends the work on the map and puts it away. It waits, so it is called
// beside the UI thread.
func (b *bench) close() error {
	b.loop.Close()
	return b.desk.Close()
}

// busy tells whether something is going on that closing would stop.
func (b *bench) busy() bool { return len(b.stage.Jobs()) > 0 }

// choose asks for map data.
func (b *bench) choose() { adding.Choose(b.window.win, b.stage, b.adding()) }

// add brings files of map data onto the map.
func (b *bench) add(paths ...string) { adding.Add(b.window.win, b.stage, b.adding(), paths...) }

func (b *bench) adding() adding.Options {
	return adding.Options{Shop: b.window.shop, MakeMapOf: func(path string) {
		b.window.start.ShowNewFrom(path)
		b.window.showStart()
	}}
}

// export opens the dialog of exports.
func (b *bench) export() {
	w := b.window
	if b.exports != nil && b.exports.Running() {
		b.exports.Show() // the one that goes on in the status row
		return
	}
	b.exports = exporting.Show(w.win, b.stage, w.shop, exporting.Options{
		GetCredits: w.corner.ChoosePlan, WhatAreCredits: w.corner.WhatAreCredits, Spent: w.corner.Update, Memory: memory{w.shop},
	})
}

// showFinding brings the place of a finding to the middle of the sheet.
func (b *bench) showFinding(f workshop.Finding) {
	if l, err := b.stage.Map().FindLayer(f.Layer); err == nil {
		b.stage.Select(l.ID)
	}
	if f.Board > 0 {
		b.stage.SetBoard(f.Board)
	}
	if f.At != (artwork.Point{}) {
		b.sheet.ShowPlace(f.At)
	}
}

// key hears the keys that the sheet has no use for.
func (b *bench) key(name fyne.KeyName) {
	switch name {
	case fyne.KeyF2:
		b.layers.Rename()
	case fyne.KeyF6:
		b.layers.Focus()
	case fyne.KeyF8:
		b.inspector.NextFinding()
	}
}

// isMap tells whether a file is a map of ours by its name.
func isMap(path string) bool { return strings.EqualFold(filepath.Ext(path), ".gpkg") }

// sizeOf writes the size of the boards.
func sizeOf(width, height float64) string { return fmt.Sprintf("%g × %g mm", width, height) }
