package mapfile

import (
	"bytes"
	"encoding/hex"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/paulmach/orb"
)

// foreign are blobs as other programs write them.
var foreign = map[string]struct {
	hex  string
	want orb.Geometry // nil: refused
}{
	"GDAL, point":            {"47500001e610000001010000000000000000002640000000000000e03f", orb.Point{11, 0.5}},
	"big endian":             {"47500000000010e60000000001402600000000000" + "03fe0000000000000", orb.Point{11, 0.5}},
	"empty point of NaN":     {"47500011e61000000101000000000000000000f87f000000000000f87f", orb.MultiPoint{}},
	"ISO point with Z":       {"47500001e610000001e90300000000000000002640000000000000e03f000000000000f03f", orb.Point{11, 0.5}},
	"ISO point with Z and M": {"47500001e610000001b90b00000000000000002640000000000000e03f000000000000f03f000000000000f03f", orb.Point{11, 0.5}},
	"EWKB point with Z":      {"47500001e610000001010000800000000000002640000000000000e03f000000000000f03f", orb.Point{11, 0.5}},
	"half NaN":               {"47500001e61000000101000000000000000000f87f000000000000e03f", nil},
	"circular string":        {"47500001e6100000010800000000000000", nil},
	"a billion points":       {"47500001e6100000010200000000ca9a3b", nil},
	"extended type":          {"47500021e610000001010000000000000000002640000000000000e03f", nil},
	"envelope of kind 7":     {"4750000fe610000001010000000000000000002640000000000000e03f", nil},
	"not GP":                 {"475100", nil},
	"nothing":                {"", nil},
	"a line among points":    {"47500001e610000001040000000100000001020000000100000000000000000026400000000000002640", nil},
}

func TestBlobsOfOtherPrograms(t *testing.T) {
	t.Parallel()
	for name, c := range foreign {
		blob, err := hex.DecodeString(c.hex)
		if err != nil {
			t.Fatal(name, err)
		}
		got, err := decodeGeometry(blob)
		if (err == nil) != (c.want != nil) || c.want != nil && !cmp.Equal(c.want, got) {
			t.Errorf("%s: %#v, %v", name, got, err)
		}
	}
}

func FuzzGeometry(f *testing.F) {
	for _, c := range foreign {
		blob, err := hex.DecodeString(c.hex)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(blob)
	}
	for _, s := range shapes() {
		blob, err := encodeGeometry(s.Geometry, 4326)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(blob)
	}
	f.Fuzz(func(t *testing.T, blob []byte) {
		if box, ok := blobBounds(blob); ok {
			for _, v := range []float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]} {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("bounds %v", box)
				}
			}
		}
		g, err := decodeGeometry(blob)
		if err != nil || len(blob) == 0 {
			return
		}
		again, err := encodeGeometry(g, 4326)
		if err != nil {
			t.Fatalf("%#v was read but can't be written: %v", g, err)
		}
		back, err := decodeGeometry(again)
		if diff := cmp.Diff(g, back, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
		once, err := encodeGeometry(back, 4326)
		if err != nil || !bytes.Equal(again, once) {
			t.Fatalf("the same geometry has two blobs: %v", err)
		}
	})
}

// FuzzOpen changes the bytes of a sound map file at some places.
func FuzzOpen(f *testing.F) {
	path := filepath.Join(f.TempDir(), "map.gpkg")
	if err := Create(f.Context(), path, sample()); err != nil {
		f.Fatal(err)
	}
	file := open(f, path)
	update(f, file, func(tx carto.Tx) error { return tx.PutLayer(layer("a", "A"), 0) })
	update(f, file, putAll("a", shapes()...))
	closeFile(f, file)
	sound, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(18), []byte{9, 9}, uint32(0))
	f.Add(uint32(100), bytes.Repeat([]byte{0xff}, 64), uint32(5000))
	f.Add(uint32(len(sound)/2), []byte("zzzzzzzzzzzzzzzzz"), uint32(len(sound)/3))
	f.Add(uint32(0), []byte{}, uint32(len(sound)-100))
	f.Fuzz(func(t *testing.T, at uint32, patch []byte, cut uint32) {
		changed := bytes.Clone(sound)
		copy(changed[int(at)%len(changed):], patch)
		changed = changed[:len(changed)-int(cut)%len(changed)]
		path := filepath.Join(t.TempDir(), "fuzz.gpkg")
		if err := os.WriteFile(path, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		readAll(t, path)
		writeSome(t, path)
	})
}

// readAll reads a damaged map as far as it goes; it must not panic or hang.
func readAll(t *testing.T, path string) {
	f, err := OpenReader(t.Context(), path)
	if err != nil {
		return
	}
	m, err := f.Map(t.Context())
	if err == nil {
		for _, l := range m.Layers {
			for _, err := range f.Features(t.Context(), l.ID, orb.Bound{Max: orb.Point{50, 50}}) {
				if err != nil {
					break
				}
			}
		}
	}
	if err := f.Close(); err != nil {
		t.Log(err)
	}
}

func writeSome(t *testing.T, path string) {
	f, err := Open(t.Context(), path)
	if err != nil {
		if _, err := os.Stat(path + lockSuffix); err == nil {
			t.Fatal("a map that could not be opened stays locked")
		}
		return
	}
	if err := f.Update(t.Context(), putAll("a", shapes()...)); err != nil {
		t.Log(err)
	}
	if err := f.Close(); err != nil {
		t.Log(err)
	}
}
