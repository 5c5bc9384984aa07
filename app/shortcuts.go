package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
	"github.com/mapwright/mapwright/internal/carto"
)

// shortcuts are the keys of the whole window.
func (w *Window) shortcuts() {
	add := func(key fyne.KeyName, modifier fyne.KeyModifier, f func()) {
		w.win.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: modifier}, func(fyne.Shortcut) { f() })
	}
	const ctrl = fyne.KeyModifierShortcutDefault
	with := func(f func(*bench)) func() {
		return func() {
			if w.onBench() && w.free() {
				f(w.bench)
			}
		}
	}
	undo := with((*bench).undo)
	redo := with(func(b *bench) { b.stage.Redo() })
	// Fyne has shortcuts of its own for these, which a field takes first.
	w.win.Canvas().AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) { undo() })
	w.win.Canvas().AddShortcut(&fyne.ShortcutRedo{}, func(fyne.Shortcut) { redo() })
	add(fyne.KeyZ, ctrl|fyne.KeyModifierShift, redo)
	add(fyne.KeyE, ctrl, with(func(b *bench) { b.export() }))
	add(fyne.KeyN, ctrl, w.ifFree(w.newMap))
	add(fyne.KeyO, ctrl, w.ifFree(func() { w.start.ChooseMap() }))
	add(fyne.KeyUp, fyne.KeyModifierAlt, with(func(b *bench) { b.layers.MoveUp() }))
	add(fyne.KeyDown, fyne.KeyModifierAlt, with(func(b *bench) { b.layers.MoveDown() }))
	// Where nothing else has the keyboard, the sheet has it.
	w.win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		// Fyne's own questions, as for a file, know no key to leave them by.
		if over, ok := w.win.Canvas().Overlays().Top().(*widget.PopUp); ok && e.Name == fyne.KeyEscape {
			over.Hide()
			return
		}
		with(func(b *bench) { b.sheet.TypedKey(e) })()
	})
	w.win.Canvas().SetOnTypedRune(func(r rune) { with(func(b *bench) { b.sheet.TypedRune(r) })() })
}

// undo takes back the last point of what is being drawn, or else the last edit.
func (b *bench) undo() {
	if !b.sheet.TakeBack() {
		b.stage.Undo()
	}
}

// free tells whether nothing lies over the window: a question has the keyboard
// alone.
func (w *Window) free() bool { return w.win.Canvas().Overlays().Top() == nil }

func (w *Window) ifFree(do func()) func() {
	return func() {
		if w.free() {
			do()
		}
	}
}

// rename asks for another title of the map.
func (b *bench) rename() {
	askText(b.window.win, "Rename the map", b.stage.Map().Title, func(title string) {
		b.stage.Edit("The map was not renamed", carto.SetTitle{Title: title})
	})
}
