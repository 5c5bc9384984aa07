package adding

import (
	"image/png"
	"os"
	"testing"

	"fyne.io/fyne/v2"
)

func picture(t *testing.T, path string, win fyne.Window) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // a picture for eyes alone
	if err := png.Encode(f, win.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}
