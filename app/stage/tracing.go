package stage

import (
	"context"
	"errors"
	"time"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// settle is how long the stage waits for a next change before it draws, so
// that a slider that is dragged does not start a drawing a pixel.
const settle = 40 * time.Millisecond

// tracing is the drawing of the map: the last one, and the one being made.
type tracing struct {
	drawn   *workshop.Drawn
	checked *workshop.Checked
	failed  error // why the last drawing could not be made
	stale   bool  // drawn is not of the map as it is now
	stopped bool  // the person stopped the drawing
	stop    context.CancelFunc
	turn    int // counts drawings, so that a late one is dropped
	tried   try // what is being dragged; nil: the map itself is drawn
}

// try draws a map as it would be.
type try func(context.Context) (*workshop.Drawn, error)

// Drawn is the last drawing, nil before the first. It may be stale.
func (s *Stage) Drawn() *workshop.Drawn { return s.tracing.drawn }

// Stale tells whether the drawing is not of the map as it is now.
func (s *Stage) Stale() bool { return s.tracing.stale }

// Drawing tells whether a new drawing is being made.
func (s *Stage) Drawing() bool { return s.tracing.stop != nil }

// DrawError is why the map can't be drawn; nil where it can.
func (s *Stage) DrawError() error { return s.tracing.failed }

// Checked is what the check found in the last drawing; nil while it runs.
func (s *Stage) Checked() *workshop.Checked { return s.tracing.checked }

// Try draws the map as it would be with keys of a layer changed, and changes
// nothing. SetLayer makes the change, EndTry drops it.
func (s *Stage) Try(id carto.LayerID, keys map[string]string) {
	tried, err := s.open.Try(id, keys)
	if err != nil {
		return // what can't be is refused when it is set
	}
	s.tryMap(tried)
}

// TryParts draws the map as it would be with keys of parts of a layer "Frame and
// text" changed, and changes nothing. SetParts makes the change, EndTry drops
// it. What can't be is drawn as it is.
func (s *Stage) TryParts(layer carto.LayerID, ids []int64, keys map[string]string) {
	m := s.m
	s.tracing.tried = func(ctx context.Context) (*workshop.Drawn, error) {
		drawn, err := s.open.TraceParts(ctx, layer, ids, keys)
		if err != nil && ctx.Err() == nil {
			return s.open.Trace(ctx, m)
		}
		return drawn, err
	}
	s.retrace()
}

func (s *Stage) tryMap(m *carto.Map) {
	s.tracing.tried = func(ctx context.Context) (*workshop.Drawn, error) { return s.open.Trace(ctx, m) }
	s.retrace()
}

// TryBoards draws the map as it would be with another view and other boards,
// and changes nothing; the next edit or EndTry drops it.
func (s *Stage) TryBoards(v carto.View, b carto.Boards) {
	if v.Validate() != nil || b.Validate() != nil {
		return // what can't be is refused when it is set
	}
	m := s.m.Clone()
	m.View, m.Boards = v, b
	s.tryMap(m)
}

// EndTry draws the map as it is.
func (s *Stage) EndTry() {
	if s.tracing.tried != nil {
		s.tracing.tried = nil
		s.retrace()
	}
}

// StopDrawing ends the drawing that is being made; what is on show stays, and
// is marked as stale.
func (s *Stage) StopDrawing() {
	if s.tracing.stop != nil {
		s.tracing.stop()
		s.tracing.stop, s.tracing.stopped = nil, true
		s.tracing.turn++
		s.tell(DrawnChanged)
	}
}

// DrawAgain draws the map after the person stopped it or it failed.
func (s *Stage) DrawAgain() { s.retrace() }

// retrace draws the map beside the UI thread, and drops a drawing that is
// being made.
func (s *Stage) retrace() {
	t := &s.tracing
	if t.stop != nil {
		t.stop()
	}
	m, draw := s.m, t.tried
	if draw == nil {
		draw = func(ctx context.Context) (*workshop.Drawn, error) { return s.open.Trace(ctx, m) }
	}
	t.turn++
	turn := t.turn
	t.stale, t.stopped = true, false
	wait := settle
	if t.drawn == nil {
		wait = 0
	}
	t.stop = s.loop.Start(func(ctx context.Context) {
		if !sleep(ctx, wait) {
			return
		}
		drawn, err := draw(ctx)
		if errors.Is(err, context.Canceled) && ctx.Err() != nil {
			return
		}
		s.loop.UI("drawn", func() { s.showDrawn(turn, drawn, err) })
		if err != nil {
			return
		}
		if checked, err := s.open.Check(ctx, drawn); err == nil {
			s.loop.UI("checked", func() { s.showChecked(turn, &checked) })
		}
	})
	s.tell(DrawnChanged)
}

func sleep(ctx context.Context, d time.Duration) bool {
	if d == 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

func (s *Stage) showDrawn(turn int, drawn *workshop.Drawn, err error) {
	t := &s.tracing
	if turn != t.turn {
		return
	}
	t.stop, t.failed = nil, err
	if err == nil {
		t.drawn, t.stale = drawn, false
	}
	t.checked = nil
	s.tell(DrawnChanged | CheckedChanged)
}

func (s *Stage) showChecked(turn int, c *workshop.Checked) {
	if turn == s.tracing.turn {
		s.tracing.checked = c
		s.tell(CheckedChanged)
	}
}
