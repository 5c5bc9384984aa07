package lettering

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
	"golang.org/x/text/unicode/norm"
)

// maxTextRunes bounds one label: the longest name of a place has 168 letters.
const maxTextRunes = 1000

// Typesetter sets text as outlines of the fonts of a chain. It keeps what it
// has read, and is for one goroutine at a time.
type Typesetter struct {
	chain  Chain
	buffer *harfbuzz.Buffer
	faces  map[*Font]*face
}

// face is a font with what belongs to one typesetter.
type face struct {
	face   *font.Face
	shaper *harfbuzz.Font
	glyphs map[font.GID]font.GlyphOutline
}

// NewTypesetter makes a typesetter of a chain, which must not be empty.
func NewTypesetter(chain Chain) (*Typesetter, error) {
	if len(chain) == 0 || slices.Contains(chain, nil) {
		return nil, errors.New("a typesetter needs at least one font")
	}
	return &Typesetter{chain: chain, buffer: harfbuzz.NewBuffer(), faces: map[*Font]*face{}}, nil
}

// Set sets text; see [Typeface]. It fails with a *DamageError where a font is
// damaged; what was set before stays sound. Scripts that join their letters keep them
// together: there a whole word is one Letter.
func (t *Typesetter) Set(text string, size, spacing, tolerance float64) (set Text, err error) {
	text = norm.NFC.String(tidy(text))
	runes := []rune(text)
	if err := checkSet(len(runes), size, spacing, tolerance); err != nil {
		return Text{}, err
	}
	// Tables of a font that only look sound may lead the shaper astray.
	at := t.chain[0]
	defer func() {
		if p := recover(); p != nil {
			set, err = Text{}, &DamageError{at, text, fmt.Errorf("%v", p)}
		}
	}()
	items, missing := itemize(runes, t.chain)
	if len(missing) > 0 {
		return Text{}, &MissingError{text, missing}
	}
	set = Text{String: text, Size: size}
	for _, it := range visual(items) {
		at = it.font
		if !slices.Contains(set.Fonts, it.font) {
			set.Fonts = append(set.Fonts, it.font)
		}
		letters, none := t.shape(runes, it, size, spacing, tolerance)
		if len(none) > 0 {
			return Text{}, &MissingError{text, none}
		}
		for _, l := range letters {
			l.At += set.Width
			set.Letters = append(set.Letters, l)
		}
		for _, l := range letters {
			set.Width += l.Advance
		}
	}
	set.Width = max(0, set.Width-spacing)
	return set, nil
}

// checkSet refuses sizes that make no sense.
func checkSet(runes int, size, spacing, tolerance float64) error {
	switch {
	case runes > maxTextRunes:
		return fmt.Errorf("a label of %d letters is too long: at most %d", runes, maxTextRunes)
	case !(size > 0 && size <= 1000):
		return fmt.Errorf("letters can't be %g mm high: take more than 0 and at most 1000", size)
	case !(spacing >= -size && spacing <= 1000):
		return fmt.Errorf("letters can't stand %g mm farther apart", spacing)
	case !(tolerance > 0):
		return fmt.Errorf("curves can't be within %g mm: take more than 0", tolerance)
	}
	return nil
}

// faceOf gives what the typesetter knows of a font.
func (t *Typesetter) faceOf(f *Font) *face {
	known, ok := t.faces[f]
	if !ok {
		known = &face{face: f.newFace(), glyphs: map[font.GID]font.GlyphOutline{}}
		known.shaper = harfbuzz.NewFont(known.face)
		t.faces[f] = known
	}
	return known
}

// shape sets one item. Its letters lie along the baseline from 0. Runes that
// the font turns out not to have, or to have as a picture, come back in missing.
func (t *Typesetter) shape(text []rune, it item, size, spacing, tolerance float64) (letters []Letter, missing []rune) {
	f := t.faceOf(it.font)
	b := t.buffer
	b.Clear()
	b.AddRunes(text, it.from, it.to-it.from)
	b.Props.Script, b.Props.Language = it.script, language.NewLanguage("und")
	b.Props.Direction = di.DirectionLTR.Harfbuzz()
	if it.level%2 == 1 {
		b.Props.Direction = di.DirectionRTL.Harfbuzz()
	}
	b.Shape(f.shaper, nil)

	scale := size / it.font.capHeight
	joined := joins(it.script)
	var from int // where the letter in work starts among the glyphs
	x := 0.0
	for i := range b.Info {
		if id := b.Info[i].Glyph; id == 0 && !invisible(text[b.Info[i].Cluster]) {
			missing = append(missing, text[b.Info[i].Cluster])
		}
		if i+1 < len(b.Info) && sameLetter(text, b.Info[i].Cluster, b.Info[i+1].Cluster, joined) {
			continue
		}
		l := Letter{At: x}
		pen := 0.0
		for k := from; k <= i; k++ {
			p := b.Pos[k]
			at := Vec{pen + float64(float64(p.XOffset)*scale), float64(float64(p.YOffset) * scale)}
			l.Contours = append(l.Contours, f.contours(b.Info[k].Glyph, at, scale, tolerance)...)
			pen += float64(float64(p.XAdvance) * scale)
		}
		l.Advance = pen
		if pen != 0 {
			l.Advance += spacing
		}
		l.measure()
		if r := text[b.Info[from].Cluster]; len(l.Contours) == 0 && shows(r) {
			missing = append(missing, r)
		}
		letters = append(letters, l)
		x += l.Advance
		from = i + 1
	}
	return letters, missing
}

// sameLetter tells whether two neighbouring clusters turn as one.
func sameLetter(text []rune, a, b int, joined bool) bool {
	return a == b || joined && text[a] != ' ' && text[b] != ' '
}

// joins tells whether a script joins the letters of a word, so that they can't
// be spaced or turned apart.
func joins(s language.Script) bool {
	switch s {
	case language.Arabic, language.Syriac, language.Mongolian, language.Nko, language.Mandaic, language.Adlam,
		language.Hanifi_Rohingya, language.Devanagari, language.Bengali, language.Gurmukhi:
		return true
	}
	return false
}

// contours gives a glyph's outlines, mm, moved to at.
func (f *face) contours(id font.GID, at Vec, scale, tolerance float64) [][]Vec {
	outline, ok := f.glyphs[id]
	if !ok {
		outline = outlineOf(f.face.GlyphData(id))
		f.glyphs[id] = outline
	}
	var out [][]Vec
	for _, c := range flatten(outline.Segments, tolerance/scale) {
		for i, p := range c {
			c[i] = Vec{at.X + float64(p.X*scale), at.Y + float64(p.Y*scale)}
		}
		out = append(out, c)
	}
	return out
}

// outlineOf gives the outline of a letter; a letter that is a picture may have
// one beside it, and is empty otherwise.
func outlineOf(data font.GlyphData) font.GlyphOutline {
	switch g := data.(type) {
	case font.GlyphOutline:
		return g
	case font.GlyphSVG:
		return g.Outline
	case font.GlyphBitmap:
		if g.Outline != nil {
			return *g.Outline
		}
	}
	return font.GlyphOutline{}
}

// finite tells whether a number is one.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
