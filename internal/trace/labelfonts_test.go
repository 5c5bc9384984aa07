package trace

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/assets"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/fonts"
	"github.com/mapwright/mapwright/internal/lettering"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// withFonts draws the job of a table on a computer with a few letters of Noto
// Sans CJK, from a folder that holds its file too, and one that is broken.
func (b *table) withFonts() (*artwork.Artwork, *Report) {
	b.t.Helper()
	dir, beside := b.t.TempDir(), b.t.TempDir()
	data, err := os.ReadFile(filepath.Join("..", "lettering", "testdata", "NotoSansCJK-subset.ttc"))
	if err != nil {
		b.t.Fatal(err)
	}
	for path, data := range map[string][]byte{
		filepath.Join(dir, "installed.ttc"): data, filepath.Join(beside, "mine.ttc"): data,
		filepath.Join(beside, "broken.ttf"): data[:1000],
	} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			b.t.Fatal(err)
		}
	}
	s, err := NewScene(b.m, b.data, Fonts(fonts.Shelf{Computer: &fonts.Computer{Dirs: []string{dir}}, Folder: beside}))
	if err != nil {
		b.t.Fatal(err)
	}
	var ids []carto.LayerID
	for _, l := range b.m.Layers {
		ids = append(ids, l.ID)
	}
	art, report, err := Job(b.t.Context(), s, ids)
	if err != nil {
		b.t.Fatal(err)
	}
	return art, report
}

// A maker whose computer has a font for a name gets the name, and is told what
// is not the same everywhere.
func TestNamesOfAnyScriptAreWrittenWhereThereIsAFont(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text    string
		op      artwork.Operation
		options map[string]string
		notes   map[NoteKind]string // kind: what it says
	}{
		"fallback":           {"北京", artwork.Engrave, nil, map[NoteKind]string{KindOtherFont: "written with Noto Sans CJK SC 2.004 of this computer: 北京"}},
		"Japanese":           {"東京の門", artwork.Engrave, nil, map[NoteKind]string{KindOtherFont: "Noto Sans CJK JP 2.004"}},
		"Korean":             {"서울", artwork.Engrave, nil, map[NoteKind]string{KindOtherFont: "Noto Sans CJK KR 2.004"}},
		"mixed":              {"Beijing 北京 شارع", artwork.Engrave, nil, map[NoteKind]string{KindOtherFont: "北京"}},
		"not needed":         {"Ort", artwork.Engrave, nil, nil},
		"scored":             {"北京", artwork.Score, nil, map[NoteKind]string{KindOtherFont: "SC 2.004", KindReplaced: "in outlines"}},
		"scored, no need":    {"Ort", artwork.Score, map[string]string{"font": "Noto Sans CJK KR"}, nil},
		"family":             {"Seoul", artwork.Engrave, map[string]string{"font": "Noto Sans CJK KR"}, map[NoteKind]string{KindOtherFont: "the font Noto Sans CJK KR 2.004 of this computer"}},
		"second of a file":   {"서울", artwork.Engrave, map[string]string{"font": "mine.ttc#2"}, nil},
		"beside the map":     {"Tokyo 東京", artwork.Engrave, map[string]string{"font": "mine.ttc"}, nil},
		"not installed":      {"Ort", artwork.Engrave, map[string]string{"font": "Comic Sans"}, map[NoteKind]string{KindNoFont: "The font Comic Sans can't be used, and others are taken in its place: it is not installed"}},
		"broken":             {"Ort", artwork.Engrave, map[string]string{"font": "broken.ttf"}, map[NoteKind]string{KindNoFont: "damaged"}},
		"missing anyhow":     {"ሀዲስ", artwork.Engrave, nil, map[NoteKind]string{KindNoLetters: "such as Noto Sans Ethiopic (on Debian and Ubuntu fonts-noto-core)"}},
		"missing in Chinese": {"龍", artwork.Engrave, nil, map[NoteKind]string{KindNoLetters: "Noto Sans CJK (on Debian and Ubuntu fonts-noto-cjk)"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newTable(t, carto.FrameRect)
			b.t = t
			b.layer("x", c.op, "label", c.options, called(c.text, b.spot(50, 40)))
			art, report := b.withFonts()
			says := map[NoteKind]string{}
			for _, n := range report.Notes {
				says[n.Kind] = n.Message
			}
			_, lost := c.notes[KindNoLetters]
			delete(says, KindEmpty)
			if len(says) != len(c.notes) {
				t.Errorf("the report says %q, want %d notes", says, len(c.notes))
			}
			for kind, want := range c.notes {
				if !strings.Contains(says[kind], want) {
					t.Errorf("%s: the report says %q, want %q", kind, says[kind], want)
				}
			}
			if written := len(art.Layers[0].Shapes) > 0; written == lost {
				t.Errorf("written: %v", written)
			}
		})
	}
}

// damaged is a font that can be read, and falls apart when a text is set.
func damaged(t *testing.T, text string) []byte {
	t.Helper()
	sound := assets.LabelFonts()[5]
	for at := range sound {
		data := bytes.Clone(sound)
		data[at] = 0xFF
		f, err := lettering.ParseFont(data)
		if err != nil {
			continue
		}
		s, err := lettering.NewTypesetter(lettering.Chain{f})
		if err != nil {
			t.Fatal(err)
		}
		var damage *lettering.DamageError
		if _, err = s.Set(text, 3, 0, 0.02); errors.As(err, &damage) {
			return data
		}
	}
	t.Fatal("the font of the program withstands every change")
	return nil
}

// A map is traced all the same where a font of the computer is damaged.
func TestADamagedFontIsDoneWithout(t *testing.T) {
	t.Parallel()
	const text = "ที่นี่"
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "damaged.ttf"), damaged(t, text), 0o600); err != nil {
		t.Fatal(err)
	}
	b := newTable(t, carto.FrameRect)
	b.layer("x", artwork.Engrave, "label", map[string]string{"font": "damaged.ttf"}, called(text, b.spot(50, 40)))
	s, err := NewScene(b.m, b.data, Fonts(fonts.Shelf{Computer: &fonts.Computer{Dirs: []string{}}, Folder: dir}))
	if err != nil {
		t.Fatal(err)
	}
	art, report, err := Job(t.Context(), s, []carto.LayerID{"x"})
	if err != nil {
		t.Fatal(err)
	}
	notes := report.Of(KindNoFont)
	if len(art.Layers[0].Shapes) == 0 || len(notes) != 1 || !strings.Contains(notes[0].Message, "damaged") {
		t.Errorf("%d shapes, notes %+v", len(art.Layers[0].Shapes), report.Notes)
	}
}

// Two lines of one name are one name.
func TestANameOfTwoLinesIsToldOnce(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("x", artwork.Score, "label", map[string]string{"size": "3"}, called("東京都千代田区", b.patch(rect(10, 10, 32, 32))))
	art, report := b.withFonts()
	if ink := inkOf(&art.Layers[0]); ink.Height() < 7 || ink.Width() > 20 {
		t.Errorf("the name is not in two lines: %v", ink)
	}
	for _, kind := range []NoteKind{KindOtherFont, KindReplaced} {
		if notes := report.Of(kind); len(notes) != 1 || notes[0].Count != 1 {
			t.Errorf("%s: %+v", kind, notes)
		}
	}
}

// The title of a map is written like its names.
func TestFrameAndTextAreWrittenWithTheSameFonts(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.furnish(artwork.Engrave, nil, thing(ClassTitle, "東京の門", 50, 50), thing(ClassText, "Tokyo", 50, 20))
	art, report := b.withFonts()
	notes := report.Of(KindOtherFont)
	if len(notes) != 1 || !strings.Contains(notes[0].Message, "Noto Sans CJK JP 2.004 of this computer: 東京の門") || len(report.Of(KindNoLetters)) > 0 {
		t.Errorf("%+v", report.Notes)
	}
	if ink := inkOf(&art.Layers[0]); ink.Height() < 20 {
		t.Errorf("the title is missing: %v", ink)
	}
}
