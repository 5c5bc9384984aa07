package fonts

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/assets"
	"github.com/mapwright/mapwright/internal/lettering"
)

// cjk is a collection of three fonts with a few letters each: JP, KR, SC.
var cjk = filepath.Join("..", "lettering", "testdata", "NotoSansCJK-subset.ttc")

// write puts a file into a folder.
func write(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// shelf is a computer with the collection, two fonts of the program and what
// lies around in folders of fonts: damaged files, links to nowhere, pipes of
// other programs' making.
func shelf(t *testing.T) Shelf {
	t.Helper()
	dir := t.TempDir()
	data, err := os.ReadFile(cjk)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "noto/NotoSansCJK.ttc", data)
	write(t, dir, "regular.ttf", assets.Regular)
	write(t, dir, "semibold.TTF", assets.SemiBold)
	write(t, dir, "half.otf", data[:len(data)/2])
	write(t, dir, "notes.ttf", []byte("no font at all"))
	write(t, dir, "empty.otf", nil)
	if err := os.Symlink("nowhere.ttf", filepath.Join(dir, "link.ttf")); err != nil {
		t.Log(err) // not on every system
	}
	return Shelf{&Computer{Dirs: []string{filepath.Join(dir, "missing"), dir}}, dir}
}

func TestInstalledFontsAreFoundAmongDamagedOnes(t *testing.T) {
	t.Parallel()
	got, err := shelf(t).Computer.Families(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Mapwright Sans", "Noto Sans CJK JP", "Noto Sans CJK KR", "Noto Sans CJK SC"}
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestAFontIsHadByItsNameOrItsFile(t *testing.T) {
	t.Parallel()
	s := shelf(t)
	for name, want := range map[string]string{
		"Mapwright Sans":                        "Mapwright Sans",
		"mapwrightsans":                         "Mapwright Sans",
		"Mapwright Sans SemiBold":               "Mapwright Sans SemiBold",
		"noto sans cjk sc":                      "Noto Sans CJK SC",
		"noto/NotoSansCJK.ttc":                  "Noto Sans CJK JP",
		"noto/NotoSansCJK.ttc#2":                "Noto Sans CJK KR",
		filepath.Join(s.Folder, "semibold.TTF"): "Mapwright Sans SemiBold",
	} {
		f, err := s.Named(t.Context(), name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if f.Name() != want {
			t.Errorf("%s is %q, want %q", name, f.Name(), want)
		}
	}
	for name, says := range map[string]string{
		"Comic Sans":             "not installed",
		"none.ttf":               "no such file",
		"half.otf":               "damaged",
		"notes.ttf":              "no TrueType",
		"empty.otf":              "no TrueType",
		"noto/NotoSansCJK.ttc#4": "no such font",
	} {
		_, err := s.Named(t.Context(), name)
		var at *lettering.FontError
		if !errors.As(err, &at) || at.Name != name || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %v, want an error that says %q", name, err, says)
		}
	}
	if err := os.Mkdir(filepath.Join(s.Folder, "folder.ttf"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Named(t.Context(), "folder.ttf"); err == nil {
		t.Error("a folder is read as a font")
	}
}

// letters takes a text apart.
func letters(text string) [][]rune {
	var out [][]rune
	for _, r := range text {
		out = append(out, []rune{r})
	}
	return out
}

// A Japanese name in Chinese forms is a misprint in Japan.
func TestTheFontIsThatOfTheLanguage(t *testing.T) {
	t.Parallel()
	s := shelf(t)
	for text, want := range map[string]string{
		"東京サーウェイ": "Noto Sans CJK JP",
		"서울門":     "Noto Sans CJK KR",
		"北京":      "Noto Sans CJK SC",
		"門骨":      "Noto Sans CJK SC",
	} {
		got, err := s.For(t.Context(), lettering.Wanted{Letters: letters(text), Tongue: lettering.TongueOf([]string{text}), Weight: 600})
		if err != nil || len(got) != 1 || got[0].Name() != want {
			t.Errorf("%s: %v, %v, want %s", text, names(got), err, want)
		}
	}
	// What the font of the language lacks comes from another one; what none has
	// from none.
	got, err := s.For(t.Context(), lettering.Wanted{Letters: letters("いろは门ሀ"), Tongue: lettering.Japanese, Weight: 400})
	if err != nil || len(got) == 0 || got[0].Name() != "Noto Sans CJK JP" {
		t.Errorf("%v, %v", names(got), err)
	}
	for _, r := range "いろは门" {
		if !slices.ContainsFunc(got, func(f *lettering.Font) bool { return f.Has(r) }) {
			t.Errorf("%v have no %c", names(got), r)
		}
	}
	if none, err := s.For(t.Context(), lettering.Wanted{Letters: letters("ሀ")}); err != nil || len(none) != 0 {
		t.Errorf("%v, %v for a letter that no font has", names(none), err)
	}
}

func names(fonts []*lettering.Font) []string {
	var out []string
	for _, f := range fonts {
		out = append(out, f.Name())
	}
	return out
}

func TestRanks(t *testing.T) {
	t.Parallel()
	font := func(family string, weight int, italic bool) installed {
		return installed{Description: lettering.Description{Family: family, Weight: weight, Italic: italic}}
	}
	// Each is to be taken before the next one, for Chinese.
	order := []installed{
		font("Noto Sans CJK SC", 400, false), font("WenQuanYi Zen Hei", 400, false), font("Noto Serif CJK SC", 400, false),
		font("Noto Sans Mono CJK SC", 400, false), font("Noto Sans CJK JP", 400, false), font("Malgun Gothic", 400, false),
		font("Noto Sans CJK SC", 700, false), font("Noto Sans CJK SC", 400, true), font("Unifont", 400, false),
	}
	for i := 1; i < len(order); i++ {
		w := lettering.Wanted{Tongue: lettering.Simplified, Weight: 400}
		if a, b := order[i-1], order[i]; !rank(a, w).before(rank(b, w)) {
			t.Errorf("%s is not taken before %s", a.Name(), b.Name())
		}
	}
	if w := (lettering.Wanted{Weight: 600}); !rank(order[6], w).before(rank(order[0], w)) {
		t.Error("semi-bold titles are not continued in bold")
	}
	for _, family := range []string{"LastResort", ".LastResort", "Last Resort High-Efficiency", "Adobe Blank 2"} {
		if !unfit(family) {
			t.Errorf("%s would be burned", family)
		}
	}
}

// A window that closes does not wait for a slow disk.
func TestWaitingForFontsCanBeCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := shelf(t)
	s.Computer.scan.Do(func() { s.Computer.done = make(chan struct{}) }) // a scan that never ends
	for name, ask := range map[string]func() error{
		"families": func() error { _, err := s.Computer.Families(ctx); return err },
		"named":    func() error { _, err := s.Named(ctx, "Sans"); return err },
		"for":      func() error { _, err := s.For(ctx, lettering.Wanted{Letters: letters("北")}); return err },
	} {
		if err := ask(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A font that was replaced while the program runs is read anew.
func TestAChangedFileIsReadAnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := Shelf{&Computer{Dirs: []string{}}, dir}
	write(t, dir, "f.ttf", assets.Regular)
	first, err := s.Named(t.Context(), "f.ttf")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.Named(t.Context(), "f.ttf"); err != nil || again != first {
		t.Errorf("read twice: %v", err)
	}
	write(t, dir, "f.ttf", assets.SemiBold)
	if now, err := s.Named(t.Context(), "f.ttf"); err != nil || now.Name() != "Mapwright Sans SemiBold" {
		t.Errorf("%v after the file was replaced", err)
	}
}
