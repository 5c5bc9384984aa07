package workshop

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/assets"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/paulmach/orb"
)

// A font that lies beside the map is named without the way to it, so that the
// folder can be moved or sent.
func TestAFontsFileIsNamedFromTheMap(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(parts ...string) string { return filepath.Join(append([]string{dir}, parts...)...) }
	for path, data := range map[string][]byte{
		at("maps", "own.ttf"): assets.Regular, at("maps", "fonts", "own.ttf"): assets.Regular,
		at("system", "other.ttf"): assets.SemiBold, at("maps", "bad.ttf"): []byte("bad"), at("maps", "notes.txt"): assets.Regular,
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d := emptyDesk(t, at("maps", "map.gpkg"), at("system"))
	for file, want := range map[string]string{
		at("maps", "own.ttf"):          "own.ttf",
		at("maps", "fonts", "own.ttf"): "fonts/own.ttf",
		at("system", "other.ttf"):      at("system", "other.ttf"),
	} {
		got, err := d.FontFile(t.Context(), file)
		if err != nil || got != want {
			t.Errorf("%s is named %q, %v, want %q", file, got, err, want)
		}
		if err := trace.CheckOption("label", "font", got); err != nil {
			t.Errorf("%s: %v", got, err)
		}
	}
	for file, says := range map[string]string{at("maps", "bad.ttf"): "no TrueType", at("maps", "notes.txt"): ".ttf, .otf or .ttc", at("no.ttf"): "no such file"} {
		_, err := d.FontFile(t.Context(), file)
		var at *Error
		if !errors.As(err, &at) || at.Code != CodeUsage || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %v, want an error that says %q", file, err, says)
		}
	}
	if got, err := d.FontFamilies(t.Context()); err != nil || !slices.Equal(got, []string{"Mapwright Sans"}) {
		t.Errorf("installed are %q, %v", got, err)
	}
}

// emptyDesk is a new map on the desk, on a computer with a folder of fonts.
func emptyDesk(t *testing.T, path, fonts string) *Desk {
	t.Helper()
	w, err := Open(Config{DataDir: t.TempDir(), FontDirs: []string{fonts}})
	if err != nil {
		t.Fatal(err)
	}
	box := orb.Bound{Min: orb.Point{7, 50}, Max: orb.Point{7.004, 50.002}}
	if _, err := w.New(t.Context(), NewMap{Path: path, Box: &box, Width: 100, Height: 80, Margin: DefaultMargin}); err != nil {
		t.Fatal(err)
	}
	d, err := w.OpenMap(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// Who chose a font and does not get it is warned before the export is paid.
func TestTheCheckWarnsOfAFontThatIsNotThere(t *testing.T) {
	t.Parallel()
	w, gpkg := shop(t)
	keys := map[string]string{"strategy": "label", "operation": "engrave", "font": "No Such Font"}
	if err := w.SetLayer(t.Context(), gpkg, "village", keys); err != nil {
		t.Fatal(err)
	}
	got, err := w.Check(t.Context(), gpkg, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(got.Findings, func(f Finding) bool {
		return f.Kind == "no-font" && f.Severity == "warning" && strings.Contains(f.Message, "No Such Font")
	}) {
		t.Errorf("%+v", got.Findings)
	}
}
