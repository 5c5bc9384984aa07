package trace

import (
	"context"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Job draws layers by their strategies, as if each were alone on its board but
// for the visible layers that it is knocked out under, and then settles them
// together, board by board:
//
//   - No line burns twice (see [burnOnce]). Cuts keep what they share with
//     scores, and upper layers what they share with lower ones.
//   - No area burns twice: the upper layer keeps it.
//   - What these rules make thinner or smaller than a layer's minimums goes.
//
// Lines inside areas stay: a scored line shows in an engraved area. Guides
// are never burned and stay as they are. Hidden layers are drawn too. Layers
// come in the order of the map, whatever the order of the ids, and each once. A
// layer of which nothing is left, or that has nothing inside the frame, stands
// in the artwork without shapes, and the report says why.
//
// It fails for an unknown layer, strategy or option value, for layers that are
// knocked out under each other, and when features can't be read or ctx ends.
func Job(ctx context.Context, s *Scene, ids []carto.LayerID) (*artwork.Artwork, *Report, error) {
	works, err := s.works(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	for _, together := range s.burnedTogether(works) {
		if err := areasOnce(ctx, together); err != nil {
			return nil, nil, err
		}
		if err := linesOnce(ctx, together); err != nil {
			return nil, nil, err
		}
	}
	if err := s.finishAll(ctx, works); err != nil {
		return nil, nil, err
	}
	art, report := s.artwork(), &Report{}
	for _, w := range works {
		if err := w.noteEmpty(ids); err != nil {
			return nil, nil, err
		}
		art.Layers = append(art.Layers, *w.artwork())
		for _, part := range w.all() {
			report.Notes = append(report.Notes, part.notes...)
		}
	}
	return art, report, nil
}

// burnedTogether gives board by board what burns, from the bottom to the top.
func (s *Scene) burnedTogether(works []*work) [][]*work {
	boards := make([][]*work, s.carto.Boards.Count)
	for _, w := range works {
		for _, part := range w.all() {
			if part.layer.Operation != artwork.Guide {
				at := &boards[w.layer.Board-1]
				*at = append(*at, part)
			}
		}
	}
	return boards
}

// works draws the layers of a job in the order of the map.
func (s *Scene) works(ctx context.Context, ids []carto.LayerID) ([]*work, error) {
	for _, id := range ids {
		if _, _, err := s.layer(id); err != nil {
			return nil, err
		}
	}
	var works []*work
	for i := range s.carto.Layers {
		if l := &s.carto.Layers[i]; slices.Contains(ids, l.ID) {
			w, err := s.alone(ctx, l.ID)
			if err != nil {
				return nil, err
			}
			works = append(works, w)
		}
	}
	return works, nil
}

// artwork gives the boards without layers.
func (s *Scene) artwork() *artwork.Artwork {
	art := &artwork.Artwork{
		Title:       s.carto.Title,
		Attribution: strings.Join(s.carto.Attribution, "; "),
	}
	for n := 1; n <= s.carto.Boards.Count; n++ {
		art.Boards = append(art.Boards, artwork.Board{
			Number: n,
			Width:  s.carto.Boards.Width,
			Height: s.carto.Boards.Height,
			Frame:  s.frame.outline,
		})
	}
	return art
}
