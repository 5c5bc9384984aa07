package app

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// patience is how long a map or the window that is closed waits for the file of
// settings, which another window may be writing: that hangs for nobody.
const patience = 5 * time.Second

// unlessBusy does what puts the open map away. Where that would stop work, the
// person is asked first.
func (w *Window) unlessBusy(do func()) {
	if w.bench == nil || !w.bench.busy() {
		do()
		return
	}
	if w.asking {
		return // once is enough
	}
	w.asking = true
	var shut func()
	goOn := func() { shut(); w.asking = false }
	confirm := parts.Notice{
		Icon: "warning", Color: "warning", Title: "Work is going on",
		Text: "If you close the map now it is stopped. What is finished stays, what is not costs nothing.",
		Actions: []parts.Action{
			{Label: "Go on working", Do: goOn},
			{Label: "Stop and close", Do: func() { goOn(); do() }},
		},
	}
	shut = ask(w.win, confirm.Body(), goOn)
	w.win.Canvas().FocusNext() // Enter goes on working
}

// leave puts the open map away, beside the UI thread.
func (w *Window) leave() {
	b := w.bench
	if b == nil {
		return
	}
	w.bench = nil
	w.options.Settings.Panels = b.widths()
	w.notices.leave(b)
	if b.exports != nil {
		b.exports.Close()
	}
	w.top.follow(nil)
	w.putAway(b)
}

func (w *Window) putAway(b *bench) {
	w.closing.Add(1)
	go func() {
		defer w.closing.Done()
		if err := b.close(); err != nil {
			w.loop.UI("close map", func() { w.notices.show(stage.Problem("The map was not closed well", err)) })
		}
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := w.remember(ctx, b.desk, (*workshop.Settings).Left); err != nil {
			w.shop.Logger.Warn("the list of recent maps was not written", "error", err)
		}
		w.loop.UI("recent maps", w.start.Refresh)
	}()
}

// close puts everything away and ends the program.
func (w *Window) close() { w.unlessBusy(w.quit) }

func (w *Window) quit() {
	w.win.Hide()
	end := w.ending()
	go func() {
		end()
		fyne.Do(w.app.Quit)
	}()
}

// ending begins to put everything away. What it gives waits until that is done,
// and is called beside the UI thread while that lives.
func (w *Window) ending() (wait func()) {
	if w.quitting {
		return func() { <-w.ended }
	}
	w.quitting = true
	size := w.win.Canvas().Size()
	w.leave()
	widths := w.options.Settings.Panels
	if w.making != nil {
		w.putAway(w.making)
		w.making = nil
	}
	return func() {
		defer close(w.ended)
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		_, err := w.shop.ChangeSettings(ctx, func(s *workshop.Settings) {
			s.Width, s.Height = size.Width, size.Height
			if s.Panels == nil {
				s.Panels = map[string]float64{}
			}
			for name, width := range widths {
				s.Panels[name] = width
			}
		})
		if err != nil {
			w.shop.Logger.Warn("the size of the window was not kept", "error", err)
		}
		w.loop.Close()
		w.closing.Wait()
		if desk := w.arriving.Swap(nil); desk != nil {
			if err := desk.Close(); err != nil {
				w.shop.Logger.Warn("a map was not closed well", "error", err)
			}
		}
	}
}

// closeMap goes from the open map to the start page.
func (w *Window) closeMap() {
	w.unlessBusy(func() {
		w.leave()
		w.start.Refresh()
		w.showStart()
	})
}
