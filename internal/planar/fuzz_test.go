package planar

import (
	"context"
	"encoding/binary"
	"math"
	"testing"
)

// Seeds are bytes as the fuzz tests read them: a byte for the options, and
// then two bytes a coordinate; 0x8000 ends a ring.
func fuzzSeeds(f *testing.F) {
	for _, rings := range [][][]int16{
		{{0, 0, 100, 0, 100, 100, 0, 100}, {50, 50, 150, 50, 150, 150, 50, 150}},
		{{0, 0, 4, 4, 4, 0, 0, 4}, {0, 0, 4, 4, 4, 0, 0, 4}},
		{{0, 0, 32767, 1, 0, 2, 32767, 3, 0, 4, 32767, 5}},
		{{0, 0, 9, 0, 5, 0}, {7, 7}},
		{{-32767, -32767, 32767, 32767, 32767, 32766, -32766, -32767}, {-32767, 32767, 32767, -32767, 0, 1}},
	} {
		for options := range byte(12) {
			data := []byte{options}
			for _, r := range rings {
				for _, v := range r {
					data = binary.LittleEndian.AppendUint16(data, uint16(v))
				}
				data = append(data, 0x00, 0x80)
			}
			f.Add(data)
		}
	}
}

// fuzzRings reads rings; stretch spreads them over the board.
func fuzzRings(data []byte, stretch int32) []Ring {
	rings := []Ring{{}}
	for len(data) >= 4 {
		x, y := int16(binary.LittleEndian.Uint16(data)), int16(binary.LittleEndian.Uint16(data[2:]))
		if x == math.MinInt16 {
			rings = append(rings, Ring{})
			data = data[2:]
			continue
		}
		last := len(rings) - 1
		rings[last] = append(rings[last], Point{int32(x) * stretch, max(int32(y), -math.MaxInt16) * stretch})
		data = data[4:]
	}
	return rings
}

func FuzzBoolean(f *testing.F) {
	fuzzSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 || len(data) > 400 {
			return
		}
		options := data[0]
		stretch := int32(1)
		if options&64 != 0 {
			stretch = Max / math.MaxInt16
		}
		rings := fuzzRings(data[1:], stretch)
		half := len(rings) / 2
		op, fill := Op(options%4), Fill(options/4%3)
		mustBoolean(t, op, rings[:half], rings[half:], fill)
	})
}

func FuzzStroke(f *testing.F) {
	fuzzSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 || len(data) > 200 {
			return
		}
		options := data[0]
		style := Style{Join: Join(options % 3), Cap: Cap(options / 3 % 3), Tolerance: 100}
		var paths []Path
		for _, r := range fuzzRings(data[1:], 1000) {
			paths = append(paths, Path(r))
		}
		half := 1 + 300*float64(options)
		polys, err := Stroke(context.Background(), paths, half, style)
		mustValid(t, polys, err)
	})
}
