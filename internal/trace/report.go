package trace

import (
	"fmt"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// NoteKind names what a note is about.
type NoteKind string

// The kinds of notes.
const (
	// KindReplaced: a strategy does not know points, lines or polygons, and
	// another one drew them; or single lines have no letters for a text, and
	// outlines wrote it.
	KindReplaced NoteKind = "replaced"
	// KindUnreadable: features without coordinates that could be projected.
	KindUnreadable NoteKind = "unreadable"
	// KindTooSmall: shapes below the layer's minimums were left out.
	KindTooSmall NoteKind = "too-small"
	// KindAtFrame: circles, symbols and parts of frame and text across the edge of
	// the frame were left out, moved or drawn smaller.
	KindAtFrame NoteKind = "at-frame"
	// KindBridged: bridges were left, so that pieces stay in the sheet.
	KindBridged NoteKind = "bridged"
	// KindLoose: pieces fall out although they were to hang on, or were left out
	// because they could not.
	KindLoose NoteKind = "loose"
	// KindNotFilled: areas of a layer that cannot be filled are outlined.
	KindNotFilled NoteKind = "not-filled"
	// KindUnknownOption: an option that no strategy has; it does nothing.
	KindUnknownOption NoteKind = "unknown-option"
	// KindBurnedOnce: lines were left out where another line burns already.
	KindBurnedOnce NoteKind = "burned-once"
	// KindCovered: areas were left out where a layer above burns already.
	KindCovered NoteKind = "covered"
	// KindNoRoom: names and symbols without a place where they fit.
	KindNoRoom NoteKind = "no-room"
	// KindSmallText: letters are smaller than the layer's min-size.
	KindSmallText NoteKind = "small-text"
	// KindNoLetters: names with letters that no font has.
	KindNoLetters NoteKind = "no-letters"
	// KindOtherFont: names written with fonts that another computer may lack.
	KindOtherFont NoteKind = "other-font"
	// KindNoFont: the font that the layer names can't be had.
	KindNoFont NoteKind = "no-font"
	// KindEmptied: nothing is left of the layer because other layers of the job
	// burn all of it.
	KindEmptied NoteKind = "emptied"
	// KindEmpty: the layer has nothing inside the frame, or layers that do not burn
	// in its place take all of it.
	KindEmpty NoteKind = "empty"
)

// Note is something that a maker may want to know about the tracing of a
// layer. It is never an error.
type Note struct {
	Layer   carto.LayerID
	Name    string // of the layer
	Kind    NoteKind
	Message string // a sentence
	Count   int    // how many shapes it is about
	// At is one place that it is about, mm; the origin where there is none.
	At artwork.Point
}

// Report is what a maker may want to know about a tracing.
type Report struct {
	Notes []Note // in the order of the layers, from the bottom to the top
}

// Of gives the notes of one kind.
func (r *Report) Of(kind NoteKind) []Note {
	var notes []Note
	for _, n := range r.Notes {
		if n.Kind == kind {
			notes = append(notes, n)
		}
	}
	return notes
}

// notebook collects the notes of one layer.
type notebook struct {
	layer *carto.Layer
	notes []Note
}

func (b *notebook) add(kind NoteKind, count int, at planar.Point, format string, args ...any) {
	x, y := at.MM()
	b.notes = append(b.notes, Note{
		Layer:   b.layer.ID,
		Name:    b.layer.Name,
		Kind:    kind,
		Message: fmt.Sprintf(format, args...),
		Count:   count,
		At:      artwork.Point{X: x, Y: y},
	})
}

// leftOut notes shapes that are too small, and why: together with those of the
// same kind that earlier steps left out for the same reason.
func (b *notebook) leftOut(count int, one string, at planar.Point, why string) {
	message := func(n int) string { return plural(n, one) + " " + why + " left out." }
	for i := range b.notes {
		if n := &b.notes[i]; n.Kind == KindTooSmall && n.Message == message(n.Count) {
			n.Count += count
			n.Message = message(n.Count)
			return
		}
	}
	b.add(KindTooSmall, count, at, "%s", message(count))
}

// plural gives "1 line" and "2 lines".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}
