package sdk_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/plugins/sdk"
)

func manifest() sdk.Manifest {
	least, most := 10.0, 1200.0
	return sdk.Manifest{
		ID: "test", Version: "1.2.3-rc.1", Name: "Test", Description: "A <test> & more.", Publisher: "Mapwright",
		Homepage: "https://example.org", Extension: "tst", MediaType: "image/x-test",
		Accepts: sdk.Accepts{Curves: true, Fills: true, Layers: true},
		Options: []sdk.Option{
			{Key: "tool", Type: sdk.Text, Title: "Tool", Enum: []string{"laser", "router"}},
			{Key: "dpi", Type: sdk.Integer, Title: "Resolution", Description: "Pixels per inch.", Unit: "dpi", Default: 254, Min: &least, Max: &most},
			{Key: "curve-error", Type: sdk.Number, Title: "Curve error", Unit: "mm", Default: 0.02},
			{Key: "invert", Type: sdk.Boolean, Title: "Invert", Default: false},
			{Key: "author", Type: sdk.Text, Title: "Author", Default: ""},
		},
		Limits: sdk.Limits{Files: 3, FileBytes: 1 << 40},
	}
}

func TestOptionsOfTheCommandLineBecomeTyped(t *testing.T) {
	t.Parallel()
	got, wrong := sdk.ResolveOptions(manifest(), map[string]string{"tool": "router", "dpi": " 300 ", "invert": "Yes", "author": " me "})
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	want := sdk.Options{"tool": "router", "dpi": int64(300), "curve-error": 0.02, "invert": true, "author": " me "}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A maker who mistypes an option must read which one and what it may be.
func TestWrongOptionsAreNamed(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		key, value, words string
	}{
		"unknown":      {"dip", "300", "tool, dpi, curve-error, invert, author"},
		"no number":    {"dpi", "many", "not a whole number"},
		"a fraction":   {"dpi", "254.5", "not a whole number"},
		"too little":   {"dpi", "9", "9 dpi is less than 10 dpi"},
		"too much":     {"dpi", "1201", "more than 1200 dpi"},
		"not a choice": {"tool", "plasma", "laser, router"},
		"neither yes":  {"invert", "maybe", "not yes or no"},
		"not finite":   {"curve-error", "NaN", "not a finite number"},
		"infinite":     {"curve-error", "+Inf", "not a finite number"},
		"nothing":      {"curve-error", "", "not a number"},
		"endless":      {"author", strings.Repeat("x", 5000), "5000 bytes"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			given := map[string]string{"tool": "laser", test.key: test.value}
			got, wrong := sdk.ResolveOptions(manifest(), given)
			if got != nil || len(wrong) != 1 || wrong[0].Field != test.key || !strings.Contains(wrong[0].Message, test.words) {
				t.Errorf("got %v, %v", got, wrong)
			}
		})
	}
}

func TestWhatHasNoDefaultMustBeGiven(t *testing.T) {
	t.Parallel()
	_, wrong := sdk.ResolveOptions(manifest(), nil)
	if want := []sdk.FieldError{{Field: "tool", Message: "must be given: laser or router"}}; !slices.Equal(wrong, want) {
		t.Errorf("got %v", wrong)
	}
	_, wrong = sdk.ResolveOptions(manifest(), map[string]string{"zz": "", "aa": "", "dpi": "x"})
	var fields []string
	for _, w := range wrong {
		fields = append(fields, w.Field)
	}
	if want := []string{"tool", "dpi", "aa", "zz"}; !slices.Equal(fields, want) {
		t.Errorf("in the order %v, want %v", fields, want)
	}
}

func TestWholeNumbersOfJSONStayWhole(t *testing.T) {
	t.Parallel()
	for _, value := range []any{300, int64(300), 300.0} {
		got, wrong := sdk.CompleteOptions(manifest(), sdk.Options{"tool": "laser", "dpi": value})
		if len(wrong) > 0 || got["dpi"] != int64(300) {
			t.Errorf("%T gave %v, %v", value, got["dpi"], wrong)
		}
	}
	if _, wrong := sdk.CompleteOptions(manifest(), sdk.Options{"tool": "laser", "dpi": 300.5}); len(wrong) != 1 {
		t.Errorf("300.5 gave %v", wrong)
	}
}

func TestVersionsAreOrderedBySemanticVersioning(t *testing.T) {
	t.Parallel()
	// The order of section 11 of Semantic Versioning 2.0.0, and what is none first.
	order := []string{
		"", "latest", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
		"1.0.0-rc.1", "1.0.0", "1.2.0", "1.10.0", "2.0.0", "10.0.0",
	}
	for i, a := range order {
		for k, b := range order {
			if got := sdk.CompareVersions(a, b); (got < 0) != (i < k) || (got > 0) != (i > k) {
				t.Errorf("%q to %q gave %d", a, b, got)
			}
		}
	}
	for _, v := range []string{"1", "1.0", "v1.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.0 ", "../1.0.0", "1.0.0+" + strings.Repeat("a", 80)} {
		if sdk.ValidVersion(v) {
			t.Errorf("%q is taken for a version", v)
		}
	}
	if sdk.CompareVersions("1.0.0+a", "1.0.0+b") != 0 {
		t.Error("builds differ in precedence")
	}
}
