package profile

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// texts lists what can be read in an object, from the top.
func texts(o fyne.CanvasObject) []string {
	var all []string
	find(o, func(o fyne.CanvasObject) bool {
		switch w := o.(type) {
		case *canvas.Text:
			all = append(all, w.Text)
		case *widget.RichText:
			all = append(all, w.String())
		}
		return false
	})
	return all
}

// reads tells whether the text stands in an object.
func reads(o fyne.CanvasObject, text string) bool {
	return strings.Contains(strings.Join(texts(o), "\n"), text)
}
