package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// runs runs a command line in a data directory and reads its JSON.
func runs(t *testing.T, dir string, args ...string) (code int, answer map[string]any) {
	t.Helper()
	var out, errs bytes.Buffer
	code = Run(t.Context(), "1.2.3", append([]string{"--data-dir", dir, "--json"}, args...), &out, &errs)
	if err := json.Unmarshal(out.Bytes(), &answer); err != nil {
		t.Fatalf("%v: %v\n%s\n%s", args, err, out.String(), errs.String())
	}
	return code, answer
}

// square is one house of 20 mm at 1:10000, as GeoJSON.
const square = `{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[11.57,48.13],[11.5727,48.13],[11.5727,48.1318],[11.57,48.1318],[11.57,48.13]]]}}`

// TestACheckTellsTheTime: makers look at it before they pay.
func TestACheckTellsTheTime(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	source, gpkg := filepath.Join(dir, "house.geojson"), filepath.Join(dir, "house.gpkg")
	if err := os.WriteFile(source, []byte(square), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"new", gpkg, "--bbox", "11.56,48.12,11.58,48.14", "--size", "200x150"},
		{"import", gpkg, source, "--layer", "house"},
		{"layer", "set", gpkg, "house", "operation=cut", "strategy=outline"},
	} {
		if code, answer := runs(t, dir, args...); code != exitDone {
			t.Fatalf("%v: exit %d, %v", args, code, answer)
		}
	}
	_, assumed := runs(t, dir, "check", gpkg)
	if assumed["seconds"].(float64) < 10 || assumed["machine"] != "diode-10w" || assumed["machine_chosen"] != false || assumed["burn_mm"].(float64) <= 0 {
		t.Errorf("%v", assumed)
	}
	if _, told := runs(t, dir, "check", gpkg, "--machine", "xtool-p2", "--material", "mdf-4mm"); told["seconds"].(float64) >= assumed["seconds"].(float64)/2 || told["material_chosen"] != true {
		t.Errorf("%v", told)
	}
	if code, used := runs(t, dir, "machine", "use", "xtool-p2", "birch-plywood-3mm"); code != exitDone || used["machine"] != "xtool-p2" || used["kerf"] != 0.2 {
		t.Errorf("exit %d, %v", code, used)
	}
	_, kept := runs(t, dir, "check", gpkg)
	times := kept["times"].([]any)
	if kept["machine"] != "xtool-p2" || len(times) != 1 || times[0].(map[string]any)["operation"] != "cut" || times[0].(map[string]any)["passes"] != 1.0 {
		t.Errorf("%v", kept)
	}
	if code, refused := runs(t, dir, "check", gpkg, "--machine", "plasma"); code != exitUsage || !strings.Contains(refused["error"].(map[string]any)["message"].(string), "diode-10w") {
		t.Errorf("exit %d, %v", code, refused)
	}
	if code, refused := runs(t, dir, "export", gpkg, "--formats", "svg", "--machine", "plasma"); code != exitUsage {
		t.Errorf("exit %d, %v", code, refused)
	}
	var out bytes.Buffer
	if code := Run(t.Context(), "1", []string{"--data-dir", dir, "check", gpkg}, &out, &out); code != exitDone ||
		!strings.Contains(out.String(), "on xTool P2, 55 W with Birch plywood, 3 mm") {
		t.Errorf("exit %d: %s", code, out.String())
	}
}

// TestMachinesAndMaterialsAreListed with those of the person, and a file with a
// slip in it is told of.
func TestMachinesAndMaterialsAreListed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "materials"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "materials", "oak.json"), []byte(`{"id":"oak","name":"Oak","thickness":-1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	code, all := runs(t, dir, "machine", "list")
	if code != exitDone || len(all["machines"].([]any)) < 8 {
		t.Errorf("exit %d, %v", code, all)
	}
	code, all = runs(t, dir, "material", "list")
	if problems := all["problems"].([]any); code != exitDone || len(problems) != 1 || !strings.Contains(problems[0].(string), "oak.json: thickness must be a number from 0.01 to 500 (mm)") {
		t.Errorf("exit %d, %v", code, all)
	}
	if code, shown := runs(t, dir, "material", "show", "slate-5mm"); code != exitDone || shown["thickness"] != 5.0 {
		t.Errorf("exit %d, %v", code, shown)
	}
	if code, refused := runs(t, dir, "machine", "use", "plasma"); code != exitUsage {
		t.Errorf("exit %d, %v", code, refused)
	}
	if code, _ := runs(t, dir, "machine"); code != exitUsage {
		t.Errorf("exit %d", code)
	}
}

func TestTimesAreSpokenAsPeopleDo(t *testing.T) {
	t.Parallel()
	for seconds, want := range map[float64]string{0: "0 s", 41.4: "41 s", 99: "99 s", 101: "2 min", 3600: "60 min", 7150: "119 min", 7180: "2 h 00 min", 11100: "3 h 05 min"} {
		if got := spoken(seconds); got != want {
			t.Errorf("%g s: %q, want %q", seconds, got, want)
		}
	}
}

// TestTheTestCardIsMadeAlone: its size is what makes it a measure.
func TestTheTestCardIsMadeAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	gpkg := filepath.Join(dir, "card.gpkg")
	if code, refused := runs(t, dir, "new", gpkg, "--test-card", "--size", "300x200"); code != exitUsage {
		t.Errorf("exit %d, %v", code, refused)
	}
	if code, made := runs(t, dir, "new", gpkg, "--test-card"); code != exitDone || made["title"] != "Burn test card" {
		t.Errorf("exit %d, %v", code, made)
	}
	if code, again := runs(t, dir, "new", gpkg, "--test-card"); code != exitFailed {
		t.Errorf("exit %d, %v", code, again)
	}
}
