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
)

// A font that lies beside the map is named without the way to it, so that the
// folder can be moved or sent.
func TestAFontsFileIsNamedFromTheMap(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w, err := Open(Config{DataDir: filepath.Join(dir, "data"), FontDirs: []string{filepath.Join(dir, "system")}})
	if err != nil {
		t.Fatal(err)
	}
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
	gpkg := at("maps", "map.gpkg")
	for file, want := range map[string]string{
		at("maps", "own.ttf"):          "own.ttf",
		at("maps", "fonts", "own.ttf"): "fonts/own.ttf",
		at("system", "other.ttf"):      at("system", "other.ttf"),
	} {
		got, err := w.FontFile(t.Context(), gpkg, file)
		if err != nil || got != want {
			t.Errorf("%s is named %q, %v, want %q", file, got, err, want)
		}
		if err := trace.CheckOption("label", "font", got); err != nil {
			t.Errorf("%s: %v", got, err)
		}
	}
	for file, says := range map[string]string{at("maps", "bad.ttf"): "no TrueType", at("maps", "notes.txt"): ".ttf, .otf or .ttc", at("no.ttf"): "no such file"} {
		_, err := w.FontFile(t.Context(), gpkg, file)
		var at *Error
		if !errors.As(err, &at) || at.Code != CodeUsage || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %v, want an error that says %q", file, err, says)
		}
	}
	if got, err := w.FontFamilies(t.Context()); err != nil || !slices.Equal(got, []string{"Mapwright Sans"}) {
		t.Errorf("installed are %q, %v", got, err)
	}
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
