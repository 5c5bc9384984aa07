package exporting

import (
	"context"
	"image/color"
	"os"
	"path/filepath"
	"testing"
)

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "map.svg")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheProofShowsWhatTheFileHolds(t *testing.T) {
	t.Parallel()
	img, err := proof(t.Context(), write(t, squareSVG), 300, 220)
	if err != nil {
		t.Fatal(err)
	}
	if size := img.Bounds().Size(); size.X != 254 || size.Y != 220 {
		t.Errorf("a board of 300 × 260 is drawn as %v", size)
	}
	// The square's upper edge lies 50 of 260 from above, its middle is empty.
	if _, _, _, a := img.At(127, 42).RGBA(); a == 0 {
		t.Error("nothing is drawn where the file has a line")
	}
	if got := color.NRGBAModel.Convert(img.At(127, 42)).(color.NRGBA); got.R < 200 || got.G > 50 {
		t.Errorf("the red line is drawn as %v", got)
	}
	if _, _, _, a := img.At(127, 110).RGBA(); a != 0 {
		t.Error("something is drawn where the file has nothing")
	}
}

func TestAFileThatCantBeDrawnIsNoPanic(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "no picture", "<svg", `<svg viewBox="0 0 0 0"/>`, `<svg viewBox="0 0 10 10"><path d="M"/></svg>`, `<svg viewBox="a b"><path d="A1"/></svg>`} {
		if img, err := proof(t.Context(), write(t, text), 300, 220); err == nil && img == nil {
			t.Errorf("%q gives neither a picture nor an error", text)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := proof(ctx, write(t, squareSVG), 300, 220); err == nil {
		t.Error("a proof goes on after nobody wants it")
	}
}
