package lettering

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/mapwright/mapwright/internal/planar"
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

// Names on a bend, up a steep street, in a lake and around a point.
func TestPlacesLookAsTheyDid(t *testing.T) {
	t.Parallel()
	p := &picture{width: 120, height: 80}
	draw := func(l *Placed) {
		for _, s := range l.letters {
			var d strings.Builder
			for _, c := range s.placed() {
				p.path(&d, c, 0, 0)
			}
			style := ""
			if len(s.letter.Strokes) > 0 {
				style = ` fill="none" stroke="#00f" stroke-width=".15"`
			}
			if d.Len() > 0 {
				fmt.Fprintf(&p.body, "<path d=%q%s/>\n", d.String(), style)
			}
		}
	}
	street := func(points []Vec) {
		var d strings.Builder
		p.path(&d, points, 0, 0)
		fmt.Fprintf(&p.body, "<path d=%q fill=\"none\" stroke=\"#ccc\" stroke-width=\"1\"/>\n", d.String())
	}
	s, f := setter(t), lines(t)
	set := func(face Typeface, text string, size float64) Text {
		out, err := face.Set(text, size, 0, 0.02)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, c := range []struct {
		face   Typeface
		text   string
		beside float64
		path   []float64
	}{
		{s, "Uferpromenade", 0, []float64{5, 10, 20, 8, 35, 12, 48, 20, 55, 30, 58, 45}},
		{f, "Promenade des Anglais", 0, []float64{5, 40, 15, 50, 30, 56, 45, 57, 60, 54}},
		{s, "Steiler Weg", 0, []float64{72, 75, 70, 50, 71, 30, 69, 5}},
		{s, "شارع الملك فيصل", 2.5, []float64{80, 10, 95, 14, 115, 12}},
		{s, "Zickzackgasse", 0, []float64{80, 25, 86, 29, 90, 24, 96, 29, 102, 25, 108, 28, 115, 26}},
	} {
		path := pathOf(c.path...)
		street(mm(path))
		for _, list := range Along(set(c.face, c.text, 3), path, Course{Beside: c.beside}) {
			draw(list[0])
		}
	}
	lake := pathOf(80, 40, 90, 36, 105, 38, 115, 48, 110, 60, 98, 58, 92, 66, 80, 60, 84, 50)
	street(append(mm(lake), mm(lake)[0]))
	halves, _ := Halves("Großer See")
	texts := []Text{set(s, halves[0], 3), set(s, halves[1], 3)}
	width, height := Block(texts)
	at, _ := Roomiest(planar.Polygon{planar.Ring(lake)}, width, height)
	draw(Stand(texts, at))
	for _, place := range Around(set(f, "Bf", 2), Vec{20, 70}, 1.5, nil) {
		draw(place)
	}
	p.golden(t, "places.svg")
}
