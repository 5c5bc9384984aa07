package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// built is where TestMain puts the programs.
var built string

func TestMain(m *testing.M) {
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp("", "mapwright-e2e-")
	if err != nil {
		panic(err)
	}
	defer func() {
		if err := os.RemoveAll(dir); err != nil {
			panic(err)
		}
	}()
	built = dir
	goBuild(filepath.Join(dir, "mapwright"), "-tags", "faultpoints", "../..")
	for _, id := range []string{"svg", "png"} {
		install(filepath.Join(dir, "plugins"), id, "1.0.0", "../../plugins/"+id)
	}
	return m.Run()
}

func goBuild(out string, args ...string) {
	cmd := exec.Command("go", append([]string{"build", "-o", out}, args...)...)
	if msg, err := cmd.CombinedOutput(); err != nil {
		panic(fmt.Sprintf("go build %v: %v\n%s", args, err, msg))
	}
}

// install builds a plugin into dir as a person would find it installed.
func install(dir, id, version, pkg string) {
	folder := filepath.Join(dir, id, version)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		panic(err)
	}
	program := filepath.Join(folder, "plugin")
	goBuild(program, pkg)
	manifest, err := exec.Command(program, "manifest").Output()
	if err != nil {
		panic(fmt.Sprintf("%s manifest: %v", pkg, err))
	}
	if err := os.WriteFile(filepath.Join(folder, "manifest.json"), manifest, 0o644); err != nil {
		panic(err)
	}
}

// shop is one person's computer: a data directory, maps and exports.
type shop struct {
	t    *testing.T
	dir  string
	data string
	env  []string
}

func newShop(t *testing.T) *shop {
	t.Helper()
	dir := t.TempDir()
	return &shop{t: t, dir: dir, data: filepath.Join(dir, "data")}
}

func (s *shop) path(name string) string { return filepath.Join(s.dir, name) }

// outcome is what a command left behind.
type outcome struct {
	code           int
	stdout, stderr string
}

// command prepares a command line in the shop.
func (s *shop) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(built, "mapwright"), args...)
	cmd.Dir = s.dir
	cmd.Env = append(append(os.Environ(), "MAPWRIGHT_DATA="+s.data), s.env...)
	return cmd
}

// run runs a command to its end.
func (s *shop) run(args ...string) outcome {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 3*time.Minute)
	defer cancel()
	cmd := s.command(ctx, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited {
		s.t.Fatalf("mapwright %v: %v", args, err)
	}
	return outcome{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}

// must runs a command that has to succeed.
func (s *shop) must(args ...string) outcome {
	s.t.Helper()
	o := s.run(args...)
	if o.code != 0 {
		s.t.Fatalf("mapwright %s: exit %d\n%s%s", strings.Join(args, " "), o.code, o.stdout, o.stderr)
	}
	return o
}

// refuses runs a command that has to fail with a code and say each of words.
func (s *shop) refuses(code int, words []string, args ...string) outcome {
	s.t.Helper()
	o := s.run(args...)
	if o.code != code {
		s.t.Fatalf("mapwright %s: exit %d, want %d\n%s%s", strings.Join(args, " "), o.code, code, o.stdout, o.stderr)
	}
	for _, w := range words {
		if !strings.Contains(strings.ToLower(o.stderr+o.stdout), strings.ToLower(w)) {
			s.t.Errorf("mapwright %s: does not say %q:\n%s%s", strings.Join(args, " "), w, o.stdout, o.stderr)
		}
	}
	return o
}

// exportJSON is the documented answer of export --json.
type exportJSON struct {
	Jobs []struct {
		Format string `json:"format"`
		Layers []struct {
			Layer, Charge, State string
			Credits              int
		} `json:"layers"`
		Files []struct {
			Path   string `json:"path"`
			Bytes  int64  `json:"bytes"`
			SHA256 string `json:"sha256"`
		} `json:"files"`
		State string `json:"state"`
	} `json:"jobs"`
	Skipped []struct{ Layer, Reason string } `json:"skipped"`
	Missing int                              `json:"missing"`
	Credits creditsJSON                      `json:"credits"`
	Error   *struct{ Code, Message string }  `json:"error"`
}

// creditsJSON is the documented answer of credits show --json.
type creditsJSON struct {
	Plan      string `json:"plan"`
	Unlimited bool   `json:"unlimited"`
	Balance   *int   `json:"balance"`
	Spendable *int   `json:"spendable"`
	Pending   int    `json:"pending"`
	Unsynced  int    `json:"unsynced"`
}

func decode[T any](t *testing.T, o outcome) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(o.stdout), &v); err != nil {
		t.Fatalf("the answer is no JSON: %v\n%s%s", err, o.stdout, o.stderr)
	}
	return v
}

// export exports and gives the answer; more holds further flags.
func (s *shop) export(gpkg, layers, formats string, more ...string) exportJSON {
	s.t.Helper()
	args := append([]string{"export", gpkg, "--layers", layers, "--formats", formats, "--out", s.path("out"), "--json"}, more...)
	return decode[exportJSON](s.t, s.must(args...))
}

// spent sums the credits of an export.
func (e exportJSON) spent() int {
	n := 0
	for _, j := range e.Jobs {
		for _, l := range j.Layers {
			n += l.Credits
		}
	}
	return n
}

func (e exportJSON) files() []string {
	var out []string
	for _, j := range e.Jobs {
		for _, f := range j.Files {
			out = append(out, filepath.Base(f.Path))
		}
	}
	return out
}

// balance is what the account has; the plan must have a number.
func (s *shop) balance() int {
	s.t.Helper()
	c := decode[creditsJSON](s.t, s.must("credits", "show", "--json"))
	if c.Balance == nil {
		s.t.Fatal("the balance is null")
	}
	return *c.Balance
}

type chargeJSON struct {
	Charge, State, Format, What string
	Credits                     int
}

func (s *shop) history() []chargeJSON {
	s.t.Helper()
	o := decode[struct{ Charges []chargeJSON }](s.t, s.must("credits", "history", "--limit", "1000", "--json"))
	return o.Charges
}

// hamlet is a map with a layer of each kind of shape: points "trees", lines
// "lanes", polygons "ponds", and all of them together in "mixed".
const hamlet = `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"kind":"trees"},"geometry":{"type":"MultiPoint","coordinates":[[7.0005,50.0005],[7.0015,50.001],[7.0025,50.0008]]}},
{"type":"Feature","properties":{"kind":"lanes"},"geometry":{"type":"LineString","coordinates":[[7.0002,50.0002],[7.002,50.0012],[7.0038,50.0004]]}},
{"type":"Feature","properties":{"kind":"lanes"},"geometry":{"type":"LineString","coordinates":[[7.0004,50.0018],[7.0036,50.0016]]}},
{"type":"Feature","properties":{"kind":"ponds"},"geometry":{"type":"Polygon","coordinates":[[[7.0022,50.0014],[7.003,50.0014],[7.003,50.0018],[7.0022,50.0018],[7.0022,50.0014]]]}}
]}`

// hamletOnce makes the map file once; tests copy it, for a closed map is one file.
var hamletOnce = sync.OnceValue(func() []byte {
	dir, err := os.MkdirTemp(built, "hamlet-")
	if err != nil {
		panic(err)
	}
	run := func(args ...string) {
		cmd := exec.Command(filepath.Join(built, "mapwright"), args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "MAPWRIGHT_DATA="+filepath.Join(dir, "data"))
		if msg, err := cmd.CombinedOutput(); err != nil {
			panic(fmt.Sprintf("mapwright %v: %v\n%s", args, err, msg))
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "hamlet.geojson"), []byte(hamlet), 0o600); err != nil {
		panic(err)
	}
	run("new", "hamlet.gpkg", "--bbox", "7,50,7.004,50.002", "--size", "100x80")
	for _, layer := range []string{"trees", "lanes", "ponds"} {
		run("import", "hamlet.gpkg", "hamlet.geojson", "--layer", layer, "--where", "kind="+layer)
	}
	run("import", "hamlet.gpkg", "hamlet.geojson", "--layer", "mixed")
	run("layer", "set", "hamlet.gpkg", "mixed", "visible=no")
	data, err := os.ReadFile(filepath.Join(dir, "hamlet.gpkg"))
	if err != nil {
		panic(err)
	}
	return data
})

// hamlet puts the map into the shop.
func (s *shop) hamlet() string {
	s.t.Helper()
	s.write("hamlet.gpkg", hamletOnce())
	return s.path("hamlet.gpkg")
}

func (s *shop) write(name string, data []byte) {
	s.t.Helper()
	if err := os.WriteFile(s.path(name), data, 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// tree lists all files below a folder of the shop, hidden ones too.
func (s *shop) tree(name string) []string {
	s.t.Helper()
	var out []string
	err := filepath.WalkDir(s.path(name), func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if rel, _ := filepath.Rel(s.path(name), path); rel != "." {
			out = append(out, rel)
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// sample is a file of the sample data.
func sample(name string) string {
	path, err := filepath.Abs("../../assets/sample/" + name)
	if err != nil {
		panic(err)
	}
	return path
}
