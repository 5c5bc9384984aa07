package mapfile

import (
	"fmt"
	"math"
	"path/filepath"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/paulmach/orb"
)

// houses are as many as a town has, of eight corners each.
func houses(n int) []carto.Feature {
	features := make([]carto.Feature, n)
	for i := range features {
		lon, lat := 11.5+float64(i%150)*2e-4, 48.1+float64(i/150)*2e-4
		ring := make(orb.Ring, 9)
		for j := range ring {
			s, c := math.Sincos(float64(j%8) * math.Pi / 4)
			ring[j] = orb.Point{lon + 5e-5*c, lat + 5e-5*s}
		}
		features[i] = carto.Feature{
			Geometry: orb.Polygon{ring}, Class: "residential",
			Attributes: map[string]string{"building": "yes", "addr:housenumber": fmt.Sprint(i), "addr:street": "Hauptstraße"},
		}
	}
	return features
}

func BenchmarkImport15000Houses(b *testing.B) {
	features, n := houses(15000), 0
	for b.Loop() {
		n++
		path := filepath.Join(b.TempDir(), fmt.Sprint(n, ".gpkg"))
		if err := Create(b.Context(), path, sample()); err != nil {
			b.Fatal(err)
		}
		f := open(b, path)
		d, err := carto.Open(b.Context(), f)
		if err != nil {
			b.Fatal(err)
		}
		if err := d.Do(b.Context(), carto.AddLayer{Layer: layer("h", "Houses"), Features: features}); err != nil {
			b.Fatal(err)
		}
		closeFile(b, f)
	}
}

func BenchmarkRead15000Houses(b *testing.B) {
	f := newMap(b)
	update(b, f, func(tx carto.Tx) error { return tx.PutLayer(layer("h", "Houses"), 0) })
	update(b, f, putAll("h", houses(15000)...))
	whole := orb.Bound{Min: orb.Point{11, 48}, Max: orb.Point{12, 49}}
	part := orb.Bound{Min: orb.Point{11.51, 48.105}, Max: orb.Point{11.512, 48.107}}
	for name, box := range map[string]orb.Bound{"all": {}, "box of all": whole, "box of some": part} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if len(featuresOf(b, f, "h", box)) == 0 {
					b.Fatal("nothing found")
				}
			}
		})
	}
}

func BenchmarkOneEdit(b *testing.B) {
	f := newMap(b)
	update(b, f, func(tx carto.Tx) error { return tx.PutLayer(layer("h", "Houses"), 0) })
	one := houses(1)
	for b.Loop() {
		update(b, f, putAll("h", one...))
	}
}

func BenchmarkOpen(b *testing.B) {
	f := newMap(b)
	update(b, f, func(tx carto.Tx) error { return tx.PutLayer(layer("h", "Houses"), 0) })
	update(b, f, putAll("h", houses(15000)...))
	closeFile(b, f)
	for name, open := range map[string]func() (*File, error){
		"for changes": func() (*File, error) { return Open(b.Context(), f.Path()) },
		"for reading": func() (*File, error) { return OpenReader(b.Context(), f.Path()) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f, err := open()
				if err != nil {
					b.Fatal(err)
				}
				closeFile(b, f)
			}
		})
	}
}
