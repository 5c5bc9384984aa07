package e2e

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/mapfile"
	"github.com/mapwright/mapwright/internal/pluginhost/testplugins"
)

// emptyMap is a new map of Munich without layers.
func (s *shop) emptyMap() string {
	s.t.Helper()
	m := s.path("munich.gpkg")
	s.must("new", m, "--bbox", cities[0].box, "--size", "300x200")
	return m
}

func TestABrokenSourceSaysWhatIsWrongAndChangesNothing(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile(sample("munich-centre-2020.osm.pbf"))
	if err != nil {
		t.Fatal(err)
	}
	lz4, err := os.ReadFile("../source/osm/testdata/monaco-lz4-beginning.osm.pbf")
	if err != nil {
		t.Fatal(err)
	}
	noise := make([]byte, 4096)
	if _, err := rand.Read(noise); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data  []byte
		words []string
	}{
		"truncated.osm.pbf": {whole[:len(whole)*2/3], []string{"truncated.osm.pbf", "byte"}},
		"lz4.osm.pbf":       {lz4, []string{"lz4.osm.pbf", "LZ4"}},
		"noise.osm.pbf":     {noise, []string{"noise.osm.pbf"}},
		"empty.geojson":     {nil, []string{"empty.geojson", "empty"}},
		"torn.geojson":      {[]byte(hamlet[:len(hamlet)/2]), []string{"torn.geojson"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			m := s.emptyMap()
			before, err := os.ReadFile(m)
			if err != nil {
				t.Fatal(err)
			}
			s.write(name, c.data)
			s.refuses(1, c.words, "import", m, s.path(name), "--layer", "all")
			after, err := os.ReadFile(m)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(before, after) {
				if got := s.must("layer", "list", m, "--json").stdout; !strings.Contains(got, `"layers": []`) {
					t.Errorf("the failed import left layers: %s", got)
				}
			}
			if got := s.tree("."); !slices.Equal(slices.DeleteFunc(got, func(f string) bool { return strings.HasPrefix(f, "data") }), slices.Sorted(slices.Values([]string{"munich.gpkg", name}))) {
				t.Errorf("files left behind: %v", got)
			}
		})
	}
}

func TestABoxWithoutDataIsAnError(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.path("sea.gpkg")
	s.must("new", m, "--bbox", "-30,0,-29.9,0.1", "--size", "100x100")
	s.refuses(1, []string{"munich-centre-2020.osm.pbf", "--extent-of"}, "import", m, sample("munich-centre-2020.osm.pbf"))
}

func TestAMapFileOfRandomBytesIsLeftAlone(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	noise := make([]byte, 10000)
	if _, err := rand.Read(noise); err != nil {
		t.Fatal(err)
	}
	s.write("noise.gpkg", noise)
	for _, args := range [][]string{
		{"layer", "list", s.path("noise.gpkg")},
		{"layer", "set", s.path("noise.gpkg"), "a", "visible=no"},
		{"export", s.path("noise.gpkg"), "--formats", "svg"},
		{"new", s.path("noise.gpkg"), "--bbox", "7,50,7.01,50.01", "--size", "100x100"},
	} {
		s.refuses(1, []string{"noise.gpkg"}, args...)
	}
	after, err := os.ReadFile(s.path("noise.gpkg"))
	if err != nil || !bytes.Equal(noise, after) {
		t.Errorf("the file was changed (%v)", err)
	}
}

func TestWrongWordsAreUsageErrors(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	for _, c := range []struct {
		words []string
		args  []string
	}{
		{[]string{"unknown flag"}, []string{"export", m, "--colour"}},
		{[]string{"unknown command"}, []string{"burn"}},
		{[]string{"sparkle"}, []string{"layer", "set", m, "lanes", "sparkle=1"}},
		{[]string{"simplify", "mm"}, []string{"layer", "set", m, "lanes", "simplify=thin"}},
		{[]string{"strategy", "centreline"}, []string{"layer", "set", m, "lanes", "strategy=magic"}},
		{[]string{"rivers", "lanes"}, []string{"export", m, "--layers", "rivers", "--formats", "svg"}},
		{[]string{"xyz", "svg"}, []string{"export", m, "--formats", "xyz"}},
		{[]string{"--formats"}, []string{"export", m}},
		{[]string{"precision"}, []string{"export", m, "--formats", "svg", "--set", "svg.precision=lots"}},
		{[]string{"glitter"}, []string{"export", m, "--formats", "svg", "--set", "svg.glitter=1"}},
		{[]string{"gold", "creator"}, []string{"account", "plan", "gold"}},
		{[]string{"--size"}, []string{"new", s.path("x.gpkg"), "--bbox", "7,50,8,51", "--size", "big"}},
		{[]string{"box"}, []string{"new", s.path("x.gpkg"), "--bbox", "8,50,7,51", "--size", "100x100"}},
		{[]string{"preset"}, []string{"import", m, sample("munich-centre-2020.osm.pbf"), "--preset", "moon"}},
		{nil, []string{"credits"}},
		{nil, []string{"credits", "reserve", "-1"}},
	} {
		s.refuses(2, c.words, c.args...)
	}
	if got := s.tree("out"); len(got) > 0 || s.balance() != hamletBalance {
		t.Errorf("wrong words left %v and a balance of %d", got, s.balance())
	}
	answer := decode[struct {
		Error struct{ Code, Message, Format string }
	}](t, s.refuses(2, nil, "export", m, "--formats", "xyz", "--json"))
	if answer.Error.Code != "usage" || answer.Error.Format != "xyz" || answer.Error.Message == "" {
		t.Errorf("the error as JSON is %+v", answer.Error)
	}
}

func TestASecondWriterIsToldWhoHasTheMap(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	holder, err := mapfile.Open(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	s.refuses(1, []string{"hamlet.gpkg", fmt.Sprint(os.Getpid())}, "layer", "set", m, "lanes", "visible=no")
	s.must("layer", "list", m)
	s.export(m, "lanes", "svg")
	if err := holder.Close(); err != nil {
		t.Fatal(err)
	}
	s.must("layer", "set", m, "lanes", "visible=no")
}

func TestAnExistingMapIsNotReplaced(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	s.refuses(1, []string{"hamlet.gpkg"}, "new", m, "--bbox", "7,50,8,51", "--size", "100x100")
	s.must("layer", "show", m, "lanes")
}

// testPlugins installs the plugins that do what their names say, once.
var testPlugins = sync.OnceValues(func() (dir string, err error) {
	dir = filepath.Join(built, "test-plugins")
	return dir, testplugins.Install(context.Background(), dir)
})

// misbehaving lets the shop find them.
func (s *shop) misbehaving() {
	s.t.Helper()
	dir, err := testPlugins()
	if err != nil {
		s.t.Fatal(err)
	}
	s.env = append(s.env, "MAPWRIGHT_PLUGINS="+dir)
}

func TestAPluginThatFailsCostsNothingAndStopsNoOther(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id    string
		words []string
	}{
		{testplugins.Crashes, []string{"CRASHES of lanes was not made", "No credit was spent"}},
		{testplugins.Panics, []string{"PANICS of lanes was not made"}},
		{testplugins.Fails, []string{"this map is too pretty"}},
		{testplugins.Hangs, []string{"HANGS of lanes was not made"}},
		{testplugins.Mute, []string{"MUTE of lanes was not made"}},
		{testplugins.Stops, []string{"STOPS of lanes was not made"}},
		{testplugins.WrongHash, []string{"WRONG-HASH of lanes was not made"}},
		{testplugins.Liar, []string{"LIAR of lanes was not made"}},
	} {
		t.Run(c.id, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			m := s.hamlet()
			s.misbehaving()
			before := s.balance()
			s.refuses(6, c.words, "export", m, "--layers", "lanes", "--formats", c.id+",svg", "--out", s.path("out"))
			if got := s.tree("out"); !slices.Equal(got, []string{"hamlet.svg"}) {
				t.Errorf("files %v, want the SVG alone", got)
			}
			if got := before - s.balance(); got != 1 {
				t.Errorf("%d credits spent, want 1 for the SVG", got)
			}
			for _, h := range s.history() {
				if want := map[string]string{"svg": "posted", c.id: "voided"}[h.Format]; h.State != want {
					t.Errorf("charge of %s is %s, want %s", h.Format, h.State, want)
				}
			}
		})
	}
}

func TestAKillWhileAFailureIsTakenBackLosesNothing(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"discarded", "voided", "finished"} {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			m := s.hamlet()
			s.misbehaving()
			before := s.balance()
			s.dies(step+":1", "export", m, "--layers", "lanes", "--formats", "fails", "--out", s.path("out"))
			if got := s.balance(); got != before {
				t.Errorf("balance %d, want %d", got, before)
			}
			if got := s.tree("out"); len(got) != 0 {
				t.Errorf("left behind: %v", got)
			}
		})
	}
}

// TestAPluginCannotLeaveTheFolder lets a plugin ask for "../../etc/passwd".
func TestAPluginCannotLeaveTheFolder(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	s.misbehaving()
	s.run("export", m, "--layers", "lanes", "--formats", "odd-suffix", "--out", s.path("out"))
	for _, f := range s.tree("out") {
		if strings.Contains(f, "/") || strings.Contains(f, "\x00") || !strings.HasPrefix(f, "hamlet") {
			t.Errorf("the plugin made %q", f)
		}
	}
}

func TestStoppedByThePersonCostsNothing(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	s.misbehaving()
	before := s.balance()
	cmd := s.command(context.Background(), "export", m, "--layers", "lanes", "--formats", "hangs,svg", "--out", s.path("out"))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.waitFor(func() bool {
		return slices.ContainsFunc(s.tree("out"), func(f string) bool { return strings.HasSuffix(f, "/0-0-0") })
	})
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("exit %d, want 1", cmd.ProcessState.ExitCode())
	}
	if got := s.tree("out"); len(got) != 0 || s.balance() != before {
		t.Errorf("left %v and a balance of %d, want nothing and %d", got, s.balance(), before)
	}
}

// waitFor waits until something is so.
func (s *shop) waitFor(ready func() bool) {
	s.t.Helper()
	for end := time.Now().Add(30 * time.Second); !ready(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatal("waited in vain for 30 s")
		}
	}
}
