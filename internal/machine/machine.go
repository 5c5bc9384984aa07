package machine

import "github.com/mapwright/mapwright/plugins/artwork"

// Kind is what a machine works with.
type Kind string

// The kinds of machines.
const (
	Diode  Kind = "diode"  // blue laser diode, about 450 nm
	CO2    Kind = "co2"    // gas laser, 10.6 µm
	Router Kind = "router" // turning tool
)

// Kinds lists all kinds of machines.
func Kinds() []Kind { return []Kind{Diode, CO2, Router} }

// Laser tells whether a machine of the kind burns with light.
func (k Kind) Laser() bool { return k == Diode || k == CO2 }

// Origin is the corner of the bed where a machine's coordinates begin.
type Origin string

// The origins.
const (
	LowerLeft  Origin = "lower-left"
	UpperLeft  Origin = "upper-left"
	LowerRight Origin = "lower-right"
	UpperRight Origin = "upper-right"
	Centre     Origin = "centre"
)

// Origins lists all origins.
func Origins() []Origin { return []Origin{LowerLeft, UpperLeft, LowerRight, UpperRight, Centre} }

// Machine is what there is to know about a machine. What is not said is 0.
type Machine struct {
	ID    string
	Name  string
	Kind  Kind
	Power float64 // W: light on the material, of a router the spindle's

	BedWidth  float64 // mm that the head can work on, along X
	BedHeight float64 // mm, along Y
	Origin    Origin
	// SMax is what G-code calls full power: $30 of GRBL.
	SMax float64

	// SpeedX and SpeedY are the fastest that each axis travels, mm/min: $110, $111.
	SpeedX, SpeedY float64
	// BurnSpeed is the fastest that it works while the beam is on, mm/min.
	BurnSpeed float64
	// AccelerationX and AccelerationY are those of the axes, mm/s²: $120, $121.
	AccelerationX, AccelerationY float64
	// JunctionDeviation says how fast it takes corners, mm: $11.
	JunctionDeviation float64
	// LookAhead is how many moves the controller plans ahead.
	LookAhead int
	// Overscan is how far the head runs on beside each line of a filled area, to
	// turn around with the beam off, mm.
	Overscan float64
	// LineEnd ends each line of its G-code.
	LineEnd string
	// StartDelay is lost once before a job, s: homing, fans, a warm tube.
	StartDelay float64
	// BeamDelay is lost each time the beam or tool starts, s.
	BeamDelay float64

	// Lift is how high a router's tool travels above the material, mm.
	Lift float64
	// SpeedZ and AccelerationZ are those of a router's tool up and down, mm/min
	// and mm/s²; PlungeSpeed is that into the material, mm/min.
	SpeedZ, AccelerationZ, PlungeSpeed float64

	// Starting says that nobody has burned with these figures yet.
	Starting bool
	// Estimated lists the keys of figures that no source tells.
	Estimated []string
	Sources   []Source
	Notes     string
	// File is what the machine's file says, JSON.
	File []byte
}

// Source is where figures come from.
type Source struct {
	URL  string
	Read string // the date on which it was read: 2026-11-24
	// Keys are those of the figures that it tells.
	Keys []string
	Note string
}

// Setting is how a machine does one setting of an operation.
type Setting struct {
	Operation artwork.Operation
	Setting   string
	Power     float64 // per cent of the machine's
	Speed     float64 // mm/min
	Passes    int     // how often it goes over each line
	// Interval is how far apart the lines of a filled area are, mm; 0 where
	// nothing is filled.
	Interval float64
	// Depth is how deep all passes of a router come together, mm.
	Depth float64
}
