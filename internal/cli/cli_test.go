package cli

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/workshop"
)

// run runs a command line with a data directory of its own.
func run(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = Run(t.Context(), "1.2.3", append([]string{"--data-dir", t.TempDir()}, args...), &out, &errs)
	return code, out.String(), errs.String()
}

func TestWordsThatCobraRefusesAreUsageErrors(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"burn"},
		{"new"},
		{"new", "a.gpkg", "b.gpkg"},
		{"export", "a.gpkg", "--color"},
		{"layer"},
		{"layer", "frobnicate"},
		{"credits", "reserve"},
		{"render", "a.gpkg", "--width", "wide"},
	} {
		if code, stdout, stderr := run(t, args...); code != exitUsage || stderr == "" || stdout != "" {
			t.Errorf("%v: exit %d, stdout %q, stderr %q", args, code, stdout, stderr)
		} else if strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, " --help") {
			t.Errorf("%v: it does not say on one line what to do: %q", args, stderr)
		}
	}
}

func TestAnErrorAsJSONIsTheOneValueOnStdout(t *testing.T) {
	t.Parallel()
	code, stdout, stderr := run(t, "layer", "list", "nowhere.gpkg", "--json")
	var answer struct{ Error errorJSON }
	if err := json.Unmarshal([]byte(stdout), &answer); err != nil {
		t.Fatalf("%v: %s", err, stdout)
	}
	if code != exitFailed || answer.Error.Code != workshop.CodeFailed || !strings.Contains(answer.Error.Message, "nowhere.gpkg") || stderr != "" {
		t.Errorf("exit %d, error %+v, stderr %q", code, answer.Error, stderr)
	}
}

func TestVersionAndHelpSucceed(t *testing.T) {
	t.Parallel()
	if code, stdout, _ := run(t, "--version"); code != exitDone || !strings.Contains(stdout, "1.2.3") {
		t.Errorf("--version: exit %d, %q", code, stdout)
	}
	code, stdout, _ := run(t, "layer", "set", "--help")
	for _, key := range []string{"simplify", "width.CLASS", "knock-out", "operation", "mm", "centreline"} {
		if code != exitDone || !strings.Contains(stdout, key) {
			t.Errorf("layer set --help does not speak of %s", key)
		}
	}
}

func TestBoxesAndSizesAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	box, err := parseBox(" -74.1, 40 ,-73.9,41.5")
	if err != nil || box.Min != [2]float64{-74.1, 40} || box.Max != [2]float64{-73.9, 41.5} {
		t.Errorf("parseBox: %v, %v", box, err)
	}
	for _, bad := range []string{"", "1,2,3", "1,2,3,4,5", "a,b,c,d"} {
		if _, err := parseBox(bad); err == nil {
			t.Errorf("parseBox(%q) is taken", bad)
		}
	}
	if w, h, err := parseSize("300 X 200.5"); err != nil || w != 300 || h != 200.5 {
		t.Errorf("parseSize: %g, %g, %v", w, h, err)
	}
	for _, bad := range []string{"", "300", "300x", "x200", "axb"} {
		if _, _, err := parseSize(bad); err == nil {
			t.Errorf("parseSize(%q) is taken", bad)
		}
	}
}

func TestKeysAreGivenOnce(t *testing.T) {
	t.Parallel()
	got, err := keyValues([]string{"a=1", "b=x=y", "c="})
	if err != nil || got["a"] != "1" || got["b"] != "x=y" || got["c"] != "" || len(got) != 3 {
		t.Errorf("keyValues: %v, %v", got, err)
	}
	for _, bad := range [][]string{{"a"}, {"=1"}, {"a=1", "a=2"}} {
		if _, err := keyValues(bad); err == nil {
			t.Errorf("keyValues(%v) is taken", bad)
		}
	}
	if got := list(" a, b ,,c d "); !slices.Equal(got, []string{"a", "b", "c d"}) {
		t.Errorf("list: %v", got)
	}
}

func TestOptionsOfFormatsGoToTheirFormat(t *testing.T) {
	t.Parallel()
	got, err := formatOptions([]string{"SVG.precision=2", "svg.units=mm", "png.dpi=508"})
	if err != nil || got["svg"]["precision"] != "2" || got["svg"]["units"] != "mm" || got["png"]["dpi"] != "508" {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := formatOptions([]string{"dpi=508"}); err == nil {
		t.Error("an option without a format is taken")
	}
}

func TestEveryCodeHasAnExit(t *testing.T) {
	t.Parallel()
	for _, c := range []workshop.Code{
		workshop.CodeFailed, workshop.CodeUsage, workshop.CodeCheck, workshop.CodeCredits,
		workshop.CodeSignIn, workshop.CodePlugin, workshop.CodeCancelled,
	} {
		if exitCodes[c] == exitDone {
			t.Errorf("%s would exit as a success", c)
		}
	}
}
