package raster

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestThinAreasCoverWhatTheirEdgesEnclose draws stretches and discs of all
// sizes, in the picture and across its borders, in both ways: a line looks
// the same wherever it turns from thin to wide.
func TestThinAreasCoverWhatTheirEdgesEnclose(t *testing.T) {
	t.Parallel()
	const width, height, top = 40, 30, 3
	rng := rand.New(rand.NewPCG(7, 8))
	fast, plain := newMask(width, height, top), newMask(width, height, top)
	thin, stamped := 0, 0
	for i := range 40_000 {
		a := vec{rng.Int32N(width*subPixels+1000) - 500, top*subPixels + rng.Int32N(height*subPixels+1000) - 500}
		if i%2 == 0 {
			reach := int32(1) << (4 + rng.IntN(8))
			b := vec{a.x + rng.Int32N(2*reach+1) - reach, a.y + rng.Int32N(2*reach+1) - reach}
			if a == b {
				continue
			}
			n := aside(float64(b.x-a.x), float64(b.y-a.y), 1+rng.Int32N(reach))
			if fast.thinQuad(a, b, n) {
				thin++
				plain.quad(a, b, n)
			}
		} else {
			d := newDisc(1 + rng.Int32N(1<<(1+rng.IntN(12))))
			if b := (box{a.x, a.y, a.x, a.y}).grow(d.radius); fast.reaches(b) {
				fast.disc(d, a)
				if left := (place(a.x) - d.radius) >> 8; d.radius <= maxStamped && left >= 0 && left <= width-thinColumns {
					stamped++
					a = vec{place(a.x), place(a.y)}
				}
				plain.outline(d.outline, a, b.grow(stampStep))
			}
		}
		if !bytes.Equal(fast.covered, plain.covered) {
			t.Fatalf("number %d, at %v, covers other samples than its edges enclose", i, a)
		}
		clear(fast.covered)
		clear(plain.covered)
	}
	if thin < 5_000 {
		t.Errorf("only %d stretches were thin", thin)
	}
	if stamped < 5_000 {
		t.Errorf("only %d discs were stamped", stamped)
	}
}

// place is the nearest place for the middle of a stamped disc.
func place(v int32) int32 { return (v + stampOff) &^ (stampStep - 1) }
