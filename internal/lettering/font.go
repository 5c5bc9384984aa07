package lettering

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/go-text/typesetting/font"
)

// emCapHeight is the height of capitals, in parts of an em, of fonts without a
// capital H: that of the Noto family, to which its fonts for other scripts are
// drawn to fit.
const emCapHeight = 0.714

// maxFontBytes bounds what ParseFont reads: fonts for Chinese have 20 MB.
const maxFontBytes = 64 << 20

// Font is one font of outlines. It never changes, so that any number of
// goroutines may use it.
type Font struct {
	name      string
	font      *font.Font
	unitsPer  int     // units of the font in an em
	capHeight float64 // units of the font
}

// ParseFont reads a TrueType or OpenType font, for a font that a maker chose
// from the computer. Of a collection it takes the first font. It fails for
// bytes that are no font, or a font without outlines or characters.
func ParseFont(data []byte) (f *Font, err error) {
	if len(data) > maxFontBytes {
		return nil, fmt.Errorf("the font has %d MB, and at most %d are read: take another one", len(data)>>20, maxFontBytes>>20)
	}
	if err := checkTables(data); err != nil {
		return nil, err
	}
	// The parser of a broken table may run off its end.
	defer func() {
		if p := recover(); p != nil {
			f, err = nil, fmt.Errorf("the font is damaged (%v): take another file", p)
		}
	}()
	faces, err := font.ParseTTC(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("this is no TrueType or OpenType font that can be read: %w", err)
	}
	if len(faces) == 0 {
		return nil, errors.New("the collection holds no font")
	}
	face := faces[0]
	f = &Font{name: face.Describe().Family, font: face.Font, unitsPer: int(face.Upem())}
	if f.unitsPer < 16 || f.unitsPer > 16384 {
		return nil, fmt.Errorf("the font %q is damaged: it has %d units an em, and fonts have 16 to 16384", f.name, f.unitsPer)
	}
	f.capHeight = f.measureCapitals(face)
	return f, nil
}

// measureCapitals gives the height of a capital H, or what stands for it.
func (f *Font) measureCapitals(face *font.Face) float64 {
	em := float64(f.unitsPer)
	if id, ok := f.font.NominalGlyph('H'); ok {
		if e, ok := face.GlyphExtents(id); ok {
			if h := float64(e.YBearing); h > 0.2*em && h < 2*em {
				return h
			}
		}
	}
	return emCapHeight * em
}

// Name is the family name of the font.
func (f *Font) Name() string { return f.name }

// Has tells whether the font has a letter of its own for a rune.
func (f *Font) Has(r rune) bool {
	id, ok := f.font.NominalGlyph(r)
	return ok && id != 0
}
