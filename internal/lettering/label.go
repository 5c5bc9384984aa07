package lettering

import (
	"context"

	"github.com/mapwright/mapwright/internal/planar"
)

// Placed is a text at a place: every letter with where it stands.
type Placed struct {
	Texts   []Text  // one, or the lines of a name that was broken
	letters []stand // of all texts, in their order
	// Quads cover the ink, letter by letter where the text is bent, else line
	// by line.
	Quads []Quad
	// Cost says how much worse than the best possible the place is, from 0.
	Cost float64
}

// stand is where a letter stands.
type stand struct {
	letter *Letter
	frame  frame
}

// Middle is a place in the middle of the label, mm.
func (p *Placed) Middle() Vec {
	var r Rect
	for i, q := range p.Quads {
		for k, v := range q {
			r = r.grow(v, i == 0 && k == 0)
		}
	}
	return Vec{(r.Min.X + r.Max.X) / 2, (r.Min.Y + r.Max.Y) / 2}
}

// Size is the height of the label's capitals, mm.
func (p *Placed) Size() float64 {
	if len(p.Texts) == 0 {
		return 0
	}
	return p.Texts[0].Size
}

// Areas gives what outlined letters fill, as valid polygons. Letters of a font
// may be drawn of parts that overlap: they become one.
func (p *Placed) Areas(ctx context.Context) ([]planar.Polygon, error) {
	var rings []planar.Ring
	for _, s := range p.letters {
		for _, c := range s.letter.Contours {
			if ring := planar.Ring(s.frame.onGrid(c)); len(ring) > 2 {
				rings = append(rings, ring)
			}
		}
	}
	if len(rings) == 0 {
		return nil, nil
	}
	return planar.Union(ctx, rings, planar.NonZero)
}

// Letters gives the contours of each outlined letter where it stands, mm.
func (p *Placed) Letters() [][][]Vec {
	out := make([][][]Vec, 0, len(p.letters))
	for _, s := range p.letters {
		var letter [][]Vec
		for _, c := range s.letter.Contours {
			placed := make([]Vec, len(c))
			for i, v := range c {
				placed[i] = s.frame.place(v)
			}
			letter = append(letter, placed)
		}
		out = append(out, letter)
	}
	return out
}

// Lines gives what single-line letters follow. A closed one repeats its start.
func (p *Placed) Lines() []planar.Path {
	var out []planar.Path
	for _, s := range p.letters {
		for _, c := range s.letter.Strokes {
			if path := planar.Path(s.frame.onGrid(c)); len(path) > 1 {
				out = append(out, path)
			}
		}
	}
	return out
}

// onGrid places points and drops those that repeat the one before.
func (f frame) onGrid(points []Vec) []planar.Point {
	out := make([]planar.Point, 0, len(points))
	for _, v := range points {
		v = f.place(v)
		p := planar.FromMM(v.X, v.Y)
		if len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	return out
}

// level stands texts one below the other, upright, with the middle of their
// ink at a place.
func level(texts []Text, at Vec) *Placed {
	p := &Placed{Texts: texts}
	block := blockOf(texts)
	for i := range texts {
		t := &texts[i]
		ink := t.Ink()
		origin := Vec{
			at.X - (ink.Min.X+ink.Max.X)/2,
			at.Y - (block.Min.Y+block.Max.Y)/2 - float64(float64(i)*lead(t.Size)),
		}
		for k := range t.Letters {
			l := &t.Letters[k]
			p.letters = append(p.letters, stand{l, frame{Vec{origin.X + l.At, origin.Y}, Vec{1, 0}}})
		}
		p.Quads = append(p.Quads, frame{origin, Vec{1, 0}}.quad(ink))
	}
	return p
}

// lead is the distance between the baselines of lines of a size.
func lead(size float64) float64 { return 1.75 * size }

// blockOf is the ink of lines one below the other, from the first one's
// baseline; each is centred on 0.
func blockOf(texts []Text) Rect {
	var block Rect
	for i, t := range texts {
		ink := t.Ink()
		half := (ink.Max.X - ink.Min.X) / 2
		down := float64(float64(i) * lead(t.Size))
		block = block.grow(Vec{-half, ink.Min.Y - down}, i == 0)
		block = block.grow(Vec{half, ink.Max.Y - down}, false)
	}
	return block
}
