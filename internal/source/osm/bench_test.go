package osm

import (
	"testing"

	"github.com/mapwright/mapwright/internal/source"
)

// BenchmarkImport imports a city and a country by the preset.
func BenchmarkImport(b *testing.B) {
	for _, name := range []string{"munich-centre-2020", "liechtenstein-2021"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := (Importer{}).Import(b.Context(), source.Request{Path: sample(name)}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
