package app

import (
	"context"
	"encoding/json"
	"path/filepath"

	"github.com/mapwright/mapwright/app/exporting"
	"github.com/mapwright/mapwright/internal/workshop"
)

// memory keeps what was exported last of each map, with the recent maps.
type memory struct{ shop *workshop.Workshop }

// LastExport gives the last choice for a map.
func (m memory) LastExport(ctx context.Context, path string) (c exporting.Choice, err error) {
	s, err := m.shop.Settings(ctx)
	if err != nil {
		return c, err
	}
	for _, r := range s.Recent {
		if same(r.Path, path) && len(r.Export) > 0 {
			if bad := json.Unmarshal(r.Export, &c); bad != nil {
				m.shop.Logger.Warn("the last export of a map can't be read", "error", bad)
				c = exporting.Choice{} // of another version: no choice is no loss
			}
		}
	}
	return c, nil
}

// KeepExport notes a choice.
func (m memory) KeepExport(ctx context.Context, path string, c exporting.Choice) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = m.shop.ChangeSettings(ctx, func(s *workshop.Settings) {
		s.ExportedTo(path, c.Folder)
		for i := range s.Recent {
			if same(s.Recent[i].Path, path) {
				s.Recent[i].Export = text
			}
		}
	})
	return err
}

// same tells whether two paths name one file.
func same(a, b string) bool {
	x, errX := filepath.Abs(a)
	y, errY := filepath.Abs(b)
	return errX == nil && errY == nil && x == y
}
