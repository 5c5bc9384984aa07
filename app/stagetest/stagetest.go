// Package stagetest puts real maps on a stage for the tests of panels: edits
// are written, drawings drawn and checks checked as in the program.
package stagetest

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/assets"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/paulmach/orb"
)

// Scene is a stage with a map of 300 × 260 mm in the middle of Munich, on a
// computer with one font, and the hand that is its UI thread.
type Scene struct {
	Desk    *workshop.Desk
	Stage   *stage.Stage
	Notices []stage.Notice // what the stage told the person

	t    *testing.T
	hand *loop.Hand
}

// New gives a scene of an empty map to which the edits are made.
func New(t *testing.T, edits ...carto.Edit) *Scene {
	t.Helper()
	desk := newDesk(t)
	for _, e := range edits {
		if err := desk.Do(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	return newScene(t, desk)
}

// Munich gives a scene of the sample map.
func Munich(t *testing.T, sample string) *Scene {
	t.Helper()
	desk := newDesk(t)
	if _, err := desk.Import(t.Context(), workshop.Import{Source: sample}); err != nil {
		t.Fatal(err)
	}
	return newScene(t, desk)
}

func newDesk(t *testing.T) *workshop.Desk {
	t.Helper()
	fonts := t.TempDir()
	if err := os.WriteFile(filepath.Join(fonts, "sans.ttf"), assets.Regular, 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := workshop.Open(workshop.Config{DataDir: t.TempDir(), FontDirs: []string{fonts}})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "munich.gpkg")
	view := carto.View{Center: orb.Point{11.5756, 48.1374}, Scale: 6000, Projection: "local"}
	if _, err := w.New(t.Context(), workshop.NewMap{Path: path, View: &view, Width: 300, Height: 260, Margin: 10}); err != nil {
		t.Fatal(err)
	}
	desk, err := w.OpenMap(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return desk
}

func newScene(t *testing.T, desk *workshop.Desk) *Scene {
	l, hand := loop.Manual()
	s := &Scene{Desk: desk, Stage: stage.New(l, desk), t: t, hand: hand}
	s.Stage.Notify = func(n stage.Notice) { s.Notices = append(s.Notices, n) }
	t.Cleanup(func() {
		l.Close()
		if err := desk.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// Until runs the UI thread until the condition holds; what says what was
// waited for.
func (s *Scene) Until(what string, condition func() bool) {
	s.t.Helper()
	if !s.hand.Until(30*time.Second, condition) {
		s.t.Fatalf("never came: %s (notices: %+v)", what, s.Notices)
	}
}

// Settled runs the UI thread until the map is drawn and checked.
func (s *Scene) Settled() {
	s.t.Helper()
	s.Until("a drawing that is checked", func() bool {
		return !s.Stage.Drawing() && !s.Stage.Stale() && s.Stage.Checked() != nil
	})
}

// Window shows the content, which is made after the look is set. Fyne's test
// app is global, so that tests with a window are not parallel.
func Window(t *testing.T, mode look.Mode, size fyne.Size, content func(fyne.Window) fyne.CanvasObject) fyne.Window {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme{Mode: mode})
	w := test.NewTempWindow(t, nil)
	w.SetPadded(false)
	w.SetContent(content(w))
	w.Resize(size)
	return w
}

// pictures is the variable that names the folder for pictures.
const pictures = "MAPWRIGHT_PICTURES"

// Looks gives the looks that pictures are made in: without a folder for them
// the first alone, which shows that what they draw can be drawn.
func Looks[T any](all ...T) []T {
	if os.Getenv(pictures) == "" {
		return all[:1]
	}
	return all
}

// Save writes a picture of the window for people to look at, where
// MAPWRIGHT_PICTURES names a folder.
func Save(t *testing.T, name string, img image.Image) {
	t.Helper()
	dir := os.Getenv(pictures)
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// Find gives the first object of a type below another, in the order in which
// they are drawn, for which the condition holds.
func Find[T fyne.CanvasObject](root fyne.CanvasObject, condition func(T) bool) (found T, ok bool) {
	for _, o := range test.LaidOutObjects(root) {
		if one, is := o.(T); is && o.Visible() && condition(one) {
			return one, true
		}
	}
	return found, false
}
