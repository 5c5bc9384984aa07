package workshop

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/preflight"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/sdk"
)

func use(t *testing.T, w *Workshop, machine, material string) Setup {
	t.Helper()
	s, err := w.Use(t.Context(), machine, material)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestTheKerfOfTheMaterialIsThatOfTheLayers: who chooses a material gets the
// pieces that somebody gets who writes its kerf into each layer that is cut,
// and nothing else changes.
func TestTheKerfOfTheMaterialIsThatOfTheLayers(t *testing.T) {
	t.Parallel()
	d := munichDesk(t)
	buildings, err := d.Map().FindLayer("buildings")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.SetLayer(t.Context(), buildings.ID, map[string]string{"operation": "cut", "strategy": "outline", "min-area": "4"}); err != nil {
		t.Fatal(err)
	}
	draw := func() map[string][]artwork.Shape {
		t.Helper()
		drawn, err := d.Trace(t.Context(), d.Map())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(d.Map(), drawn.Map); diff != "" {
			t.Errorf("what was drawn is not the map:\n%s", diff)
		}
		out := map[string][]artwork.Shape{}
		for _, l := range drawn.Artwork.Layers {
			out[l.Name] = l.Shapes
		}
		return out
	}
	plain := draw()
	s := use(t, d.workshop, "omtech-k40-plus", "birch-plywood-3mm")
	if !s.MachineChosen || !s.MaterialChosen || s.Kerf != 0.2 {
		t.Fatalf("%+v", s)
	}
	material := draw()
	use(t, d.workshop, "", NoMachine)
	if diff := cmp.Diff(plain, draw()); diff != "" {
		t.Error("without the material it is not what it was")
	}
	for _, name := range []string{"buildings", FurnitureName} { // whose border is cut
		if err := d.SetLayer(t.Context(), mustLayer(t, d, name).ID, map[string]string{"kerf": "0.2"}); err != nil {
			t.Fatal(err)
		}
	}
	byHand := draw()
	if diff := cmp.Diff(byHand, material); diff != "" {
		t.Error("the kerf of the material does something else than the kerf of the layer")
	}
	if cmp.Equal(plain["buildings"], material["buildings"]) {
		t.Error("the kerf changes nothing")
	}
	for _, name := range []string{"water", "roads-major", "rail"} {
		if diff := cmp.Diff(plain[name], material[name]); diff != "" {
			t.Errorf("the kerf changes %s, which is not cut", name)
		}
	}
}

// TestOnlyWhatTheKerfChangesIsNewWork: a material that is chosen must not make
// anybody pay again for layers that it does not change.
func TestOnlyWhatTheKerfChangesIsNewWork(t *testing.T) {
	t.Parallel()
	m := &carto.Map{Layers: []carto.Layer{
		{Name: "engraved", Operation: artwork.Engrave, Strategy: "filled"},
		{Name: "scored", Operation: artwork.Score, Strategy: "centreline", Options: map[string]string{"simplify": "0.1"}},
		{Name: "cut", Operation: artwork.Cut, Strategy: "outline", Options: map[string]string{"simplify": "0.1"}},
		{Name: "cut its own way", Operation: artwork.Cut, Strategy: "outline", Options: map[string]string{"kerf": "0"}},
		{Name: "channel", Operation: artwork.Engrave, Strategy: "groove"},
		{Name: "scored channel", Operation: artwork.Score, Strategy: "groove"},
		{Name: "engraved inlay", Operation: artwork.Engrave, Strategy: "inlay"},
		{Name: "frame", Operation: artwork.Engrave, Strategy: "furniture"},
		{Name: "help", Operation: artwork.Guide, Strategy: "furniture"},
	}}
	before := m.Clone()
	s, err := computer(t).setupOf(t.Context(), "diode-10w", "birch-plywood-3mm")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, l := range s.burned(m).Layers {
		got[l.Name] = l.Options["kerf"]
	}
	want := map[string]string{"engraved": "", "scored": "", "cut": "0.12", "cut its own way": "0", "channel": "0.12", "scored channel": "", "engraved inlay": "", "frame": "0.12", "help": ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(before, m); diff != "" {
		t.Errorf("the map itself was changed:\n%s", diff)
	}
	s.MaterialChosen = false
	if s.burned(m) != m {
		t.Error("a material that is only assumed changes the map")
	}
}

// TestWhatIsChosen: flags go before settings, and what makes no sense is
// refused before anything is traced or charged.
func TestWhatIsChosen(t *testing.T) {
	t.Parallel()
	w := computer(t)
	for _, c := range []struct {
		name                               string
		usedMachine, usedMaterial          string
		machine, material                  string // of the config
		want                               string // machine, material; in brackets where assumed
		wrong                              string
		keptMachine, keptMaterial, refused string
	}{
		{name: "nothing", want: "(diode-10w) (birch-plywood-3mm)"},
		{name: "a machine", usedMachine: "xtool-p2", want: "xtool-p2 (birch-plywood-3mm)", keptMachine: "xtool-p2"},
		{name: "both", usedMachine: "xtool-p2", usedMaterial: "mdf-4mm", want: "xtool-p2 mdf-4mm", keptMachine: "xtool-p2", keptMaterial: "mdf-4mm"},
		{name: "a flag goes before", machine: "diode-10w", want: "diode-10w (birch-plywood-3mm)", keptMachine: "xtool-p2", keptMaterial: "mdf-4mm"},
		{name: "the same machine keeps the material", machine: "xtool-p2", want: "xtool-p2 mdf-4mm", keptMachine: "xtool-p2", keptMaterial: "mdf-4mm"},
		{name: "another material", material: "acrylic-3mm", want: "xtool-p2 acrylic-3mm", keptMachine: "xtool-p2", keptMaterial: "mdf-4mm"},
		{name: "none by flags", machine: NoMachine, material: NoMachine, want: "(diode-10w) (birch-plywood-3mm)", keptMachine: "xtool-p2", keptMaterial: "mdf-4mm"},
		{name: "unknown machine", machine: "plasma", wrong: `there is no machine "plasma": take one of creality-falcon2-pro-22w, diode-10w`, keptMachine: "xtool-p2", keptMaterial: "mdf-4mm"},
		{name: "unknown material", material: "steel", wrong: `there is no material "steel"`, keptMachine: "xtool-p2", keptMaterial: "mdf-4mm"},
		{name: "unfit", machine: "shapeoko-3", material: "slate-5mm", wrong: "Slate, 5 mm is not for a router machine like Shapeoko 3", keptMachine: "xtool-p2", keptMaterial: "mdf-4mm"},
		{name: "a material alone", machine: NoMachine, material: "mdf-4mm", wrong: "needs a machine", keptMachine: "xtool-p2", keptMaterial: "mdf-4mm"},
		{name: "unknown is not kept", usedMachine: "plasma", refused: "there is no machine", want: "xtool-p2 mdf-4mm", keptMachine: "xtool-p2", keptMaterial: "mdf-4mm"},
		{name: "what does not fit goes", usedMaterial: "slate-5mm", usedMachine: "", want: "xtool-p2 slate-5mm", keptMachine: "xtool-p2", keptMaterial: "slate-5mm"},
		{name: "with another machine", usedMachine: "shapeoko-3", want: "shapeoko-3 (birch-plywood-3mm)", keptMachine: "shapeoko-3"},
		{name: "none", usedMachine: NoMachine, want: "(diode-10w) (birch-plywood-3mm)"},
		{name: "a material alone is not kept", usedMaterial: "mdf-4mm", refused: "needs a machine", want: "(diode-10w) (birch-plywood-3mm)"},
	} {
		if c.usedMachine != "" || c.usedMaterial != "" {
			_, err := w.Use(t.Context(), c.usedMachine, c.usedMaterial)
			if (err == nil) != (c.refused == "") || err != nil && (!strings.Contains(err.Error(), c.refused) || Explain(err).Code != CodeUsage) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		told := opened(t, Config{DataDir: w.DataDir, Machine: c.machine, Material: c.material})
		s, err := told.Setup(t.Context())
		switch {
		case c.wrong != "":
			if err == nil || !strings.Contains(err.Error(), c.wrong) || Explain(err).Code != CodeUsage {
				t.Errorf("%s: %v", c.name, err)
			}
		case err != nil:
			t.Errorf("%s: %v", c.name, err)
		default:
			got := []string{s.Machine.ID, s.Material.ID}
			if !s.MachineChosen {
				got[0] = "(" + got[0] + ")"
			}
			if !s.MaterialChosen {
				got[1] = "(" + got[1] + ")"
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s: %q, want %s", c.name, got, c.want)
			}
		}
		if kept := settings(t, w); kept.Machine != c.keptMachine || kept.Material != c.keptMaterial {
			t.Errorf("%s: the settings keep %q and %q", c.name, kept.Machine, kept.Material)
		}
	}
}

// TestAMachineThatIsGoneStopsNoWork: the window goes on with what is usual and
// says so, an export stops before it burns with another kerf.
func TestAMachineThatIsGoneStopsNoWork(t *testing.T) {
	t.Parallel()
	d := munichDesk(t)
	w := d.workshop
	text, err := json.Marshal(map[string]string{"machine": "shed", "material": "mdf-4mm"})
	if err != nil {
		t.Fatal(err)
	}
	put(t, w, string(text))
	c := checkDesk(t, d)
	said := found(c, "", kindNoMachine)
	if len(said) != 1 || !strings.Contains(said[0].Message, `no machine "shed"`) || c.Estimate.Seconds <= 0 || c.Setup.MachineChosen {
		t.Errorf("%+v, %+v", said, c.Setup)
	}
	if _, err := w.Check(t.Context(), d.Path(), nil); err == nil || Explain(err).Code != CodeUsage {
		t.Errorf("%v", err)
	}
	if _, err := w.Export(t.Context(), Export{Map: d.Path(), Formats: []string{"svg"}, Out: t.TempDir()}); err == nil || Explain(err).Code != CodeUsage {
		t.Errorf("%v", err)
	}
	if err := os.MkdirAll(filepath.Join(w.DataDir, "machines"), 0o700); err != nil {
		t.Fatal(err)
	}
	all, err := w.Machines(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m, err := all.Machine("xtool-p2")
	if err != nil {
		t.Fatal(err)
	}
	shed := strings.Replace(string(m.File), `"xtool-p2"`, `"shed"`, 1)
	if err := os.WriteFile(filepath.Join(w.DataDir, "machines", "shed.json"), []byte(shed), 0o600); err != nil {
		t.Fatal(err)
	}
	if c := checkDesk(t, d); len(found(c, "", kindNoMachine)) > 0 || c.Setup.Machine.ID != "shed" {
		t.Errorf("%+v", c.Setup.Machine)
	}
}

// TestTimeAndLimitsAreThoseOfTheMachine: the same map takes longer on a slower
// machine, and the check knows how large its bed is and what its material
// can't do.
func TestTimeAndLimitsAreThoseOfTheMachine(t *testing.T) {
	t.Parallel()
	d := munichDesk(t)
	seconds := func(machine, material string) Checked {
		t.Helper()
		use(t, d.workshop, machine, material)
		return checkDesk(t, d)
	}
	diode, tube := seconds("diode-10w", "birch-plywood-3mm"), seconds("xtool-p2", "birch-plywood-3mm")
	if diode.Estimate.Seconds < 2*tube.Estimate.Seconds || tube.Estimate.Seconds < 60 {
		t.Errorf("%.0f s with 10 W, %.0f s with 55 W", diode.Estimate.Seconds, tube.Estimate.Seconds)
	}
	if err := d.SetLayer(t.Context(), mustLayer(t, d, FurnitureName).ID, map[string]string{"border": "off"}); err != nil {
		t.Fatal(err)
	}
	slate := seconds("diode-10w", "slate-5mm")
	if len(found(slate, "", kindCantDo)) != 0 {
		t.Errorf("a map that is not cut on slate: %+v", found(slate, "", kindCantDo))
	}
	if err := d.SetLayer(t.Context(), mustLayer(t, d, "rail").ID, map[string]string{"operation": "cut"}); err != nil {
		t.Fatal(err)
	}
	slate = checkDesk(t, d)
	if said := found(slate, "", kindCantDo); len(said) != 1 || !strings.Contains(said[0].Message, "no figures for cut outer") {
		t.Errorf("a map that is cut on slate: %+v", said)
	}
}

// TestTheCheckKnowsTheLimits of what was chosen, and none of what is assumed.
func TestTheCheckKnowsTheLimits(t *testing.T) {
	t.Parallel()
	w := computer(t)
	limits := func(machine, material string) (o preflight.Options) {
		t.Helper()
		s, err := w.setupOf(t.Context(), machine, material)
		if err != nil {
			t.Fatal(err)
		}
		s.limits(&o)
		return o
	}
	for _, c := range []struct {
		machine, material string
		want              preflight.Options
	}{
		{"", "", preflight.Options{}},
		{"omtech-k40-plus", "", preflight.Options{BedWidth: 300, BedHeight: 200}},
		{"omtech-k40-plus", "mdf-4mm", preflight.Options{BedWidth: 300, BedHeight: 200, Kerf: 0.18, MinWidth: 0.18, Web: 1.5, Bridge: 2.5}},
	} {
		if diff := cmp.Diff(c.want, limits(c.machine, c.material)); diff != "" {
			t.Errorf("%s, %s: %s", c.machine, c.material, diff)
		}
	}
}

// TestFormatsHearOfTheMachine, in their own units, and of nothing that is only
// assumed.
func TestFormatsHearOfTheMachine(t *testing.T) {
	t.Parallel()
	w := computer(t)
	none, err := w.setupOf(t.Context(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sdk.Machine{}, none.forFormats()); diff != "" {
		t.Error(diff)
	}
	both, err := w.setupOf(t.Context(), "diode-10w", "birch-plywood-3mm")
	if err != nil {
		t.Fatal(err)
	}
	m := both.forFormats()
	if m.ID != "diode-10w" || m.BedWidth != 400 || m.MaterialID != "birch-plywood-3mm" || m.MaterialThickness != 3 || m.Kerf != 0.12 || len(m.Settings) != 7 {
		t.Errorf("%+v", m)
	}
	if cut := m.Settings[0]; cut.Operation != artwork.Cut || cut.Setting != "outer" || cut.Speed != 250.0/60 || cut.Power != 100 || cut.Passes != 5 {
		t.Errorf("%+v", cut)
	}
}

func mustLayer(t *testing.T, d *Desk, name string) carto.Layer {
	t.Helper()
	l, err := d.Map().FindLayer(name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}
