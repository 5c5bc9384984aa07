package trace

import (
	"context"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Job draws the layers of a job together. After each was drawn as by [Trace],
// these rules hold over all of them, board by board:
//
//   - No line burns twice (see [burnOnce]). Cuts keep what they share with
//     scores, and upper layers what they share with lower ones.
//   - No area burns twice: the upper layer keeps it.
//   - What these rules make thinner or smaller than a layer's minimums goes.
//
// Lines inside areas stay: a scored line shows in an engraved area. Guides
// are never burned and stay as they are. Layers come in the order of the map,
// whatever the order of the ids, and each once. A layer of which nothing is
// left stands in the artwork without shapes, and the report says why.
//
// It fails as Trace does.
func Job(ctx context.Context, s *Scene, ids []carto.LayerID) (*artwork.Artwork, *Report, error) {
	works, err := s.works(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	for board := 1; board <= s.scene.Boards.Count; board++ {
		var together []*work
		for _, w := range works {
			if w.layer.Board != board {
				continue
			}
			for _, part := range w.withParts() {
				if part.layer.Operation != artwork.Guide {
					together = append(together, part)
				}
			}
		}
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
		for _, part := range w.withParts() {
			report.Notes = append(report.Notes, part.notes...)
		}
	}
	return art, report, nil
}

// works draws the layers of a job in the order of the map.
func (s *Scene) works(ctx context.Context, ids []carto.LayerID) ([]*work, error) {
	for _, id := range ids {
		if _, _, err := s.layer(id); err != nil {
			return nil, err
		}
	}
	var works []*work
	for i := range s.scene.Layers {
		if l := &s.scene.Layers[i]; slices.Contains(ids, l.ID) {
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
		Title:       s.scene.Title,
		Attribution: strings.Join(s.scene.Attribution, "; "),
	}
	for n := 1; n <= s.scene.Boards.Count; n++ {
		art.Boards = append(art.Boards, artwork.Board{
			Number: n,
			Width:  s.scene.Boards.Width,
			Height: s.scene.Boards.Height,
			Frame:  s.frame.outline,
		})
	}
	return art
}
