//go:build faultpoints

package app

import (
	"encoding/json"
	"fmt"
	"net"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// Shown is something on the screen: a text, or what has a name for people. It
// is what a test reads in the place of eyes, to know where to click.
type Shown struct {
	Text     string  `json:"text"`
	Kind     string  `json:"kind"`
	X        float32 `json:"x"` // of its middle, in the window
	Y        float32 `json:"y"`
	Width    float32 `json:"width"`
	Height   float32 `json:"height"`
	Disabled bool    `json:"disabled"`
	Above    int     `json:"above"` // 0 in the window, 1 and more in what lies above it
}

// probe answers on the socket that MAPWRIGHT_PROBE names with what is shown.
func (w *Window) probe() {
	path := os.Getenv("MAPWRIGHT_PROBE")
	if path == "" {
		return
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			var shown []Shown
			fyne.DoAndWait(func() { shown = w.shown() })
			if err := json.NewEncoder(c).Encode(shown); err != nil {
				fmt.Fprintln(os.Stderr, "probe:", err)
			}
			_ = c.Close() // the test has read what it wants
		}
	}()
}

func (w *Window) shown() []Shown {
	var all []Shown
	read(w.win.Content(), 0, false, &all)
	for i, o := range w.win.Canvas().Overlays().List() {
		read(o, i+1, false, &all)
	}
	return all
}

// named is what has a name for people beside its texts.
type named interface{ Name() string }

func read(o fyne.CanvasObject, above int, disabled bool, all *[]Shown) {
	if o == nil || !o.Visible() {
		return
	}
	if d, ok := o.(fyne.Disableable); ok {
		disabled = disabled || d.Disabled()
	}
	add := func(text string) {
		at, size := fyne.CurrentApp().Driver().AbsolutePositionForObject(o), o.Size()
		*all = append(*all, Shown{
			Text: text, Kind: fmt.Sprintf("%T", o), X: at.X + size.Width/2, Y: at.Y + size.Height/2,
			Width: size.Width, Height: size.Height, Disabled: disabled, Above: above,
		})
	}
	switch v := o.(type) {
	case *canvas.Text:
		if v.Text != "" {
			add(v.Text)
		}
	case *fyne.Container:
		for _, child := range v.Objects {
			read(child, above, disabled, all)
		}
	case fyne.Widget:
		if n, ok := o.(named); ok && n.Name() != "" {
			add(n.Name())
		}
		for _, child := range test.WidgetRenderer(v).Objects() {
			read(child, above, disabled, all)
		}
	}
}
