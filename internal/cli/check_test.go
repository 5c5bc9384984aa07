package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestACheckMends: scripts that mend many maps go by these words.
func TestACheckMends(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	source, gpkg := filepath.Join(dir, "house.geojson"), filepath.Join(dir, "house.gpkg")
	if err := os.WriteFile(source, []byte(square), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"new", gpkg, "--bbox", "11.3,47.9,11.8,48.4", "--size", "200x150"}, // the house has less than a square millimetre
		{"import", gpkg, source, "--layer", "house"},
		{"layer", "set", gpkg, "house", "operation=cut", "setting=inner", "strategy=outline"},
	} {
		if code, answer := runs(t, dir, args...); code != exitDone {
			t.Fatalf("%v: exit %d, %v", args, code, answer)
		}
	}
	small := func(answer map[string]any) map[string]any {
		t.Helper()
		for _, f := range answer["findings"].([]any) {
			if f := f.(map[string]any); f["kind"] == "too-small" && f["severity"] == "warning" {
				return f
			}
		}
		return nil
	}
	code, before := runs(t, dir, "check", gpkg)
	f := small(before)
	if code != exitDone || f == nil || f["count"] != 1.0 || before["fixed"] != nil {
		t.Fatalf("exit %d, %v", code, before)
	}
	remedies := f["remedies"].([]any)
	if first := remedies[0].(map[string]any); first["kind"] != "drop" || first["label"] != "Leave them out" {
		t.Errorf("%v", remedies)
	}
	var out bytes.Buffer
	if code := Run(t.Context(), "1", []string{"--data-dir", dir, "check", gpkg}, &out, &out); code != exitDone ||
		!strings.Contains(out.String(), "Leave them out (too-small=drop)") {
		t.Errorf("exit %d: %s", code, out.String())
	}
	code, after := runs(t, dir, "check", gpkg, "--fix", "thin-web,too-small=engrave")
	fixed := after["fixed"].([]any)
	if code != exitDone || small(after) != nil || len(fixed) != 1 {
		t.Fatalf("exit %d, %v", code, after)
	}
	change := fixed[0].(map[string]any)
	set := change["set"].(map[string]any)
	if change["layer"] != "house" || change["kind"] != "too-small" || change["remedy"] != "engrave" || set["operation"] != "engrave" || set["strategy"] != "filled" {
		t.Errorf("%v", change)
	}
	if code, refused := runs(t, dir, "check", gpkg, "--fix", "dust"); code != exitUsage || !strings.Contains(refused["error"].(map[string]any)["message"].(string), "falls-out") {
		t.Errorf("exit %d, %v", code, refused)
	}
}
