package parts

import (
	"time"

	"fyne.io/fyne/v2/widget"
)

// EntryOf gives tests the entry of a field to type into.
func EntryOf(f *NumberField) *widget.Entry { return &f.entry.Entry }

// LeaveEntry takes the keyboard from a field's entry.
func LeaveEntry(f *NumberField) { f.entry.FocusLost() }

// KeysOf gives tests the entry of a field as it hears the keyboard.
func KeysOf(f *NumberField) *numberEntry { return f.entry }

// SliderOf gives tests the slider of a field to drag.
func SliderOf(f *NumberField) *Slider { return f.slider }

// Delay lets tests wait shorter for tips.
func Delay(t *Tips, d time.Duration) { t.delay = d }
