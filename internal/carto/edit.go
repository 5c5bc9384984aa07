package carto

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mapwright/mapwright/internal/projection"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Edit is one change of a map, which knows its undo. The edits are AddLayer,
// RemoveLayer, MoveLayer, SetLayer, SetView, SetBoards, SetTitle,
// SetAttribution, PutFeatures, RemoveFeatures and Batch. Document.Do makes one.
type Edit interface {
	// apply checks the edit against m, makes it in m and tx, and gives the edit
	// that takes it back. After an error m and tx are worthless.
	apply(m *Map, tx Tx) (Edit, error)
}

// Batch makes several edits as one: all of them or none, and one undo.
type Batch []Edit

func (b Batch) apply(m *Map, tx Tx) (Edit, error) {
	back := make(Batch, 0, len(b))
	for _, e := range b {
		inverse, err := e.apply(m, tx)
		if err != nil {
			return nil, err
		}
		back = append(back, inverse)
	}
	slices.Reverse(back)
	return back, nil
}

// SetTitle names the map.
type SetTitle struct{ Title string }

func (e SetTitle) apply(m *Map, tx Tx) (Edit, error) {
	if err := plainText("title", e.Title); err != nil {
		return nil, err
	}
	back := SetTitle{Title: m.Title}
	m.Title = e.Title
	return back, tx.PutMap(m)
}

// SetView changes place, scale, rotation or projection.
type SetView struct{ View View }

func (e SetView) apply(m *Map, tx Tx) (Edit, error) {
	if err := e.View.Validate(); err != nil {
		return nil, err
	}
	back := SetView{View: m.View}
	m.View = e.View
	return back, tx.PutMap(m)
}

// SetBoards changes size, number, frame or margin of the boards. A board that
// a layer is on can't be taken away: move the layer first, in one Batch.
type SetBoards struct{ Boards Boards }

func (e SetBoards) apply(m *Map, tx Tx) (Edit, error) {
	if err := e.Boards.Validate(); err != nil {
		return nil, err
	}
	for _, l := range m.Layers {
		if l.Board > e.Boards.Count {
			return nil, &InvalidError{What: "number of boards", Why: fmt.Sprintf("must be at least %d, because the layer %q is on board %d", l.Board, l.Name, l.Board)}
		}
	}
	back := SetBoards{Boards: m.Boards}
	m.Boards = e.Boards
	return back, tx.PutMap(m)
}

// SetAttribution replaces the credit lines; each is kept once.
type SetAttribution struct{ Lines []string }

func (e SetAttribution) apply(m *Map, tx Tx) (Edit, error) {
	var lines []string
	for _, l := range e.Lines {
		if err := plainText("credit line", l); err != nil {
			return nil, err
		}
		if l != "" && !slices.Contains(lines, l) {
			lines = append(lines, l)
		}
	}
	back := SetAttribution{Lines: m.Attribution}
	m.Attribution = lines
	return back, tx.PutMap(m)
}

// plainText refuses text that could not be kept exactly.
func plainText(what, s string) error {
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return &InvalidError{What: what, Why: fmt.Sprintf("must be Unicode text, not %q", s)}
	}
	return nil
}

// check tells what keeps a layer from being in m; a layer of the same id is
// the one that it replaces.
func (m *Map) check(l Layer) error {
	if err := l.validate(); err != nil {
		return err
	}
	if l.Board > m.Boards.Count {
		return &InvalidError{What: "board", Why: fmt.Sprintf("must be between 1 and %d, the number of boards, not %d", m.Boards.Count, l.Board)}
	}
	for _, other := range m.Layers {
		if other.ID != l.ID && strings.EqualFold(other.Name, l.Name) {
			return &NameTakenError{Name: other.Name}
		}
	}
	return nil
}

func (l Layer) validate() error {
	if l.ID == "" {
		return &InvalidError{What: "id of the layer", Why: "must not be empty"}
	}
	for _, text := range []struct{ what, s string }{
		{"id of the layer", string(l.ID)},
		{"name of the layer", l.Name},
		{"strategy", l.Strategy},
		{"color", l.Color},
		{"source", l.Source},
	} {
		if err := plainText(text.what, text.s); err != nil {
			return err
		}
	}
	for _, k := range slices.Sorted(maps.Keys(l.Options)) {
		if err := plainText("option "+k, k+l.Options[k]); err != nil {
			return err
		}
	}
	if !l.Operation.Valid() {
		return &UnknownOperationError{Operation: l.Operation}
	}
	if !slices.Contains(artwork.Settings(l.Operation), l.Setting) {
		return &UnknownSettingError{Operation: l.Operation, Setting: l.Setting}
	}
	if l.Board < 1 {
		return &InvalidError{What: "board", Why: fmt.Sprintf("must be at least 1, not %d", l.Board)}
	}
	if l.CRS == "" || l.CRS == BoardCRS {
		return nil
	}
	_, err := projection.Lookup(l.CRS, 0, 0)
	return err
}
