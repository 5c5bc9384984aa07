package parts

import "fyne.io/fyne/v2/widget"

// EntryOf gives tests the entry of a field to type into.
func EntryOf(f *NumberField) *widget.Entry { return &f.entry.Entry }

// SliderOf gives tests the slider of a field to drag.
func SliderOf(f *NumberField) *Slider { return f.slider }
