package lettering

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/assets"
	"github.com/mapwright/mapwright/internal/planar"
)

// A font file of a few bytes that says it has gigabytes would take all memory.
func TestDamagedFontsAreRefused(t *testing.T) {
	t.Parallel()
	sound := assets.LabelFonts()[4]
	huge := slices.Clone(sound)
	binary.BigEndian.PutUint32(huge[12+12:], 0xEEEEEEEE) // the length of the first table
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"nothing":          {nil, "no TrueType"},
		"a picture":        {[]byte("\x89PNG\r\n\x1a\n and more"), "no TrueType"},
		"a web font":       {append([]byte("wOFF"), sound[4:]...), "no TrueType"},
		"half a font":      {sound[:len(sound)/2], "beyond the end"},
		"a huge table":     {huge, "beyond the end"},
		"too many fonts":   {[]byte("ttcf\x00\x01\x00\x00\xff\xff\xff\xff"), "4294967295 fonts"},
		"no end of tables": {append([]byte("OTTO\xff\xff"), make([]byte, 20)...), "table of contents"},
	} {
		if _, err := ParseFont(c.data); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want an error that says %q", name, err, c.says)
		}
	}
}

// A maker who asks for 3 mm measures 3 mm on the wood.
func TestSizeIsTheHeightOfACapital(t *testing.T) {
	t.Parallel()
	for name, face := range map[string]Typeface{"outlined": setter(t), "single-line": lines(t)} {
		for _, size := range []float64{0.8, 3, 40} {
			set, err := face.Set("H", size, 0, 0.01)
			if err != nil {
				t.Fatal(err)
			}
			ink := set.Ink()
			if math.Abs(ink.Max.Y-size) > 1e-6*size || math.Abs(ink.Min.Y) > 1e-6*size {
				t.Errorf("%s: an H of %g mm reaches from %g to %g", name, size, ink.Min.Y, ink.Max.Y)
			}
		}
	}
}

// Fallback fonts are as large as the first one, so that a name in two scripts
// is of one size.
func TestFallbackFontsFitInSize(t *testing.T) {
	t.Parallel()
	s := setter(t)
	for _, text := range []string{"ד", "Ա", "Ა", "ก", "ا"} {
		set, err := s.Set(text, 10, 0, 0.01)
		if err != nil {
			t.Fatal(err)
		}
		if h := set.Ink().Max.Y; h < 6 || h > 12 {
			t.Errorf("%q is %g mm high beside capitals of 10", text, h)
		}
	}
}

func TestMissingLettersAreNamed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		face Typeface
		text string
		want []rune
	}{
		"outlined Chinese":   {setter(t), "Chinatown 唐人街 唐", []rune("唐人街")},
		"single-line Arabic": {lines(t), "شارع", []rune("شارع")},
		"an odd mark":        {lines(t), "a\u20E3", []rune{0x20E3}},
	} {
		_, err := c.face.Set(c.text, 3, 0, 0.02)
		var missing *MissingError
		if !errors.As(err, &missing) || !slices.Equal(missing.Runes, c.want) {
			t.Errorf("%s: got %v, want the runes %q", name, err, c.want)
		} else if !strings.Contains(err.Error(), "U+") {
			t.Errorf("%s: %q does not tell the code", name, err)
		}
	}
}

func TestSizesThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	for _, face := range []Typeface{setter(t), lines(t)} {
		for _, c := range [][3]float64{
			{0, 0, 0.02},
			{-1, 0, 0.02},
			{math.NaN(), 0, 0.02},
			{math.Inf(1), 0, 0.02},
			{3, math.NaN(), 0.02},
			{3, 0, 0},
			{3, 0, math.NaN()},
		} {
			if _, err := face.Set("A", c[0], c[1], c[2]); err == nil {
				t.Errorf("%T takes size %g, spacing %g, tolerance %g", face, c[0], c[1], c[2])
			}
		}
		if _, err := face.Set(strings.Repeat("n", maxTextRunes+1), 3, 0, 0.02); err == nil {
			t.Errorf("%T takes a label longer than it says", face)
		}
	}
}

func TestLettersOfJoiningScriptsStayTogether(t *testing.T) {
	t.Parallel()
	s := setter(t)
	for text, want := range map[string]int{"شارع الملك": 3, "शास्त्री मार्ग": 3, "Straße": 6, "e\u0301te\u0301": 3} {
		set, err := s.Set(text, 3, 0, 0.02)
		if err != nil {
			t.Fatal(err)
		}
		if len(set.Letters) != want {
			t.Errorf("%q turns as %d letters, want %d", text, len(set.Letters), want)
		}
	}
	plain, err := s.Set("شارع", 3, 0, 0.02)
	if err != nil {
		t.Fatal(err)
	}
	spaced, err := s.Set("شارع", 3, 1, 0.02)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(plain.Width-spaced.Width) > 1e-9 {
		t.Errorf("spacing tears joined letters apart: %g mm instead of %g", spaced.Width, plain.Width)
	}
}

// Shaping is more than one glyph a letter: kerning pulls A and V together, marks
// sit on their letters, Arabic letters change their form.
func TestTextIsShaped(t *testing.T) {
	t.Parallel()
	s := setter(t)
	width := func(text string) float64 {
		set, err := s.Set(text, 10, 0, 0.02)
		if err != nil {
			t.Fatal(err)
		}
		return set.Width
	}
	if kerned, apart := width("AV"), width("A")+width("V"); kerned > apart-0.2 {
		t.Errorf("AV is not kerned: %g mm of %g", kerned, apart)
	}
	if joined, apart := width("مم"), 2*width("م"); math.Abs(joined-apart) < 0.2 {
		t.Errorf("Arabic letters keep their lone form: %g mm, alone %g", joined, apart)
	}
	if one, two := width("é"), width("e\u0301"); math.Abs(one-two) > 1e-9 {
		t.Errorf("e with a combining accent is %g mm wide, é %g", two, one)
	}
}

// Every letter of the single-line font is drawn, none reaches far beyond its
// line, and all Latin, Greek and Cyrillic alphabets of Europe are there.
func TestSingleLineLettersAreComplete(t *testing.T) {
	t.Parallel()
	f := lines(t)
	for _, text := range []string{
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
		"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞß àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŖŗŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŴŵŶŷŸŹźŻżŽž ȘșȚț",
		"ẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹƠơƯư",
		"ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ αβγδεζηθικλμνξοπρςστυφχψω ΆΈΉΊΌΎΏ άέήίόύώϊϋΐΰ",
		"АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдеёжзийклмнопрстуфхцчшщъыьэюя ҐґЄєІіЇїЎў ЂђЈјЉљЊњЋћЏџЃѓЌќЅѕ",
		"¡¿‘’‚“”„‹›«»–—…·•°×€£§©®№½¼¾²³←→↑↓",
	} {
		set, err := f.Set(text, 21, 0, 0.02)
		if err != nil {
			t.Error(err)
			continue
		}
		i := 0
		for _, r := range text {
			l := set.Letters[i]
			i++
			if r != ' ' && len(l.Strokes) == 0 {
				t.Errorf("%c is not drawn", r)
			}
			if l.Advance <= 0 || l.Ink.Min.Y < -16 || l.Ink.Max.Y > 42 || l.Ink.Min.X < -3 || l.Ink.Max.X > l.Advance+4 {
				t.Errorf("%c moves by %g and has its ink at %+v", r, l.Advance, l.Ink)
			}
		}
	}
}

// A label that is burned twice where contours overlap would be darker there.
func TestAreasOfALabelAreValidAndOnce(t *testing.T) {
	t.Parallel()
	set, err := setter(t).Set("Große Straße ÅÄ शास्त्री مم", 4, 0, 0.01)
	if err != nil {
		t.Fatal(err)
	}
	p := Stand([]Text{set}, Vec{50, 20})
	areas, err := p.Areas(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again, err := planar.Union(t.Context(), planar.Rings(areas), planar.Positive)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := planar.Area(areas), planar.Area(again); a != b || a == 0 {
		t.Errorf("the label's area is %g, united %g", a, b)
	}
	if m := p.Middle(); math.Abs(m.X-50) > 1e-9 || math.Abs(m.Y-20) > 1e-9 {
		t.Errorf("the label stands around %v", m)
	}
}
