package lettering

import (
	"fmt"
	"strings"
	"testing"
)

// The levels are those of fribidi for the same lines. A maker would lose a
// board to a number read backwards.
func TestLevelsOfMixedText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Main Street":         "00000000000",
		"שדרות רוטשילד 12":    "1111111111111122",
		"شارع ١٢":             "1111122",
		"Tel Aviv תל אביב":    "0000000001111111",
		"Hotel שלום 5 Sterne": "0000001111120000000",
		"(שלום)":              "111111",
		"קו 12-15":            "11122222",
		"a (שלום) b":          "0001111000",
		"שלום (abc) 3%":       "1111112221122",
		"العربية 1-2":         "11111111212",
		"":                    "",
		"12":                  "00",
		"ב12ג":                "1221",
		"R\u0301 א\u05B0":     "00011",
		"\u200Fabc (x)":       "12222222",
	} {
		got := ""
		for _, l := range levels([]rune(text)) {
			got += fmt.Sprint(l)
		}
		if got != want {
			t.Errorf("%q has the levels %s, want %s", text, got, want)
		}
	}
}

func TestLettersStandInReadingOrder(t *testing.T) {
	t.Parallel()
	s := setter(t)
	// Where each part of a mixed line begins and ends, from left to right.
	for text, parts := range map[string][]string{
		"Nazareth הרצל 12": {"Nazareth ", "12", " הרצל"},
		"רחוב הרצל 12":     {"12", " הרצל", " רחוב"},
		"הרצל (Herzl)":     {"(Herzl)", " הרצל"},
	} {
		whole, err := s.Set(text, 2, 0, 0.02)
		if err != nil {
			t.Fatal(err)
		}
		var want float64
		for _, p := range parts {
			set, err := s.Set(p, 2, 0, 0.02)
			if err != nil {
				t.Fatal(err)
			}
			want += set.Width
			if n := strings.Count(p, " "); n > 0 { // Set trims
				space, _ := s.Set("n n", 2, 0, 0.02)
				two, _ := s.Set("nn", 2, 0, 0.02)
				want += float64(n) * (space.Width - two.Width)
			}
		}
		if diff := whole.Width - want; diff > 0.1 || diff < -0.1 {
			t.Errorf("%q is %g mm wide, its parts %g", text, whole.Width, want)
		}
	}
}
