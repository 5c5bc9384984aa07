package parts_test

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"go.uber.org/goleak"

	"github.com/mapwright/mapwright/app/look"
)

var update = flag.Bool("update", false, "take what is drawn now for right")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// window shows a content that is made after the look is set. The test's app is
// global, so that no test of this package is parallel.
func window(t *testing.T, mode look.Mode, content func() fyne.CanvasObject) fyne.Window {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme{Mode: mode})
	w := test.NewTempWindow(t, content())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1060, 700))
	return w
}

// show gives a window with one object as it stands in a panel of 400 px.
func show(t *testing.T, make func() fyne.CanvasObject) fyne.Window {
	t.Helper()
	w := window(t, look.Light, make)
	w.Resize(fyne.NewSize(400, 300))
	return w
}

// matches compares a picture with the one in testdata. Other processors round
// otherwise, so that single pixels may differ, but nothing of a letter's size.
func matches(t *testing.T, name string, got image.Image) {
	t.Helper()
	path := filepath.Join("testdata", name+".png")
	if *update {
		save(t, path, got)
		return
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != want.Bounds() {
		t.Fatalf("%s is %v, was %v", name, got.Bounds(), want.Bounds())
	}
	if n := differing(got, want); n > 40 {
		save(t, filepath.Join(t.ArtifactDir(), name+".png"), got)
		t.Errorf("%d pixels of %s are drawn otherwise", n, name)
	}
}

func differing(a, b image.Image) (n int) {
	bounds := a.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			if far(a.At(x, y), b.At(x, y)) {
				n++
			}
		}
	}
	return n
}

func far(a, b color.Color) bool {
	r, g, bl, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	for _, d := range []int{int(r) - int(r2), int(g) - int(g2), int(bl) - int(b2)} {
		if max(d, -d)>>8 > 12 {
			return true
		}
	}
	return false
}

func save(t *testing.T, name string, img image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, file.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }
