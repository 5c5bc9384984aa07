package lettering

import (
	"testing"
	"unicode"
)

// setter is a typesetter of the bundled chain.
func setter(t testing.TB) *Typesetter {
	t.Helper()
	chain, err := Bundled(Sans)
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewTypesetter(chain)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func lines(t testing.TB) *StrokeFont {
	t.Helper()
	f, err := Strokes()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestScriptsLookAsTheyDid(t *testing.T) {
	t.Parallel()
	texts := []string{
		"Große Straße, AVANTI To. fi", "Ελλάδα, Άγιον Όρος", "Ёлки Їжак Ђорђе", "Việt Nam, Łódź, Ţară",
		"شارع الملك فيصل", "רחוב הרצל 12", "शास्त्री मार्ग क्षेत्रि", "ถนนสุขุมวิท ที่นี่", "Երևան թբილისი", "თბილისი ქუჩა",
		"Nazareth الناصرة 12 נצרת", "e\u0301 a\u0323\u0302 o\u0308\u0304", "(שלום) [ABC]",
	}
	p := &picture{width: 60, height: 6*float64(len(texts)) + 2}
	s := setter(t)
	for i, text := range texts {
		set, err := s.Set(text, 2.5, 0, 0.02)
		if err != nil {
			t.Fatal(err)
		}
		p.text(set, 2, p.height-6*float64(i+1)+1)
	}
	p.golden(t, "scripts.svg")
}

func TestSingleLineLettersLookAsTheyDid(t *testing.T) {
	t.Parallel()
	f := lines(t)
	p := &picture{width: 120, height: 210}
	x, y := 3.0, p.height-7
	for r := rune('!'); r < 0x2200; r++ {
		if !f.Has(r) || !unicode.IsGraphic(r) || unicode.IsSpace(r) {
			continue
		}
		if r >= 0x1E00 && r < 0x2000 && r%8 != 0 { // Vietnamese and old Greek: a part shows them all
			continue
		}
		set, err := f.Set(string(r), 2.5, 0, 0.02)
		if err != nil {
			t.Fatal(err)
		}
		p.text(set, x, y)
		if x += max(5, set.Width+2); x > p.width-6 {
			x, y = 3, y-7
		}
	}
	p.golden(t, "single-line.svg")
}
