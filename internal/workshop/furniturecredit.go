package workshop

import (
	"context"
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
