package trace

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/lettering"
)

// scribe sets the texts of a layer, and keeps what it could not set.
type scribe struct {
	strokes   *lettering.StrokeFont // asked first; nil for outlines alone
	outlines  *lettering.Typesetter
	size      float64 // mm
	spacing   float64
	tolerance float64
	fonts     *fontChoice

	replaced []string // set by the second
	missing  []string // texts with letters that neither has
	runes    []rune   // those letters
}

// newScribe takes the layer's font and style, and fonts of the computer for
// letters of the texts that the font lacks.
func (w *work) newScribe(ctx context.Context, texts []string) (*scribe, error) {
	s := &scribe{
		size:      w.settings.numbers["size"],
		spacing:   w.settings.numbers["letter-spacing"],
		tolerance: w.settings.numbers["curve-error"],
	}
	style := w.settings.choices["style"]
	if style == styleSingleLine || style == styleAuto && !w.fills() {
		var err error
		if s.strokes, err = lettering.Strokes(); err != nil {
			return nil, err
		}
		texts = slices.DeleteFunc(slices.Clone(texts), s.strokes.HasAll)
	}
	var err error
	if s.fonts, err = w.fontsFor(ctx, texts); err != nil {
		return nil, err
	}
	s.outlines, err = lettering.NewTypesetter(s.fonts.chain)
	return s, err
}

// set sets a text at a size; false where letters are missing, which it keeps.
func (s *scribe) set(text string, size float64) (lettering.Text, bool, error) {
	set, replaced, err := s.try(text, size)
	var missing *lettering.MissingError
	switch {
	case errors.As(err, &missing):
		s.lack(text, missing.Runes)
		return set, false, nil
	case err != nil:
		return set, false, err
	}
	if replaced && !slices.Contains(s.replaced, text) {
		s.replaced = append(s.replaced, text)
	}
	s.fonts.used(set)
	return set, true, nil
}

// try sets a text at a size and keeps nothing of it: in single lines, and where
// these lack letters in outlines, which is told by replaced. A font of the
// computer that turns out to be damaged is done without.
func (s *scribe) try(text string, size float64) (set lettering.Text, replaced bool, err error) {
	var missing *lettering.MissingError
	if s.strokes != nil {
		if set, err = s.strokes.Set(text, size, s.spacing, s.tolerance); !errors.As(err, &missing) {
			return set, false, err
		}
	}
	for {
		set, err = s.outlines.Set(text, size, s.spacing, s.tolerance)
		var damage *lettering.DamageError
		if !errors.As(err, &damage) || !s.fonts.drop(damage) {
			return set, s.strokes != nil, err
		}
		if s.outlines, err = lettering.NewTypesetter(s.fonts.chain); err != nil {
			return set, false, err
		}
	}
}

// lack keeps that a text has letters that are missing.
func (s *scribe) lack(text string, runes []rune) {
	if !slices.Contains(s.missing, text) {
		s.missing = append(s.missing, text)
	}
	for _, r := range runes {
		if !slices.Contains(s.runes, r) {
			s.runes = append(s.runes, r)
		}
	}
}

// report notes what could not be set as wanted.
func (s *scribe) report(w *work) {
	if n := len(s.missing); n > 0 {
		const most = 20
		var letters []string
		for _, r := range s.runes[:min(len(s.runes), most)] {
			letters = append(letters, fmt.Sprintf("%c (U+%04X)", r, r))
		}
		w.add(KindNoLetters, n, w.scene.centre(), "%s left out, because the fonts lack letters of them: %s. Missing: %s. %s",
			plural(n, "name"), few(s.missing), strings.Join(letters, ", "), remedyFor(s.runes))
	}
	if n := len(s.replaced); n > 0 {
		w.add(KindReplaced, n, w.scene.centre(), "%s written in outlines, because there are no single lines for their letters: %s.",
			plural(n, "name"), few(s.replaced))
	}
	s.fonts.report(w)
}

// few lists the first names of many.
func few(names []string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
