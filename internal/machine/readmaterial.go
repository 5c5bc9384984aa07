package machine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// readMaterial reads the file of a material. Its errors are *FileError.
func readMaterial(file string, text []byte) (Material, error) {
	o, err := readObject(file, text)
	m := Material{
		ID: o.id(), Name: o.text("name", true), Thickness: o.number("thickness", "mm", 0.01, 500, true),
		Starting: o.yes("starting"), Sources: o.sources(), Notes: o.text("notes", false), File: text,
	}
	o.list("treatments", func(t object) { m.Treatments = append(m.Treatments, readTreatment(t, m.Thickness)) })
	if len(m.Treatments) == 0 {
		o.fail("treatments", "must be a list with one entry or more, each for a kind of machine")
	}
	o.done()
	return m, *err
}

func readTreatment(o object, thickness float64) Treatment {
	t := Treatment{
		Kind:     choice(o, "kind", Kinds(), true),
		Power:    o.number("power", "W", 0.1, 1e5, true),
		Kerf:     o.number("kerf", "mm", 0, 5, true), // as much as a layer may have
		MinWidth: o.number("min_width", "mm", 0, 100, true),
		Web:      o.number("web", "mm", 0, 100, true),
		Bridge:   o.number("bridge", "mm", 0, 100, true),
	}
	o.list("settings", func(s object) {
		setting := readSetting(s, t.Kind, thickness)
		if _, twice := t.setting(setting.Operation, setting.Setting); twice {
			s.fail(strings.TrimSuffix(s.at, "."), "is %s %s, which stands before: each may stand once", setting.Operation, setting.Setting)
		}
		t.Settings = append(t.Settings, setting)
	})
	if len(t.Settings) == 0 {
		o.fail(o.at+"settings", "must be a list with one entry or more, such as cut outer")
	}
	return t
}

func readSetting(o object, kind Kind, thickness float64) Setting {
	burned := slices.DeleteFunc(artwork.Operations(), func(op artwork.Operation) bool { return op == artwork.Guide })
	s := Setting{Operation: choice(o, "operation", burned, true)}
	if ids := artwork.Settings(s.Operation); ids != nil {
		s.Setting = choice(o, "setting", ids, true)
	}
	s.Power = o.number("power", "per cent", 0.1, 100, true)
	s.Speed = o.number("speed", "mm/min", 1, 1e6, true)
	if s.Passes = o.whole("passes", "", 1, 1000, false); s.Passes == 0 {
		s.Passes = 1
	}
	s.Interval = o.number("interval", "mm", 0.01, 100, s.Operation == artwork.Engrave)
	if kind == Router {
		s.Depth = o.number("depth", "mm", 0.01, thickness+5, true)
	}
	return s
}

// key names a setting in lists.
func (s Setting) key() string { return fmt.Sprintf("%s %s", s.Operation, s.Setting) }
