package machine

// readMachine reads the file of a machine. Its errors are *FileError.
func readMachine(file string, text []byte) (Machine, error) {
	o, err := readObject(file, text)
	m := Machine{
		ID: o.id(), Name: o.text("name", true),
		Kind:     choice(o, "kind", Kinds(), true),
		Power:    o.number("power", "W", 0.1, 1e5, true),
		BedWidth: o.number("bed_width", "mm", 10, 1e5, true), BedHeight: o.number("bed_height", "mm", 10, 1e5, true),
		Origin: choice(o, "origin", Origins(), false),
		SMax:   o.number("s_max", "", 1, 1e6, false),
		SpeedX: o.number("speed_x", "mm/min", 1, 1e6, true), SpeedY: o.number("speed_y", "mm/min", 1, 1e6, true),
		BurnSpeed:     o.number("burn_speed", "mm/min", 1, 1e6, false),
		AccelerationX: o.number("acceleration_x", "mm/s²", 1, 1e6, true), AccelerationY: o.number("acceleration_y", "mm/s²", 1, 1e6, true),
		JunctionDeviation: o.number("junction_deviation", "mm", 0.0001, 10, true),
		LookAhead:         o.whole("look_ahead", "moves", 2, 10000, false),
		Overscan:          o.number("overscan", "mm", 0, 100, false),
		LineEnd:           lineEnds[choice(o, "line_end", []string{"lf", "crlf"}, false)],
		StartDelay:        o.number("start_delay", "s", 0, 3600, false),
		BeamDelay:         o.number("beam_delay", "s", 0, 60, false),
		Starting:          o.yes("starting"), Estimated: o.texts("estimated"), Sources: o.sources(), Notes: o.text("notes", false), File: text,
	}
	if m.Kind == Router {
		m.Lift = o.number("lift", "mm", 0.1, 200, true)
		m.SpeedZ = o.number("speed_z", "mm/min", 1, 1e6, true)
		m.AccelerationZ = o.number("acceleration_z", "mm/s²", 1, 1e6, true)
		m.PlungeSpeed = o.number("plunge_speed", "mm/min", 1, 1e6, true)
	}
	o.done()
	m.complete()
	return m, *err
}

var lineEnds = map[string]string{"lf": "\n", "crlf": "\r\n"}

// complete fills in what GRBL has where a file says nothing.
func (m *Machine) complete() {
	if m.SMax == 0 {
		m.SMax = 1000
	}
	if m.LookAhead == 0 {
		m.LookAhead = 16
	}
	if m.BurnSpeed == 0 {
		m.BurnSpeed = max(m.SpeedX, m.SpeedY)
	}
}
