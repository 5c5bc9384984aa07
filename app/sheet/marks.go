package sheet

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// mostMarks is how many findings are shown on the sheet at once, the gravest
// first.
const mostMarks = 40

// marks are the places of findings on the sheet.
type marks struct {
	of    *workshop.Checked
	shown []*parts.SeverityMark
	found []workshop.Finding
}

// place puts the marks of the last check where the view has them. Findings
// without a place, and good-to-know ones, are in the list alone.
func (m *marks) place(h *Sheet) []fyne.CanvasObject {
	if c := h.stage.Checked(); c != m.of {
		m.of, m.shown, m.found = c, nil, nil
		if c != nil {
			m.take(c.Findings)
		}
	}
	if h.stage.Mode() == stage.ModeWire || h.stage.Stale() {
		return nil
	}
	var objects []fyne.CanvasObject
	size := h.Size()
	for i, f := range m.found {
		if f.Board > 0 && f.Board != h.stage.Board() {
			continue
		}
		at := h.view.screen(f.At)
		if at.X < rulerWidth || at.Y < rulerSize || at.X > size.Width || at.Y > size.Height {
			continue
		}
		s := m.shown[i].MinSize()
		m.shown[i].Resize(s)
		m.shown[i].Move(fyne.NewPos(at.X-s.Width/2, at.Y-s.Height/2))
		objects = append(objects, m.shown[i])
	}
	return objects
}

func (m *marks) take(all []workshop.Finding) {
	for _, f := range all {
		if parts.SeverityOf(f.Severity) != parts.GoodToKnow && (f.At.X != 0 || f.At.Y != 0) {
			m.found = append(m.found, f)
		}
	}
	slices.SortStableFunc(m.found, func(a, b workshop.Finding) int {
		return cmp.Compare(parts.SeverityOf(a.Severity), parts.SeverityOf(b.Severity))
	})
	m.found = m.found[:min(len(m.found), mostMarks)]
	for _, f := range m.found {
		m.shown = append(m.shown, parts.NewSeverityMark(parts.SeverityOf(f.Severity), parts.Small))
	}
}
