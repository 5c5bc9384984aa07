package machine

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
)

// TestWrongFilesSayWhatIsWrong: who writes a file by hand needs the key and
// what it may be.
func TestWrongFilesSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	machine, material := mustRead(t, "machines/shapeoko-3.json"), mustRead(t, "materials/birch-plywood-3mm.json")
	for _, c := range []struct{ text, from, to, want string }{
		{machine, `"kind": "router"`, `"kind": "plasma"`, "f.json: kind must be one of diode, co2, router"},
		{machine, `"bed_width": 406`, `"bed_width": -3`, "f.json: bed_width must be a number from 10 to 100000 (mm)"},
		{machine, `"bed_width": 406`, `"bed_width": "406"`, "f.json: bed_width must be a number from 10 to 100000 (mm)"},
		{machine, `"bed_width": 406,`, ``, "f.json: bed_width must be a number from 10 to 100000 (mm)"},
		{machine, `"bed_width": 406`, `"bed_width": null`, "f.json: bed_width must be a number from 10 to 100000 (mm)"},
		{machine, `"look_ahead": 16`, `"look_ahead": 16.5`, "f.json: look_ahead must be a whole number from 2 to 10000 (moves)"},
		{machine, `"lift"`, `"lft"`, "f.json: lift must be a number from 0.1 to 200 (mm)"},
		{machine, `"start_delay"`, `"start_dely"`, "f.json: start_dely is not known here: see docs/MACHINES.md for the keys that there are"},
		{machine, `"power": 900`, `"power": 900, "power": 900`, "f.json: power stands twice"},
		{machine, `"id": "shapeoko-3"`, `"id": "None of these"`, "f.json: id must be small letters"},
		{machine, `"id": "shapeoko-3"`, `"id": "none"`, "f.json: id must be small letters"},
		{machine, `"line_end": "lf"`, `"line_end": "cr"`, "f.json: line_end must be one of lf, crlf"},
		{machine, `"starting": true`, `"starting": "yes"`, "f.json: starting must be true or false"},
		{machine, `"url": "https://github.com/gnea/grbl/blob/master/grbl/defaults.h"`, `"url": ""`, "f.json: sources[0].url must be a text"},
		{machine, machine, `[]`, "f.json: must be a JSON object in { }"},
		{machine, machine, machine + machine, "f.json: must end after its closing }"},
		{machine, machine, `{"id": "a"`, "f.json: must be valid JSON: it ends too early"},
		{material, `"kerf": 0.12`, `"kerf": 50`, "f.json: treatments[0].kerf must be a number from 0 to 5 (mm)"},
		{material, `"interval": 0.1`, `"interva": 0.1`, "f.json: treatments[0].settings[4].interval must be a number from 0.01 to 100 (mm)"},
		{material, `"setting": "inner"`, `"setting": "outer"`, "f.json: treatments[0].settings[1] is cut outer, which stands before"},
		{material, `"setting": "inner"`, `"setting": "dark"`, "f.json: treatments[0].settings[1].setting must be one of outer, inner"},
		{material, `"operation": "cut"`, `"operation": "guide"`, "f.json: treatments[0].settings[0].operation must be one of engrave, relief, score, cut"},
		{material, `"treatments"`, `"treatment"`, "f.json: treatments must be a list with one entry or more"},
	} {
		if !strings.Contains(c.text, c.from) {
			t.Errorf("nothing to replace: %s", c.from)
			continue
		}
		text := []byte(strings.Replace(c.text, c.from, c.to, 1))
		_, err := readMachine("f.json", text)
		if c.text == material {
			_, err = readMaterial("f.json", text)
		}
		wrong := (*FileError)(nil)
		if !errors.As(err, &wrong) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s instead of %s:\n  says %v\n  want %s", c.to, c.from, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, folder := range []string{"machines", "materials"} {
		entries, err := fs.ReadDir(built, folder)
		if err != nil {
			f.Fatal(err)
		}
		for _, e := range entries {
			text, err := fs.ReadFile(built, folder+"/"+e.Name())
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := readMachine("f.json", text)
		if err == nil && (m.ID == "" || m.SpeedX <= 0 || m.AccelerationY <= 0 || m.LookAhead < 2 || m.LineEnd == "") {
			t.Errorf("a machine that can't move was read: %+v", m)
		}
		material, err := readMaterial("f.json", text)
		if err != nil {
			return
		}
		for _, machine := range Builtin().Machines {
			s, err := material.On(machine)
			if err != nil {
				continue
			}
			for _, setting := range s.Settings {
				if !(setting.Speed >= 1) || !(setting.Power > 0 && setting.Power <= 100) || setting.Passes < 1 {
					t.Errorf("%s can't be burned: %+v", material.ID, setting)
				}
			}
		}
	})
}
