package machine

import (
	"encoding/binary"
	"math"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// FuzzTime: whatever the artwork, a time is a number, and no shorter than the
// way at the highest speed.
func FuzzTime(f *testing.F) {
	f.Add([]byte{0, 0, 1, 0, 10, 0, 10, 0, 20, 0, 5, 0}, true, uint8(0))
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, false, uint8(3))
	f.Fuzz(func(t *testing.T, bytes []byte, fill bool, which uint8) {
		c := Builtin()
		m := c.Machines[int(which)%len(c.Machines)]
		s, err := c.Setup(m.ID, "mdf-4mm")
		if err != nil {
			t.Fatal(err)
		}
		var paths []artwork.Path
		var p artwork.Path
		for len(bytes) >= 4 {
			x, y := int16(binary.LittleEndian.Uint16(bytes)), int16(binary.LittleEndian.Uint16(bytes[2:]))
			bytes = bytes[4:]
			p.Points = append(p.Points, artwork.Point{X: float64(x) / 100, Y: float64(y) / 100})
			if x%5 == 0 {
				p.Closed = fill || y%2 == 0
				paths = append(paths, p)
				p = artwork.Path{}
			}
		}
		o, setting := artwork.Cut, "outer"
		if fill {
			o, setting = artwork.Engrave, "medium"
		}
		e, err := Time(t.Context(), artOf(artwork.Shape{Board: 1, Operation: o, Setting: setting, Fill: fill, Paths: paths}), &s)
		if err != nil {
			t.Fatal(err)
		}
		top := math.Sqrt2 * math.Max(m.SpeedX, m.SpeedY) / 60
		if least := (e.BurnMM + e.TravelMM) / top; !(e.Seconds >= least*0.999999) || math.IsInf(e.Seconds, 0) {
			t.Errorf("%g mm take %g s", e.BurnMM+e.TravelMM, e.Seconds)
		}
	})
}
