//go:build geos

package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fynecanvas "fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/mapwright/mapwright/app"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/sheet"
	"github.com/mapwright/mapwright/internal/workshop"
)

// windowJob opens the window, does the job of a maker in it and prints what was
// held as JSON.
func windowJob(gpkg, source string) error {
	plugins, err := filepath.Abs("build/plugins")
	if err != nil {
		return err
	}
	shop, err := workshop.Open(workshop.Config{DataDir: os.Getenv("MAPWRIGHT_DATA"), PluginDirs: []string{plugins}})
	if err != nil {
		return err
	}
	a := app.NewApp("bench")
	a.Settings().SetTheme(look.Theme{Mode: look.Light})
	m := &maker{clock: &clock{}, app: a}
	m.begin("opening")
	m.window = app.NewWindow(a, shop, app.Options{
		Settings: workshop.Settings{Width: windowWidth, Height: windowHeight}, Version: "bench", Meter: m.held,
	})
	failed := make(chan error, 1)
	a.Lifecycle().SetOnStarted(func() {
		go func() {
			err := m.work(gpkg, source)
			failed <- err
			fyne.Do(a.Quit)
		}()
	})
	m.window.Run()
	if err := <-failed; err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(m.report())
}

// maker is a hand and an eye at the window.
type maker struct {
	*clock
	app    fyne.App
	window *app.Window
}

func (m *maker) work(gpkg, source string) error {
	done := make(chan struct{})
	defer close(done)
	go m.probe(done)
	if err := m.see("Recent maps"); err != nil {
		return err
	}
	m.do("open a map", func() { m.window.Open(gpkg) })
	if err := m.see("Points *"); err != nil {
		return err
	}
	if err := m.still(); err != nil {
		return err
	}
	m.begin("importing")
	m.do("drop a file", func() { m.window.Drop(source) })
	if err := m.press("Add"); err != nil {
		return err
	}
	if err := m.see("Added *"); err != nil {
		return err
	}
	if err := m.still(); err != nil {
		return err
	}
	m.begin("panning and zooming")
	if err := m.roam(); err != nil {
		return err
	}
	m.begin("exporting")
	for _, label := range []string{"Export", "Tick all layers", "Export *", "Done"} {
		if err := m.press(label); err != nil {
			return err
		}
	}
	return m.still()
}

// patience is how long anything may take.
const patience = 3 * time.Minute

func (m *maker) until(what string, f func() bool) error {
	for deadline := time.Now().Add(patience); !f(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			var seen []string
			m.look(func() { m.walk(func(o fyne.CanvasObject) { seen = append(seen, words(o)) }) })
			return fmt.Errorf("the window never showed %s but %s", what, strings.Join(seen, " "))
		}
	}
	return nil
}

// see waits for a text; a * at its end stands for anything.
func (m *maker) see(text string) error {
	return m.until(text, func() (found bool) {
		m.look(func() { m.walk(func(o fyne.CanvasObject) { found = found || fits(words(o), text) }) })
		return found
	})
}

// words are what an object says.
func words(o fyne.CanvasObject) string {
	if t, ok := o.(*fynecanvas.Text); ok {
		return t.Text
	}
	return ""
}

func fits(text, wanted string) bool {
	start, open := strings.CutSuffix(wanted, "*")
	return text == wanted || open && strings.HasPrefix(text, start)
}

// press waits until a button can be used, the topmost of that name, and uses
// it.
func (m *maker) press(label string) error {
	var found *parts.Button
	err := m.until("a button "+label, func() bool {
		found = nil
		m.look(func() {
			m.walk(func(o fyne.CanvasObject) {
				if b, ok := o.(*parts.Button); ok && fits(b.Label(), label) && !b.Disabled() && b.Visible() {
					found = b
				}
			})
		})
		return found != nil
	})
	if err != nil {
		return err
	}
	m.do("press "+label, func() { found.OnTapped() })
	return nil
}

// still waits until nothing is drawn and no job runs.
func (m *maker) still() error {
	quiet := 0
	return m.until("rest", func() bool {
		idle := false
		m.look(func() {
			m.walk(func(o fyne.CanvasObject) {
				idle = idle || words(o) == "No jobs running"
				if h, ok := o.(*sheet.Sheet); ok && !h.Painted() {
					quiet = 0
				}
			})
		})
		if quiet++; !idle {
			quiet = 0
		}
		return quiet > 8
	})
}

// roam drags the sheet with the middle button and turns the wheel, at 60 events
// a second.
func (m *maker) roam() error {
	var h *sheet.Sheet
	m.look(func() {
		m.walk(func(o fyne.CanvasObject) {
			if s, ok := o.(*sheet.Sheet); ok {
				h = s
			}
		})
	})
	if h == nil {
		return fmt.Errorf("the window has no sheet")
	}
	tick := time.NewTicker(time.Second / 60)
	defer tick.Stop()
	middle := fyne.NewPos(windowWidth/3, windowHeight/3)
	zoom := func(times int, by float32) {
		for range times {
			<-tick.C
			fyne.DoAndWait(func() {
				h.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: middle}, Scrolled: fyne.NewDelta(0, by)})
			})
		}
	}
	drag := func() {
		down := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: middle}, Button: desktop.MouseButtonTertiary}
		m.do("mouse down", func() { h.MouseDown(down) })
		at := middle
		for i := range 180 {
			<-tick.C
			sin, cos := math.Sincos(float64(i) / 20)
			by := fyne.NewDelta(float32(9*cos), float32(7*sin))
			at = at.AddXY(by.DX, by.DY)
			fyne.DoAndWait(func() { h.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}, Dragged: by}) })
		}
		m.do("mouse up", h.DragEnd)
	}
	drag()
	zoom(60, 5)
	drag()
	zoom(60, -5)
	return m.still()
}

// walk visits what is shown, what lies above the window last.
func (m *maker) walk(visit func(fyne.CanvasObject)) {
	var down func(fyne.CanvasObject)
	down = func(o fyne.CanvasObject) {
		if o == nil || !o.Visible() {
			return
		}
		visit(o)
		switch v := o.(type) {
		case *fyne.Container:
			for _, child := range v.Objects {
				down(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(v).Objects() {
				down(child)
			}
		}
	}
	for _, w := range m.app.Driver().AllWindows() {
		down(w.Content())
		for _, o := range w.Canvas().Overlays().List() {
			down(o)
		}
	}
}
