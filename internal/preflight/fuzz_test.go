package preflight

import (
	"encoding/binary"
	"math"
	"reflect"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// FuzzCheck checks artwork made of random bytes: whatever a plugin or another
// program hands over, the check ends, and finds the same again.
func FuzzCheck(f *testing.F) {
	f.Add([]byte("a line and an area, both of them rather short"))
	f.Add(binary.LittleEndian.AppendUint64([]byte("\x01\x05farther"), math.Float64bits(1e300)))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 600 {
			return
		}
		art := fromBytes(data)
		first, err := Check(t.Context(), art, Options{})
		if err != nil {
			return
		}
		again, err := Check(t.Context(), art, Options{})
		if err != nil || !reflect.DeepEqual(first, again) {
			t.Errorf("found %+v, and then %+v (%v)", first, again, err)
		}
		for _, l := range art.Layers {
			for _, s := range l.Shapes {
				for _, p := range s.Paths {
					if s.Fill && !p.Closed && !Blocks(first) {
						t.Error("an open filled ring blocks nothing")
					}
				}
			}
		}
	})
}

// fromBytes makes two layers of shapes, some of them far away.
func fromBytes(data []byte) *artwork.Artwork {
	art := board(artwork.Layer{Name: "a", Operation: artwork.Score}, artwork.Layer{Name: "b", Operation: artwork.Engrave})
	for len(data) > 2 {
		kind, n := data[0], int(data[1]%9)
		data = data[2:]
		p := artwork.Path{Closed: kind&1 != 0}
		for i := 0; i < n && len(data) >= 8; i++ {
			bits := binary.LittleEndian.Uint64(data)
			q := artwork.Point{X: float64(uint16(bits)) / 600, Y: float64(uint16(bits>>16)) / 600}
			if kind&2 != 0 {
				q.X = math.Float64frombits(bits)
			}
			p.Points = append(p.Points, q)
			data = data[8:]
		}
		if len(p.Points) == 0 {
			continue
		}
		l := &art.Layers[kind>>2&1]
		l.Shapes = append(l.Shapes, artwork.Shape{
			Board: 1, Operation: l.Operation, Fill: kind&8 != 0, Paths: []artwork.Path{p},
		})
	}
	return art
}
