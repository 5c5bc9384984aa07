package preflight

import (
	"encoding/binary"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// FuzzCheck checks artwork made of random bytes: whatever a plugin or another
// program hands over, the check ends, and finds the same again.
func FuzzCheck(f *testing.F) {
	f.Add([]byte("a line and an area, both of them rather short"))
	f.Add([]byte("\x11\x04" + "00001111" + "90001111" + "90009111" + "00009111" + "\x11\x04" + "22223333" + "72223333" + "72227333" + "22227333"))
	f.Add([]byte("\x30\x04" + "00001111" + "90001111" + "90009111" + "00001211"))
	f.Add(binary.LittleEndian.AppendUint64([]byte("\x01\x05farther"), math.Float64bits(1e300)))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 600 {
			return
		}
		art := fromBytes(data)
		o := Options{BedWidth: 50, BedHeight: 50, Scale: 10000, Ground: 900, Layers: map[string]Facts{
			"a": {CapHeight: float64(len(data)%4) / 2, TextKeys: []string{"size"}},
			"b": {Sizes: sizesFrom(data)},
		}}
		first, err := Check(t.Context(), art, o)
		if err != nil {
			return
		}
		for _, f := range first {
			whole(t, f)
		}
		again, err := Check(t.Context(), art, o)
		if err != nil || !reflect.DeepEqual(first, again) {
			t.Errorf("found %+v, and then %+v (%v)", first, again, err)
		}
		for _, l := range art.Layers {
			for _, s := range l.Shapes {
				for _, p := range s.Paths {
					if s.Fill && !p.Closed && !slices.ContainsFunc(first, func(f Finding) bool { return f.Severity == Error }) {
						t.Error("an open filled ring blocks nothing")
					}
				}
			}
		}
	})
}

// whole tells what a finding lacks that every one must have.
func whole(t *testing.T, f Finding) {
	t.Helper()
	if !slices.Contains(Kinds(), f.Kind) || f.Message == "" || f.Fix == "" || len(f.Remedies) == 0 || f.Severity != Warning && f.Severity != Error {
		t.Errorf("the finding is not whole: %+v", f)
	}
	if strings.Contains(f.Message, "NaN") || strings.Contains(f.Message, "Inf") {
		t.Errorf("nobody understands %q", f.Message)
	}
	for _, r := range f.Remedies {
		if !slices.Contains(RemedyKinds(), r.Kind) || r.Label == "" || !r.Hide && len(r.Options) == 0 && r.Operation == "" && r.Scale <= 0 && r.Fit <= 0 {
			t.Errorf("%s: the remedy does nothing: %+v", f.Kind, r)
		}
	}
}

// sizesFrom makes sizes of areas, some of which no area has.
func sizesFrom(data []byte) []Size {
	var sizes []Size
	for i := 0; i+1 < len(data); i += 2 {
		sizes = append(sizes, Size{Area: float64(data[i]) / 20, Border: float64(data[i+1]) / 8, At: artwork.Point{X: float64(data[i]), Y: 40}})
	}
	return sizes
}

// fromBytes makes two layers of shapes, some of them cuts or curves, and some
// far away.
func fromBytes(data []byte) *artwork.Artwork {
	art := board(artwork.Layer{ID: "a", Name: "a", Operation: artwork.Score}, artwork.Layer{ID: "b", Name: "b", Operation: artwork.Engrave})
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
		if kind&32 != 0 && len(p.Points) > 2 {
			p.Verbs = []artwork.Verb{artwork.ArcTo}
			for range len(p.Points) - 3 {
				p.Verbs = append(p.Verbs, artwork.LineTo)
			}
		}
		l := &art.Layers[kind>>2&1]
		l.Shapes = append(l.Shapes, artwork.Shape{
			Board: 1, Operation: l.Operation, Fill: kind&8 != 0, Paths: []artwork.Path{p},
		})
		if s := &l.Shapes[len(l.Shapes)-1]; kind&16 != 0 {
			s.Operation, s.Setting, s.Fill = artwork.Cut, artwork.Settings(artwork.Cut)[kind>>6&1], false
		}
	}
	return art
}
