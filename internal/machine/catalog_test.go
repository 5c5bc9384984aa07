package machine

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// TestTheProgramsFilesAreWhole: a maker chooses one of these, so each figure
// has a source or says that it is estimated, and each pair that goes together
// has all settings.
func TestTheProgramsFilesAreWhole(t *testing.T) {
	t.Parallel()
	c := Builtin()
	kinds := map[Kind]int{}
	for _, m := range c.Machines {
		kinds[m.Kind]++
		told := slices.Clone(m.Estimated)
		for _, s := range m.Sources {
			told = append(told, s.Keys...)
			if s.Read == "" || !strings.HasPrefix(s.URL, "https://") {
				t.Errorf("%s: source %q has no date or no address", m.ID, s.URL)
			}
		}
		for _, key := range []string{
			"power", "bed_width", "bed_height", "s_max", "speed_x", "speed_y", "burn_speed", "acceleration_x", "acceleration_y",
			"junction_deviation", "look_ahead", "overscan",
		} {
			if n := len(slices.DeleteFunc(slices.Clone(told), func(k string) bool { return k != key })); n != 1 {
				t.Errorf("%s: %s stands %d times among sources and estimated, want once", m.ID, key, n)
			}
		}
		if !m.Starting {
			t.Errorf("%s is not marked as starting values, but nobody has burned with it", m.ID)
		}
	}
	if kinds[Diode]+kinds[CO2] < 6 || kinds[CO2] == 0 || kinds[Router] == 0 {
		t.Errorf("the kinds of machines are %v", kinds)
	}
	for _, m := range c.Materials {
		for _, machine := range c.Machines {
			s, err := m.On(machine)
			if mismatch := (*MismatchError)(nil); errors.As(err, &mismatch) {
				continue
			}
			if err != nil || s.Kerf <= 0 || s.Kerf > 1 || s.Web < s.Kerf || s.Bridge < s.Web {
				t.Errorf("%s on %s: %+v, %v", m.ID, machine.ID, s, err)
			}
			for _, setting := range s.Settings {
				if setting.Power <= 0 || setting.Power > 100 || setting.Speed <= 0 || setting.Speed > machine.BurnSpeed {
					t.Errorf("%s on %s, %s: %g %% at %g mm/min", m.ID, machine.ID, setting.key(), setting.Power, setting.Speed)
				}
			}
			_, cuts := s.Setting(artwork.Cut, "outer")
			_, engraves := s.Setting(artwork.Engrave, "dark")
			if !engraves || cuts == (m.ID == "slate-5mm") {
				t.Errorf("%s on %s cuts: %t, engraves: %t", m.ID, machine.ID, cuts, engraves)
			}
		}
	}
	if _, err := c.Setup(AssumedMachine, AssumedMaterial); err != nil {
		t.Error(err)
	}
}

// TestAnotherPowerGetsTheSameEnergy: 20 W cut as well as 10 W at twice the
// speed, and a machine that can't go that fast must burn with less power.
func TestAnotherPowerGetsTheSameEnergy(t *testing.T) {
	t.Parallel()
	m := Material{Name: "wood", Treatments: []Treatment{
		{Kind: Diode, Power: 10, Settings: []Setting{{Operation: artwork.Cut, Setting: "outer", Power: 100, Speed: 250}}},
		{Kind: Diode, Power: 40, Settings: []Setting{{Operation: artwork.Cut, Setting: "outer", Power: 90, Speed: 900}}},
		{Kind: Router, Power: 100, Settings: []Setting{{Operation: artwork.Cut, Setting: "outer", Power: 100, Speed: 500}}},
	}}
	for _, c := range []struct {
		machine             Machine
		wantPower, wantFast float64
	}{
		{Machine{Kind: Diode, Power: 10, BurnSpeed: 6000}, 100, 250},
		{Machine{Kind: Diode, Power: 5, BurnSpeed: 6000}, 100, 125},
		{Machine{Kind: Diode, Power: 19, BurnSpeed: 6000}, 100, 475},
		{Machine{Kind: Diode, Power: 21, BurnSpeed: 6000}, 90, 473}, // nearer to 40
		{Machine{Kind: Diode, Power: 19, BurnSpeed: 100}, 21.1, 100},
		{Machine{Kind: Router, Power: 900, BurnSpeed: 5000}, 100, 500},
		{Machine{Kind: Router, Power: 900, BurnSpeed: 300}, 100, 300},
	} {
		s, err := m.On(c.machine)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Settings[0]; got.Power != c.wantPower || got.Speed != c.wantFast {
			t.Errorf("%s of %g W: %g %% at %g mm/min, want %g at %g", c.machine.Kind, c.machine.Power, got.Power, got.Speed, c.wantPower, c.wantFast)
		}
	}
	_, err := m.On(Machine{Name: "my tube", Kind: CO2, Power: 40})
	if err == nil || err.Error() != "wood is not for a co2 machine like my tube: take a machine of kind diode or router, or another material" {
		t.Errorf("%v", err)
	}
}

// TestOwnFilesCount: what a person has burned and written down goes before
// what the program says, and a slip in one file keeps nobody from the others.
func TestOwnFilesCount(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	builtin, err := fs.ReadFile(built, "materials/birch-plywood-3mm.json")
	if err != nil {
		t.Fatal(err)
	}
	put("materials/mine.json", strings.Replace(string(builtin), `"kerf": 0.12`, `"kerf": 0.19`, 1))
	put("materials/twice.json", string(builtin))
	put("materials/broken.json", `{"id": "broken", `)
	put("materials/readme.txt", "not looked at")
	put("machines/shed.json", strings.Replace(mustRead(t, "machines/omtech-k40-plus.json"), `"omtech-k40-plus"`, `"shed"`, 1))
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := c.Setup("diode-10w", "birch-plywood-3mm")
	if err != nil || s.Kerf != 0.19 {
		t.Errorf("the kerf is %g, want that of the person: %v", s.Kerf, err)
	}
	if _, err := c.Machine("shed"); err != nil {
		t.Error(err)
	}
	if len(c.Machines) != len(Builtin().Machines)+1 || len(c.Materials) != len(Builtin().Materials) {
		t.Errorf("%d machines, %d materials", len(c.Machines), len(c.Materials))
	}
	if !slices.IsSortedFunc(c.Machines, func(a, b Machine) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("the machines are not in the order of their ids")
	}
	if len(c.Problems) != 2 || !strings.Contains(c.Problems[0].Error(), "broken.json") || !strings.Contains(c.Problems[1].Error(), "twice.json: id is") {
		t.Errorf("%v", c.Problems)
	}
	_, err = c.Material("oak")
	if err == nil || !strings.Contains(err.Error(), `there is no material "oak": take one of acrylic-3mm, birch-plywood-3mm`) || !strings.Contains(err.Error(), "broken.json") {
		t.Errorf("%v", err)
	}
	if c, err := Open(filepath.Join(dir, "nowhere")); err != nil || len(c.Problems) > 0 {
		t.Errorf("without folders: %v", err)
	}
}

func mustRead(t *testing.T, name string) string {
	t.Helper()
	text, err := fs.ReadFile(built, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestTheDocsNameEachKey: who writes a file has nothing else to go by.
func TestTheDocsNameEachKey(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/MACHINES.md")
	if err != nil {
		t.Fatal(err)
	}
	var known func(v any, in string)
	known = func(v any, in string) {
		switch v := v.(type) {
		case map[string]any:
			for key, value := range v {
				if !strings.Contains(string(text), "`"+key+"`") {
					t.Errorf("%s: docs/MACHINES.md does not name %s", in, key)
				}
				known(value, in)
			}
		case []any:
			for _, item := range v {
				known(item, in)
			}
		}
	}
	c := Builtin()
	files := map[string][]byte{}
	for _, m := range c.Machines {
		files[m.ID] = m.File
	}
	for _, m := range c.Materials {
		files[m.ID] = m.File
	}
	for id, file := range files {
		var v any
		if err := json.Unmarshal(file, &v); err != nil {
			t.Fatal(err)
		}
		known(v, id)
	}
}
