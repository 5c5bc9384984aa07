package machine

import (
	"fmt"
	"math"
	"strings"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// Setup is a machine with a material on it.
type Setup struct {
	Machine  Machine
	Material Material
	// Kerf, MinWidth, Web and Bridge are as in Treatment, mm.
	Kerf, MinWidth, Web, Bridge float64
	// Settings are those that the machine can do with the material, their speeds
	// and powers those of this machine.
	Settings []Setting
}

// MismatchError says that a machine can't work a material.
type MismatchError struct {
	Machine  Machine
	Material Material
}

// Error names both and what could work the material.
func (e *MismatchError) Error() string {
	return fmt.Sprintf("%s is not for a %s machine like %s: take a machine of kind %s, or another material",
		e.Material.Name, e.Machine.Kind, e.Machine.Name, strings.Join(e.Material.Kinds(), " or "))
}

// On puts the material on a machine. Of the treatments for its kind it takes
// the one whose power is nearest by ratio. A laser of another power gets speeds
// that leave the same energy on each millimetre of line, power·time/length; one
// that can't go that fast goes as fast as it can with less power. A router's
// settings stay as they are, but for its top speed.
//
// The error is a *MismatchError where no treatment is for the machine's kind.
func (m Material) On(machine Machine) (Setup, error) {
	best := -1
	for i, t := range m.Treatments {
		if t.Kind == machine.Kind && (best < 0 || ratio(t.Power, machine.Power) < ratio(m.Treatments[best].Power, machine.Power)) {
			best = i
		}
	}
	if best < 0 {
		return Setup{}, &MismatchError{machine, m}
	}
	t := m.Treatments[best]
	s := Setup{
		Machine: machine, Material: m,
		Kerf: t.Kerf, MinWidth: t.MinWidth, Web: t.Web, Bridge: t.Bridge,
		Settings: make([]Setting, len(t.Settings)),
	}
	for i, setting := range t.Settings {
		s.Settings[i] = setting.on(machine, t.Power)
	}
	return s, nil
}

// ratio is how many times larger the larger is.
func ratio(a, b float64) float64 { return max(a, b) / min(a, b) }

// on fits a setting for a power in W to a machine.
func (s Setting) on(m Machine, power float64) Setting {
	if m.Kind.Laser() {
		s.Speed *= m.Power / power
	}
	if top := m.BurnSpeed; s.Speed > top {
		if m.Kind.Laser() {
			s.Power *= top / s.Speed
		}
		s.Speed = top
	}
	s.Power, s.Speed = round(s.Power, 0.1), round(s.Speed, 1)
	return s
}

// round gives the multiple of a step nearest to v, and at least one step.
func round(v, step float64) float64 { return max(math.Round(v/step), 1) / (1 / step) }

// Setting finds how the machine does a setting of an operation. One that the
// material has no figures for is done as the operation's first one that it has;
// false says that the machine can't do the operation at all.
func (s *Setup) Setting(o artwork.Operation, id string) (Setting, bool) {
	for _, id := range append([]string{id}, artwork.Settings(o)...) {
		for _, have := range s.Settings {
			if have.Operation == o && have.Setting == id {
				return have, true
			}
		}
	}
	return Setting{}, false
}

// BurnMM is how far the machine burns for a shape, mm, as [Time] counts it but
// for where the rows of areas begin and end; 0 where it can't do the shape.
func (s *Setup) BurnMM(shape *artwork.Shape) float64 {
	setting, ok := s.Setting(shape.Operation, shape.Setting)
	if !ok || shape.Operation == artwork.Relief {
		return 0
	}
	length, area := 0.0, 0.0
	for _, p := range shape.Paths {
		length += p.Length()
		area += p.Area() // holes run the other way
	}
	if shape.Fill && setting.Interval > 0 {
		length = math.Abs(area) / setting.Interval
	}
	return length * float64(setting.Passes)
}
