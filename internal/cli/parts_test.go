package cli

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// TestFrameAndTextIsMadeAndChangedOnTheCommandLine: what the window can do with
// the parts of a piece, a script can too.
func TestFrameAndTextIsMadeAndChangedOnTheCommandLine(t *testing.T) {
	t.Parallel()
	gpkg := filepath.Join(t.TempDir(), "place.gpkg")
	must := func(args ...string) (stdout, stderr string) {
		t.Helper()
		code, stdout, stderr := run(t, args...)
		if code != exitDone {
			t.Fatalf("%v: exit %d, %s", args, code, stderr)
		}
		return stdout, stderr
	}
	must("new", gpkg, "--bbox", "11.56,48.13,11.58,48.14", "--size", "200x150")
	_, _, stderr := run(t, "layer", "parts", gpkg)
	if !strings.Contains(stderr, "--frame") {
		t.Errorf("a map without the layer says %q", stderr)
	}
	must("layer", "add", gpkg, "--frame", "title=Old town", "hole=on", "north-arrow=off", "halo=0.6")
	must("layer", "set", gpkg, "Frame and text", "hole.2.at=20,30", "text=one", "scale-bar.place=top-left", "scale-bar.offset=10,12", "title.visible=no")
	must("layer", "set", gpkg, "Frame and text", "text.2=two", "text.1=off")
	stdout, _ := must("layer", "parts", gpkg, "--json")
	var got struct {
		Layer string
		Parts []partJSON
	}
	if err := json.Unmarshal([]byte(stdout), &got); err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, p := range got.Parts {
		count[p.Part]++
		switch {
		case p.Part == "title" && (p.Text != "Old town" || !p.Own || p.Visible),
			p.Part == "hole" && p.Number == 2 && p.At != [2]float64{20, 30},
			p.Part == "text" && p.Text != "two",
			p.Part == "scale-bar" && (p.Place != "top-left" || p.At != [2]float64{15, 133} || p.Offset != [2]float64{10, 12}):
			t.Errorf("%+v", p)
		}
	}
	if got.Layer != "Frame and text" || count["hole"] != 4 || count["text"] != 1 || count["north-arrow"] != 0 || count["border"] != 1 {
		t.Errorf("%s", stdout)
	}
	if text, _ := must("layer", "parts", gpkg); !strings.Contains(text, "place=top-left") || !strings.Contains(text, "visible=no") {
		t.Errorf("people read\n%s", text)
	}
}

func TestWhoTakesTheCreditLineAwayIsToldWhatThatMeans(t *testing.T) {
	t.Parallel()
	gpkg := filepath.Join(t.TempDir(), "munich.gpkg")
	for _, args := range [][]string{
		{"new", gpkg, "--bbox", "11.57,48.135,11.578,48.139", "--size", "200x150"},
		{"import", gpkg, "../../assets/sample/munich-centre-2020.osm.pbf"},
	} {
		if code, _, stderr := run(t, args...); code != exitDone {
			t.Fatalf("%v: exit %d, %s", args, code, stderr)
		}
	}
	for _, c := range []struct {
		key  string
		told bool
	}{{"credit.size=2.5", false}, {"credit=off", true}, {"halo=0.5", false}, {"credit=on", false}, {"credit.visible=no", true}} {
		code, _, stderr := run(t, "layer", "set", gpkg, "Frame and text", c.key)
		if code != exitDone || strings.Contains(stderr, "ODbL") != c.told {
			t.Errorf("%s: exit %d, %q", c.key, code, stderr)
		}
	}
}
