package look_test

import (
	"bytes"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"go.uber.org/goleak"
	"golang.org/x/image/font/sfnt"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/plugins/artwork"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The test's app is global, so that no test that sets its look is parallel.
func use(t *testing.T, mode look.Mode) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme{Mode: mode})
}

func TestEveryColourOfFynesWidgetsIsOurs(t *testing.T) {
	test.AssertAllColorNamesDefined(t, look.Theme{}, "look")
}

func TestTheChosenModeWinsOverTheComputers(t *testing.T) {
	t.Parallel()
	light := color.NRGBA{0xF6, 0xF4, 0xF0, 0xFF}
	dark := color.NRGBA{0x1D, 0x1C, 0x1A, 0xFF}
	for _, c := range []struct {
		mode   look.Mode
		system fyne.ThemeVariant
		want   color.Color
	}{
		{look.System, theme.VariantLight, light},
		{look.System, theme.VariantDark, dark},
		{look.Light, theme.VariantDark, light},
		{look.Dark, theme.VariantLight, dark},
	} {
		if got := (look.Theme{Mode: c.mode}).Color(theme.ColorNameBackground, c.system); got != c.want {
			t.Errorf("%q on a computer set to %d is %v, want %v", c.mode, c.system, got, c.want)
		}
	}
}

// TestEverythingCanBeRead measures the contrast by WCAG 2.2, section 1.4.3.
func TestEverythingCanBeRead(t *testing.T) {
	grounds := []fyne.ThemeColorName{theme.ColorNameBackground, theme.ColorNameOverlayBackground, theme.ColorNameMenuBackground, theme.ColorNameHeaderBackground}
	type rule struct {
		front fyne.ThemeColorName
		on    []fyne.ThemeColorName
		least float64
	}
	rules := []rule{
		{theme.ColorNameForeground, append(grounds, theme.ColorNameSelection, theme.ColorNameButton, theme.ColorNameInputBackground), 4.6},
		{look.Text2, append(grounds, theme.ColorNameSelection), 4.6},
		{theme.ColorNamePlaceHolder, append(grounds, theme.ColorNameInputBackground), 4.6},
		{theme.ColorNamePrimary, grounds, 4.6},
		{theme.ColorNameForegroundOnPrimary, []fyne.ThemeColorName{theme.ColorNamePrimary}, 4.6},
		{theme.ColorNameError, append(grounds, look.TintError), 4.6},
		{theme.ColorNameWarning, append(grounds, look.TintWarning), 4.6},
		{theme.ColorNameSuccess, append(grounds, look.TintSuccess), 4.6},
		{look.Info, append(grounds, look.TintInfo), 4.6},
		{theme.ColorNameForegroundOnError, []fyne.ThemeColorName{theme.ColorNameError, look.BadgeCut, look.BadgeRelief, look.Info, theme.ColorNameWarning, theme.ColorNameSuccess}, 4.6},
		{look.OnEngrave, []fyne.ThemeColorName{look.BadgeEngrave}, 4.6},
		{look.BadgeScore, []fyne.ThemeColorName{theme.ColorNameInputBackground}, 4.6},
		{look.TipKey, []fyne.ThemeColorName{theme.ColorNameForeground}, 4.6},
		{theme.ColorNameInputBorder, []fyne.ThemeColorName{theme.ColorNameInputBackground, theme.ColorNameBackground}, 3.2},
	}
	for _, c := range []fyne.ThemeColorName{look.SheetCut, look.SheetScore, look.SheetBurn, look.SheetGuide} {
		rules = append(rules, rule{c, []fyne.ThemeColorName{look.Sheet}, 3.9})
	}
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		use(t, mode)
		for _, r := range rules {
			for _, ground := range r.on {
				if c := contrast(look.Color(r.front), look.Color(ground)); math.Round(c*10)/10 < r.least {
					t.Errorf("%s: %s on %s has %.2f:1, least is %.1f:1", mode, r.front, ground, c, r.least)
				}
			}
		}
	}
}

func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xFFFF
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func TestEveryOperationHasItsOwnColour(t *testing.T) {
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		use(t, mode)
		seen := map[color.Color]artwork.Operation{}
		for _, o := range artwork.Operations() {
			c := look.Color(look.OnBadge(o))
			if other, ok := seen[c]; ok {
				t.Errorf("%s: %s and %s have one colour", mode, o, other)
			}
			seen[c] = o
			if c == look.Color(theme.ColorNamePrimary) {
				t.Errorf("%s: %s has the colour of buttons", mode, o)
			}
		}
	}
}

func TestFiguresStandBelowEachOther(t *testing.T) {
	use(t, look.Light)
	for _, bold := range []bool{false, true} {
		style := fyne.TextStyle{Bold: bold}
		width := func(s string) float32 { return fyne.MeasureText(s, 13, style).Width }
		for _, digits := range []string{"1111", "2222", "3333", "4444", "5555", "6666", "7777", "8888", "9999", "1471", "7.14", "0.00"} {
			want := width("0000")
			if len(digits) == 4 && digits[1] == '.' {
				want = width("8.88")
			}
			if got := width(digits); math.Abs(float64(got-want)) > 0.01 {
				t.Errorf("bold %v: %q is %v wide, want %v", bold, digits, got, want)
			}
		}
	}
}

func TestTheFontHasWhatTheWindowSays(t *testing.T) {
	t.Parallel()
	for _, bold := range []bool{false, true} {
		file := look.Theme{}.Font(fyne.TextStyle{Bold: bold})
		font, err := sfnt.Parse(file.Content())
		if err != nil {
			t.Fatalf("%s: %v", file.Name(), err)
		}
		var b sfnt.Buffer
		for _, r := range "0123456789∞−±×Ø²³°·…“”’–—→↑↓⌘€%ÄÖÜßéñçŁőžАЖяΩλ" {
			if i, err := font.GlyphIndex(&b, r); err != nil || i == 0 {
				t.Errorf("%s has no %q", file.Name(), r)
			}
		}
		if name, err := font.Name(&b, sfnt.NameIDFamily); err != nil || bytes.Contains([]byte(name), []byte("Inter")) {
			t.Errorf("the font is called %q (%v): the original's name is its authors'", name, err)
		}
	}
}

func TestBoldTextIsBold(t *testing.T) {
	use(t, look.Light)
	plain := fyne.MeasureText("Munich old town", 13, fyne.TextStyle{}).Width
	if bold := fyne.MeasureText("Munich old town", 13, fyne.TextStyle{Bold: true}).Width; bold <= plain {
		t.Errorf("bold text is %v wide, plain %v", bold, plain)
	}
}
