package pages

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestTextStandsOutFromItsGround holds the contrast of WCAG 2.2: 4.5 for text
// (1.4.3), 3 for the edges of fields and of focus (1.4.11).
func TestTextStandsOutFromItsGround(t *testing.T) {
	t.Parallel()
	light, dark, found := strings.Cut(string(style), "@media (prefers-color-scheme: dark)")
	if !found {
		t.Fatal("the style has no dark colours")
	}
	dark, _, _ = strings.Cut(dark, "\n}\n")
	base := colours(t, light)
	night := map[string]string{}
	for name, value := range base {
		night[name] = value
	}
	for name, value := range colours(t, dark) {
		night[name] = value
	}
	for theme, colour := range map[string]map[string]string{"light": base, "dark": night} {
		for _, c := range []struct {
			least  float64
			text   string
			ground string
		}{
			{4.5, "foreground", "background header surface input selection button"},
			{4.5, "caption", "background header surface"},
			{4.5, "primary", "background surface"},
			{4.5, "on-primary", "primary"},
			{4.5, "on-disc", "disc"},
			{4.5, "error", "surface selection error-tint"},
			{4.5, "warning", "surface selection warning-tint"},
			{4.5, "success", "success-tint"},
			{4.5, "info", "info-tint"},
			{3, "input-border", "input surface"},
			{3, "primary", "header selection"},
		} {
			for ground := range strings.FieldsSeq(c.ground) {
				a, b := luminance(t, colour[c.text]), luminance(t, colour[ground])
				if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < c.least {
					t.Errorf("%s: %s on %s has a contrast of %.2f, not %.1f", theme, c.text, ground, ratio, c.least)
				}
			}
		}
	}
}

var variable = regexp.MustCompile(`--([a-z-]+): (#[0-9A-F]{6});`)

func colours(t *testing.T, css string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, m := range variable.FindAllStringSubmatch(css, -1) {
		found[m[1]] = m[2]
	}
	if len(found) < 15 {
		t.Fatalf("only %d colours were found", len(found))
	}
	return found
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	if len(colour) != 7 {
		t.Fatalf("%q is no colour", colour)
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(v) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
