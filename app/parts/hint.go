package parts

import "fyne.io/fyne/v2"

// Hint is an empty place that says something when the pointer rests on it: for
// what lies below it, such as a label, and can't say anything itself.
type Hint struct{ pressable }

// NewHint gives the place of a tip, which may be nil.
func NewHint(tip *Tip) *Hint {
	h := &Hint{}
	h.tip = tip
	h.extend(h)
	return h
}

// CreateRenderer draws nothing.
func (h *Hint) CreateRenderer() fyne.WidgetRenderer {
	h.ExtendBaseWidget(h)
	return Draw(h, func() fyne.Size { return fyne.Size{} }, func(fyne.Size) {}, func() {})
}
