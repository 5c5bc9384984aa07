package app

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

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
			err = w.remember(ctx, desk, (*workshop.Settings).Opened)
		}
		w.loop.UI("open map", func() { w.arrived(desk, err) })
		if desk == nil {
			return
		}
		for _, p := range panels {
			w.loop.UI(p.name, func() {
				if w.making != nil {
					p.put(w.making)
				}
			})
		}
		w.loop.UI("show map", func() {
			if b := w.making; b != nil {
				w.making, w.opening = nil, ""
				w.leave()
				w.bench = b
				w.back()
				then()
			}
		})
	})
}

// topicOpening is whether a map could be opened.
const topicOpening = "opening"

// arrived begins the bench of a map that was opened, or tells why it was not.
func (w *Window) arrived(desk *workshop.Desk, err error) {
	if w.quitting {
		return
	}
	w.arriving.Store(nil)
	if desk == nil {
		w.opening = ""
		problem := stage.Problem("The map was not opened", err)
		problem.Topic = topicOpening
		w.notices.show(problem)
		if w.bench == nil {
			w.start.Refresh()
			w.showStart()
		}
		return
	}
	if err != nil {
		w.notices.show(stage.Problem("The list of recent maps was not written", err))
	}
	w.notices.drop(topicOpening)
	w.making = newBench(w, desk)
}

// remember tells the list of recent maps how a map is.
func (w *Window) remember(ctx context.Context, desk *workshop.Desk, how func(*workshop.Settings, workshop.RecentMap)) error {
	m := desk.Map()
	_, err := w.shop.ChangeSettings(ctx, func(s *workshop.Settings) {
		how(s, workshop.RecentMap{Path: desk.Path(), Title: m.Title, Width: m.Boards.Width, Height: m.Boards.Height, OpenedAt: w.shop.Clock()})
	})
	return err
}
