package main

// liner turns a row of burn levels (0 nothing, 255 full) into a row of the
// picture. Rows come from the top, each once.
type liner interface {
	kind() pixelKind
	line(burn, pixels []byte)
}

func newLiner(s settings, width int) liner {
	switch {
	case s.mode == modeGrey:
		return grey{invert: s.invert}
	case s.mode == modeRGBA:
		return alpha{invert: s.invert}
	case s.dither == ditherFloyd:
		return &bilevel{invert: s.invert, rule: newDiffusion(width)}
	case s.dither == ditherOrdered:
		return &bilevel{invert: s.invert, rule: &bayer{}}
	default:
		return &bilevel{invert: s.invert, rule: threshold{}}
	}
}

// grey is 0 where it burns fully and 255 where it does not.
type grey struct{ invert bool }

func (grey) kind() pixelKind { return grey8 }

func (g grey) line(burn, pixels []byte) {
	for i, b := range burn {
		if !g.invert {
			b = 255 - b
		}
		pixels[i] = b
	}
}

// alpha is black, opaque where it burns.
type alpha struct{ invert bool }

func (alpha) kind() pixelKind { return rgba8 }

func (a alpha) line(burn, pixels []byte) {
	for i, b := range burn {
		if a.invert {
			b = 255 - b
		}
		pixels[4*i+3] = b
	}
}

// bilevel is black where the rule says that it burns.
type bilevel struct {
	invert bool
	rule   rule
}

// rule turns levels into 0 and 255, in place.
type rule interface{ decide(burn []byte) }

func (*bilevel) kind() pixelKind { return bits1 }

func (b *bilevel) line(burn, pixels []byte) {
	b.rule.decide(burn)
	clear(pixels)
	for i, v := range burn {
		if (v == 0) != b.invert { // white
			pixels[i/8] |= 0x80 >> (i % 8)
		}
	}
}

// threshold burns what has at least half of the full level.
type threshold struct{}

func (threshold) decide(burn []byte) {
	for i, v := range burn {
		burn[i] = 0
		if v >= 128 {
			burn[i] = 255
		}
	}
}

// bayer burns by an 8 × 8 pattern of thresholds (Bayer 1973).
type bayer struct{ row int }

func (b *bayer) decide(burn []byte) {
	for i, v := range burn {
		burn[i] = 0
		if int(v)*64 > 255*bayerRank(i&7, b.row&7)+127 {
			burn[i] = 255
		}
	}
	b.row++
}

// bayerRank is the place of a cell in the order in which cells turn black,
// from 0: the bits of x^y and y, interleaved and reversed.
func bayerRank(x, y int) int {
	rank := 0
	for bit := range 3 {
		rank = rank<<2 | (x^y)>>bit&1<<1 | y>>bit&1
	}
	return rank
}

// diffusion gives the error of a pixel on to its neighbours (Floyd and
// Steinberg 1976), in sixteenths of a level, in whole numbers.
type diffusion struct{ here, below []int32 } // with a margin of one on both sides

func newDiffusion(width int) *diffusion {
	return &diffusion{here: make([]int32, width+2), below: make([]int32, width+2)}
}

func (d *diffusion) decide(burn []byte) {
	for i, v := range burn {
		if v == 0 {
			continue // no dots beside the shapes
		}
		want := int32(v)*16 + d.here[i+1]
		got := int32(0)
		if want >= 8*255 {
			got = 255
		}
		burn[i] = byte(got)
		e := want - got*16
		d.here[i+2] += e * 7 / 16
		d.below[i] += e * 3 / 16
		d.below[i+1] += e * 5 / 16
		d.below[i+2] += e / 16
	}
	d.here, d.below = d.below, d.here
	clear(d.below)
}
