package app

import (
	"sync"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/mapwright/mapwright/app/adding"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/profile"
	"github.com/mapwright/mapwright/app/start"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Window is the one window: the start page, or a map that is open.
type Window struct {
	app     fyne.App
	win     fyne.Window
	shop    *workshop.Workshop
	loop    *loop.Loop
	options Options

	tips    *parts.Tips
	notices *notices
	corner  *profile.Corner
	top     *topBar
	page    *fyne.Container // what is below the top bar
	bench   *bench          // the open map; nil on the start page
	start   *start.Page
	opening string // the map that is being opened
	making  *bench // of that map, while its panels are put up
	asking  bool   // whether work may be stopped

	arriving atomic.Pointer[workshop.Desk] // opened, and not yet on the bench
	closing  sync.WaitGroup                // of maps that are being put away
	quitting bool
	ended    chan struct{} // everything is put away
}

// The size of the window when it opens for the first time, which fits every
// usual screen, and the least that a remembered one may have.
const (
	firstWidth, firstHeight = 1280, 720
	leastWidth, leastHeight = 1024, 480
)

// NewWindow makes the window with the start page. It is shown by Run.
func NewWindow(a fyne.App, shop *workshop.Workshop, o Options) *Window {
	w := &Window{app: a, shop: shop, options: o, loop: o.loop(), page: container.NewStack(), ended: make(chan struct{})}
	w.win = a.NewWindow("Mapwright")
	w.win.SetMaster()
	w.win.SetPadded(false)
	w.tips = parts.NewTips(w.loop)
	w.notices = newNotices(w.loop)
	w.corner = profile.New(w.win, w.loop, shop, profile.Options{Notify: w.notices.show, Operation: w.operation})
	w.top = newTopBar(w)
	w.start = start.New(w.win, w.loop, shop, start.Options{
		Opened: w.opened, Back: w.back, OpenMap: w.openMap, Notify: w.notices.show, Tips: w.tips,
	})
	w.win.SetContent(w.tips.Over(container.NewStack(
		newRows(w.top.object, w.page, nil),
		w.notices.object,
	)))
	width, height := o.Settings.Width, o.Settings.Height
	if width < leastWidth || height < leastHeight {
		width, height = firstWidth, firstHeight
	}
	w.win.Resize(fyne.NewSize(width, height))
	w.win.SetOnDropped(func(_ fyne.Position, files []fyne.URI) {
		paths := make([]string, len(files))
		for i, f := range files {
			paths[i] = f.Path()
		}
		w.Drop(paths...)
	})
	w.win.SetCloseIntercept(w.close)
	w.shortcuts()
	w.showStart()
	return w
}

// Run shows the window until it is closed.
func (w *Window) Run() {
	w.win.Show()
	w.probe()
	w.app.Run()
	w.ending()() // the system may have ended the program
}

// operation finds what a layer does, for the list of past exports.
func (w *Window) operation(layer, title string) (artwork.Operation, bool) {
	if w.bench == nil || w.bench.stage.Map().Title != title {
		return "", false
	}
	l, err := w.bench.stage.Map().FindLayer(layer)
	return l.Operation, err == nil
}

// opened shows a map that the start page made or chose; bring is map data that
// is to be added to it, nil for none.
func (w *Window) opened(path string, bring *workshop.Import) {
	w.openThen(path, func() {
		if bring != nil {
			adding.Run(w.bench.stage, w.bench.adding(), *bring)
		}
	})
}

// openMap is the title of the map that waits behind the start page.
func (w *Window) openMap() string {
	if w.bench == nil {
		return ""
	}
	return w.bench.stage.Map().Title
}

// turn shows a page. A field of the one that was there gives up the keyboard
// first, and takes what was typed.
func (w *Window) turn(page fyne.CanvasObject) {
	if len(w.page.Objects) == 1 && w.page.Objects[0] == page {
		return
	}
	w.win.Canvas().Unfocus()
	w.page.Objects = []fyne.CanvasObject{page}
	w.page.Refresh()
}

// showStart shows the start page.
func (w *Window) showStart() {
	w.turn(w.start)
	w.top.follow(nil)
	w.win.SetTitle("Mapwright")
}

// newMap leads to the start page; the map that is open waits behind it.
func (w *Window) newMap() { w.showStart(); w.start.ShowNew() }

// back leads from the start page to the map that is open.
func (w *Window) back() {
	if w.bench != nil {
		w.turn(w.bench.object)
		w.top.follow(w.bench)
	}
}

// titled is what the window is called with a map.
func titled(title string) string { return title + " – Mapwright" }

// Drop takes files as if they were dropped on the window: a map is opened, all
// else is added to the open one.
func (w *Window) Drop(paths ...string) {
	if !w.free() {
		return // what is asked comes first
	}
	if len(paths) == 1 && isMap(paths[0]) {
		w.Open(paths[0])
		return
	}
	if !w.onBench() {
		if len(paths) == 1 {
			w.start.ShowNewFrom(paths[0])
			w.showStart()
		}
		return
	}
	w.bench.add(paths...)
}

// onBench tells whether the open map is on show.
func (w *Window) onBench() bool {
	return w.bench != nil && len(w.page.Objects) == 1 && w.page.Objects[0] == w.bench.object
}
