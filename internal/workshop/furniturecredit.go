package workshop

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/trace"
)

// creditEdits put the credit line of a new source on the map: into its layer
// "Frame and text", which is made where the map has none. A line that the map
// had before is not put up again: the maker may have taken it away.
func creditEdits(ctx context.Context, doc *carto.Document, line string) (edits carto.Batch, made bool, err error) {
	m := doc.Map()
	if line == "" || slices.Contains(m.Attribution, line) {
		return nil, false, nil
	}
	layer, _, ok := findFurniture(m)
	if !ok {
		return carto.Batch{newFurniture(m, "", []string{line})}, true, nil
	}
	credit := placesOn(m.Boards).part(trace.ClassCredit, line)[0]
	for f, err := range doc.Features(ctx, layer.ID, carto.Everywhere()) {
		if err != nil {
			return nil, false, err
		}
		if f.Class != trace.ClassCredit {
			continue
		}
		if slices.Contains(strings.Split(f.Name, "\n"), line) {
			return nil, false, nil
		}
		credit = f
		credit.Name = strings.TrimPrefix(f.Name+"\n"+line, "\n")
		break
	}
	return carto.Batch{carto.PutFeatures{Layer: layer.ID, Features: []carto.Feature{credit}}}, false, nil
}

// CreditMissing gives the lines that the data of a map asks for and that none of
// the parts shows.
func CreditMissing(m *carto.Map, parts []Part) []string {
	var missing []string
	for _, line := range m.Attribution {
		if !slices.ContainsFunc(parts, func(p Part) bool { return p.Shown() && p.says(line) }) {
			missing = append(missing, line)
		}
	}
	return missing
}

// says tells whether a part shows a line, be it broken otherwise.
func (p Part) says(line string) bool {
	text := p.Text
	if text == "" {
		text = p.Usual
	}
	plain := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
	return hasText(p.Class) && strings.Contains(plain(text), plain(line))
}

// CreditWarning says what it means that a piece does not show lines of credit.
func CreditWarning(missing []string) string {
	return fmt.Sprintf("%s is not on the piece. Whoever has the piece must be able to read where its map is from: "+
		"OpenStreetMap’s licence, the ODbL, asks for that, also of pieces that are sold. "+
		"Keep the line, small and in a corner if you like, or print it on the label or the back.", strings.Join(missing, ", "))
}

// MissingCredit gives the lines that the data of a map asks for and that no
// visible part shows. A map without a layer of parts misses none: its maker has
// said that it comes alone.
func (w *Workshop) MissingCredit(ctx context.Context, path string) (missing []string, err error) {
	m, store, err := w.read(ctx, path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	var parts []Part
	has := false
	for _, l := range m.Layers {
		if !IsFurniture(l) {
			continue
		}
		has = true
		if !l.Visible {
			continue
		}
		more, err := readParts(ctx, m, store, l.ID)
		if err != nil {
			return nil, err
		}
		parts = append(parts, more...)
	}
	if !has {
		return nil, nil
	}
	return CreditMissing(m, parts), nil
}
