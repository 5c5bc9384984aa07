package exporting

import (
	"context"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// Dialog is the export dialog over a window. All its methods are called on the
// UI thread.
type Dialog struct {
	win     fyne.Window
	stage   *stage.Stage
	loop    *loop.Loop
	shop    Shop
	options Options
	now     func() time.Time
	// pick asks for a folder; a test answers itself.
	pick func(from string, picked func(folder string))

	order  order
	loaded bool // the formats are known
	last   Choice
	folder string
	run    *run // nil while the maker chooses
	// said is what the maker is told about the last attempt; nil is nothing.
	said *stage.Notice
	// priceless says why the prices can't be told.
	priceless error
	asking    context.CancelFunc // of the prices
	turn      int                // counts askings, so that a late answer is dropped
	stop      context.CancelFunc // of the run
	job       *stage.Job
	started   time.Time // when the run was on show

	view    *view
	modal   *modal
	form    *optionForm
	shown   bool
	forget  func() // stops listening to the stage
	keys    func(*fyne.KeyEvent)
	openURI func(context.Context, string) error
}

// Show opens the dialog for the map on the stage. One that is open stays.
func Show(win fyne.Window, s *stage.Stage, shop Shop, o Options) *Dialog {
	for _, over := range win.Canvas().Overlays().List() {
		if m, ok := over.(*modal); ok && m.of.stage == s {
			return m.of
		}
	}
	d := &Dialog{win: win, stage: s, loop: s.Loop(), shop: shop, options: o, now: time.Now, openURI: o.OpenFolder}
	if d.openURI == nil {
		d.openURI = openFolder
	}
	d.pick = d.pickFolder
	d.order = order{ticked: map[place]bool{}}
	d.folder = filepath.Dir(s.Open().Path())
	if abs, err := filepath.Abs(d.folder); err == nil {
		d.folder = abs
	}
	d.readMap()
	d.view = newView(d)
	d.modal = newModal(d, d.view.card)
	d.Show()
	d.load()
	return d
}

// Show opens the dialog again, as after Keep working.
func (d *Dialog) Show() {
	if d.shown {
		return
	}
	d.shown = true
	if d.forget == nil {
		d.forget = d.stage.OnChange(d.heard)
	}
	canvas := d.win.Canvas()
	d.modal.Resize(canvas.Size())
	canvas.Overlays().Add(d.modal)
	d.keys = canvas.OnTypedKey()
	canvas.SetOnTypedKey(d.typed)
	d.update()
	if d.view.grid != nil {
		canvas.Focus(d.view.grid.cells)
	}
}

// Shown tells whether the dialog is open.
func (d *Dialog) Shown() bool { return d.shown }

// Running tells whether an export goes on, be the dialog open or not.
func (d *Dialog) Running() bool { return d.run != nil && !d.run.over() }

// Close closes the dialog. An export goes on.
func (d *Dialog) Close() {
	if !d.shown {
		return
	}
	d.shown = false
	canvas := d.win.Canvas()
	canvas.Overlays().Remove(d.modal)
	canvas.SetOnTypedKey(d.keys)
	if d.asking != nil {
		d.asking()
	}
	d.view.side.burns.halt()
	d.view.dropProofs()
	if !d.Running() {
		d.forget()
		d.forget = nil
	}
}

// typed closes by Escape what lies on top: the options of a format, or the
// dialog.
func (d *Dialog) typed(e *fyne.KeyEvent) {
	if e.Name != fyne.KeyEscape {
		return
	}
	if top := d.win.Canvas().Overlays().Top(); top != nil && top != d.modal {
		top.Hide()
		return
	}
	d.Close()
}

// heard follows the stage.
func (d *Dialog) heard(c stage.Change) {
	if !d.shown {
		return
	}
	if c.Has(stage.MapChanged) && d.run == nil { // a run shows what it was asked for
		d.readMap()
		if d.loaded {
			d.reprice()
		}
	}
	if c.Has(stage.MapChanged | stage.CheckedChanged | stage.DrawnChanged) {
		d.readChecks()
		d.update()
	}
}

// update shows how things stand.
func (d *Dialog) update() {
	if d.shown {
		d.view.update()
	}
}

// tick ticks or clears a cell.
func (d *Dialog) tick(row, column int) {
	if d.run != nil || row >= len(d.order.layers) || column >= len(d.order.formats) {
		return
	}
	l, f := &d.order.layers[row], &d.order.formats[column]
	if f.missing() != "" && l.none == "" {
		d.openForm(column, d.view.grid.heads[column])
		return
	}
	p := place{l.id, f.id}
	d.order.tick(p, !d.order.ticked[p])
	d.update()
}

func (d *Dialog) tickRow(row int) {
	if d.run == nil && row < len(d.order.layers) {
		d.order.tickRow(d.order.layers[row].id)
		d.update()
	}
}

// change changes what is ordered, unless it is being made.
func (d *Dialog) change(f func(*order)) {
	if d.run == nil {
		f(&d.order)
		d.update()
	}
}

// sameAsLast ticks what was exported last, with its options.
func (d *Dialog) sameAsLast() {
	if d.run != nil {
		return
	}
	d.order.recall(d.last)
	d.order.tickAs(d.last)
	d.reprice()
}

func (d *Dialog) openForm(column int, below fyne.CanvasObject) {
	if d.run != nil {
		return
	}
	f := &d.order.formats[column]
	if len(f.options) == 0 || f.broken != "" {
		return
	}
	d.form = showForm(d.win, f, below, func() {
		d.order.drop()
		d.reprice()
	})
}

// say shows a notice in the dialog, or in the window where it is closed.
func (d *Dialog) say(n stage.Notice) {
	if d.shown {
		d.said = &n
		d.update()
		return
	}
	d.stage.Notify(n)
}

// explain shows a longer text over the dialog.
func (d *Dialog) explain(title, text string) {
	body := parts.NewParagraph(text, "foreground")
	info := dialog.NewCustom(title, "Close", body, d.win)
	info.Resize(fyne.NewSize(520, 260))
	info.Show()
}

// affordable starts an export, first without what there are no credits for.
func (d *Dialog) affordable() {
	if q := d.order.quote(); q.missing > 0 {
		d.order.keepFitting()
	}
	d.start()
}

var _ Shop = (*workshop.Workshop)(nil)
