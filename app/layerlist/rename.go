package layerlist

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// nameEntry is the field in which a layer is renamed. Enter and leaving it take
// the name, Escape leaves the layer as it was.
type nameEntry struct {
	widget.Entry
	row  *row
	done bool
}

// rename puts the field in the place of the name.
func (r *row) rename() {
	if r.entry != nil {
		return
	}
	e := &nameEntry{row: r}
	e.ExtendBaseWidget(e)
	e.SetText(r.layer.Name)
	e.OnSubmitted = func(string) { e.take() }
	r.entry = e
	r.Refresh()
	r.list.panel.win.Canvas().Focus(e)
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
}

func (e *nameEntry) take() {
	name := strings.TrimSpace(e.Text)
	if e.leave() && name != "" && name != e.row.layer.Name {
		e.row.list.panel.stage.SetLayer(e.row.layer.ID, map[string]string{"name": name})
	}
}

// leave takes the field away, and tells whether it was there.
func (e *nameEntry) leave() bool {
	if e.done {
		return false
	}
	e.done = true
	r := e.row
	r.entry = nil
	r.Refresh()
	r.list.panel.win.Canvas().Unfocus()
	return true
}

// FocusLost takes the name.
func (e *nameEntry) FocusLost() {
	e.Entry.FocusLost()
	e.take()
}

// TypedKey takes Escape for a way back.
func (e *nameEntry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		e.leave()
		return
	}
	e.Entry.TypedKey(k)
}
