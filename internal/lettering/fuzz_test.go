package lettering

import (
	"bytes"
	"errors"
	"testing"

	"github.com/mapwright/mapwright/assets"
)

// FuzzParseFont gives the reader of fonts what a maker may point it at, and
// sets text by what it takes. Nothing may panic or end with coordinates that
// are no numbers.
func FuzzParseFont(f *testing.F) {
	for _, data := range append(assets.LabelFonts(), assets.Regular) {
		f.Add(data, "Aé שלום مم क्षि")
		f.Add(data[:len(data)/2], "n")
	}
	for _, text := range []string{"Tokyo東京", "서울", "「北京」、"} {
		f.Add(cjkData(f), text)
	}
	f.Add(bomb(f, 18), "א")
	f.Add([]byte("OTTO"), "")
	f.Add([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01"), "x")
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		descriptions, err := DescribeFonts(bytes.NewReader(data), int64(len(data)))
		for _, d := range descriptions {
			d.HasAll([]rune(text))
			if d.Name() == "" && d.Family != "" {
				t.Errorf("%+v has no name", d)
			}
		}
		index := 0
		if n := len(descriptions); err == nil && n > 0 {
			index = descriptions[n-1].Index
		}
		font, err := ReadFont(bytes.NewReader(data), int64(len(data)), index)
		if err != nil {
			return
		}
		s, err := NewTypesetter(Chain{font})
		if err != nil {
			t.Fatal(err)
		}
		set, err := s.Set(text, 3, 0, 0.05)
		if err != nil {
			return
		}
		for _, l := range set.Letters {
			for _, c := range l.Contours {
				for _, v := range c {
					if !finite(v.X) || !finite(v.Y) {
						t.Fatalf("%q has a corner at %v", text, v)
					}
				}
			}
		}
	})
}

// FuzzSet sets any text by the fonts of the program.
func FuzzSet(f *testing.F) {
	for _, text := range []string{"Große Straße", "שלום (abc) 3%", "شارع ١٢", "क्षेत्रि", "ที่นี่", "a\u0301\u0323", "\u202Eabc\u202C", "\xff", "👩‍👩‍👧"} {
		f.Add(text)
	}
	s, strokes := setter(f), lines(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, face := range []Typeface{s, strokes} {
			set, err := face.Set(text, 3, 0.1, 0.05)
			var missing *MissingError
			if errors.As(err, &missing) && len(missing.Runes) == 0 {
				t.Errorf("%q lacks letters, but none is named", text)
			}
			if err == nil && (set.Width < 0 || !finite(set.Width)) {
				t.Errorf("%q is %g mm wide", text, set.Width)
			}
		}
	})
}
