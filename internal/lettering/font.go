package lettering

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// emCapHeight is the height of capitals, in parts of an em, of fonts without a
// capital H: that of the Noto family, to which its fonts for other scripts are
// drawn to fit.
const emCapHeight = 0.714

// maxFontBytes bounds the tables of one font: those for Chinese have 20 MB, and
// with all weights in one, 40.
const maxFontBytes = 64 << 20

// Font is one font of outlines. It never changes, so that any number of
// goroutines may use it.
type Font struct {
	description Description
	font        *font.Font
	variations  []font.Variation
	unitsPer    int     // units of the font in an em
	capHeight   float64 // units of the font
}

// ParseFont reads a TrueType or OpenType font; of a collection the first one.
// It fails as ReadFont does.
func ParseFont(data []byte) (*Font, error) {
	return ReadFont(bytes.NewReader(data), int64(len(data)), 0)
}

// FontFile is a file of fonts that lies open.
type FontFile interface {
	io.Reader
	io.ReaderAt
	io.Seeker
}

// ReadFont reads the font of an index, from 0, out of a TrueType or OpenType
// file or a collection of size bytes. It fails for bytes that are no font, and
// for a font without outlines or characters. The file may be closed afterwards.
func ReadFont(file FontFile, size int64, index int) (f *Font, err error) {
	defer recoverDamage(&f, &err)
	loader, err := openFont(file, size, index)
	if err != nil {
		return nil, err
	}
	if err := checkParts(loader); err != nil {
		return nil, err
	}
	read, err := font.NewFont(loader)
	if err != nil {
		return nil, fmt.Errorf("this is no TrueType or OpenType font that can be read: %w", err)
	}
	f = &Font{description: describe(loader, index), font: read, unitsPer: int(read.Upem())}
	f.variations = f.description.regular()
	if f.unitsPer < 16 || f.unitsPer > 16384 {
		return nil, fmt.Errorf("the font %q is damaged: it has %d units an em, and fonts have 16 to 16384", f.Name(), f.unitsPer)
	}
	f.capHeight = f.measureCapitals(f.newFace())
	return f, nil
}

// recoverDamage makes an error of a panic: the parser of a broken table may run
// off its end.
func recoverDamage[T any](value *T, err *error) {
	if p := recover(); p != nil {
		var none T
		*value, *err = none, fmt.Errorf("the font is damaged (%v): take another file", p)
	}
}

// openFont finds one font of a file whose tables were checked.
func openFont(file FontFile, size int64, index int) (*opentype.Loader, error) {
	if err := checkTables(file, size); err != nil {
		return nil, err
	}
	loaders, err := opentype.NewLoaders(file)
	if err != nil {
		return nil, fmt.Errorf("this is no TrueType or OpenType font that can be read: %w", err)
	}
	if index < 0 || index >= len(loaders) {
		return nil, errors.New("the collection holds no such font")
	}
	return loaders[index], nil
}

// newFace gives the font for one goroutine.
func (f *Font) newFace() *font.Face {
	face := font.NewFace(f.font)
	face.SetVariations(f.variations)
	return face
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

// Name is the name of the font: its family, with weight and slope where it is
// not the regular one.
func (f *Font) Name() string { return f.description.Name() }

// Weight is how bold the font is: 400 is regular, 700 bold.
func (f *Font) Weight() int { return f.description.Weight }

// Version is what the font says of its version, perhaps nothing.
func (f *Font) Version() string { return f.description.Version }

// Has tells whether the font has a letter of its own for a rune.
func (f *Font) Has(r rune) bool {
	id, ok := f.font.NominalGlyph(r)
	return ok && id != 0
}
