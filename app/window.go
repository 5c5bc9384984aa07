package app

import (
	"context"
	"path/filepath"
	"sync"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/mapwright/mapwright/app/adding"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/profile"
	"github.com/mapwright/mapwright/app/stage"
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

// Open puts a map on the bench, in the place of the one that is there, which
// stays where the new one can't be opened.
func (w *Window) Open(path string) {
	w.openThen(path, func() {})
}

func (w *Window) openThen(path string, then func()) {
	if w.opening != "" {
		return
	}
	if w.bench != nil && same(w.bench.desk.Path(), path) {
		w.back()
		then()
		return
	}
	w.unlessBusy(func() { w.openNow(path, then) })
}

func (w *Window) openNow(path string, then func()) {
	w.opening = path
	if w.bench == nil {
		w.page.Objects = []fyne.CanvasObject{container.NewCenter(parts.NewCaption("Opening " + filepath.Base(path) + " …"))}
		w.page.Refresh()
	}
	w.loop.Go(func(ctx context.Context) {
		w.closing.Wait() // a map that was just closed may be the same file
		desk, err := w.shop.OpenMap(ctx, path)
		if err == nil {
			w.arriving.Store(desk)
			err = w.remember(ctx, desk)
		}
		w.loop.UI("open map", func() {
			if w.quitting {
				return
			}
			w.opening = ""
			w.arriving.Store(nil)
			if desk == nil {
				w.notices.show(stage.Problem("The map was not opened", err))
				if w.bench == nil {
					w.start.Refresh()
					w.showStart()
				}
				return
			}
			if err != nil {
				w.notices.show(stage.Problem("The list of recent maps was not written", err))
			}
			w.leave()
			w.show(desk)
			then()
		})
	})
}

// remember puts a map at the top of the recent ones.
func (w *Window) remember(ctx context.Context, desk *workshop.Desk) error {
	m := desk.Map()
	_, err := w.shop.ChangeSettings(ctx, func(s *workshop.Settings) {
		s.Opened(workshop.RecentMap{Path: desk.Path(), Title: m.Title, Width: m.Boards.Width, Height: m.Boards.Height, OpenedAt: w.shop.Clock()})
	})
	return err
}

// show puts the desk's map into the window.
func (w *Window) show(desk *workshop.Desk) {
	w.bench = newBench(w, desk)
	w.back()
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

// showStart shows the start page.
func (w *Window) showStart() {
	w.page.Objects = []fyne.CanvasObject{w.start}
	w.page.Refresh()
	w.top.follow(nil)
	w.win.SetTitle("Mapwright")
}

// newMap leads to the start page; the map that is open waits behind it.
func (w *Window) newMap() { w.start.ShowNew(); w.showStart() }

// back leads from the start page to the map that is open.
func (w *Window) back() {
	if w.bench != nil {
		w.page.Objects = []fyne.CanvasObject{w.bench.object}
		w.page.Refresh()
		w.top.follow(w.bench)
		w.win.SetTitle(w.openMap() + " – Mapwright")
	}
}

// Drop takes files as if they were dropped on the window: a map is opened, all
// else is added to the open one.
func (w *Window) Drop(paths ...string) {
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
