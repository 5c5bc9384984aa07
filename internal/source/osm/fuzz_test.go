package osm

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"github.com/mapwright/mapwright/internal/source"
	"github.com/paulmach/orb"
)

// consume builds everything of what came out of bytes that nobody knows.
func consume(t *testing.T, d *data) {
	d.finish()
	for _, wanted := range [][]presetLayer{city, everything("x")} {
		b := newBuilder(d, source.Request{}, wanted)
		if err := b.build(context.Background()); err != nil {
			t.Fatal(err)
		}
		for _, l := range b.layers {
			for _, f := range l.Features {
				checkRings(t, f)
			}
		}
	}
}

func checkRings(t *testing.T, f source.Feature) {
	var polygons []orb.Polygon
	switch g := f.Geometry.(type) {
	case orb.Polygon:
		polygons = []orb.Polygon{g}
	case orb.MultiPolygon:
		polygons = g
	}
	for _, p := range polygons {
		for i, r := range p {
			if len(r) < 4 || !r.Closed() {
				t.Fatalf("%s has the ring %v", f.ID, r)
			}
			if o := r.Orientation(); o != 0 && (o == orb.CCW) != (i == 0) {
				t.Fatalf("%s has ring %d the wrong way round: %v", f.ID, i, r)
			}
		}
	}
}

func FuzzPBF(f *testing.F) {
	f.Add(mustRead(f, "testdata/locarno-lakeside-2026.osm.pbf"))
	f.Add(mustRead(f, "testdata/monaco-lz4-beginning.osm.pbf"))
	f.Add(needing("DenseNodes"))
	f.Fuzz(func(t *testing.T, content []byte) {
		d, err := readPBF(context.Background(), bytes.NewReader(content), int64(len(content)))
		if err == nil {
			consume(t, d)
		}
	})
}

// FuzzPrimitives goes past the framing and the checksums.
func FuzzPrimitives(f *testing.F) {
	r := &blobReader{r: bytes.NewReader(mustRead(f, "testdata/locarno-lakeside-2026.osm.pbf")), size: 75700}
	for {
		b, err := r.next()
		if err != nil {
			break
		}
		content, err := b.unpack()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		b, err := decodePrimitives(content)
		if err == nil {
			d := &data{}
			d.add(b)
			consume(t, d)
		}
	})
}

func FuzzXML(f *testing.F) {
	for _, pattern := range []string{"testdata/xml/*.osm", "testdata/cases/9*/data.osm"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range paths {
			f.Add(mustRead(f, path))
		}
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		d, err := readXML(context.Background(), bytes.NewReader(content))
		if err == nil {
			consume(t, d)
		}
	})
}

// FuzzAssemble makes lines of bytes, on a small grid where much coincides.
func FuzzAssemble(f *testing.F) {
	f.Add([]byte{0x00, 0x40, 0x44, 0x04, 0x00})
	f.Add([]byte{0x00, 0x80, 0x88, 0x08, 0x00, 0xff, 0x22, 0x42, 0x44, 0x24, 0x22})
	f.Add([]byte{0x00, 0x20, 0x22, 0x02, 0x00, 0xff, 0x22, 0x42, 0x44, 0x24, 0x22})
	f.Fuzz(func(t *testing.T, content []byte) {
		var lines [][]location
		for _, part := range bytes.Split(content, []byte{0xff}) {
			var l []location
			for _, c := range part {
				l = append(l, location{int32(c >> 4), int32(c & 15)})
			}
			lines = append(lines, l)
		}
		a, fault := assemble(lines)
		if fault != nil {
			return
		}
		checkRings(t, source.Feature{ID: "area", Geometry: a})
		checkEvenOdd(t, lines, a)
	})
}

// checkEvenOdd counts, between the grid's places, how many segments are below:
// odd is inside, in what came in as in what was made.
func checkEvenOdd(t *testing.T, lines [][]location, a orb.MultiPolygon) {
	var made [][]location
	for _, p := range a {
		for _, r := range p {
			var l []location
			for _, at := range r {
				l = append(l, placeOf(at))
			}
			made = append(made, l)
		}
	}
	in, out := segmentsOf(lines), segmentsOf(made)
	for x := range int32(16) {
		for y := range int32(16) {
			if below(in, x, y)%2 != below(out, x, y)%2 {
				t.Fatalf("beside %d, %d inside is outside: %v made %v", x, y, lines, a)
			}
		}
	}
}

// below counts the segments under the place a third to the right of x and
// slightly above y, on a grid three times as fine and odd.
func below(all []segment, x, y int32) int {
	n := 0
	for _, s := range all {
		fine := func(l location) location { return location{l.lon * 1000, l.lat * 1000} }
		if at := (location{x*1000 + 333, y*1000 + 1}); s.a.lon <= x && s.b.lon > x && orientation(fine(s.a), fine(s.b), at) > 0 {
			n++
		}
	}
	return n
}

func placeOf(p orb.Point) location {
	b := boxOf(orb.Bound{Min: p, Max: p})
	return location{b.west, b.south}
}
