package stage

import (
	"context"
	"errors"
	"sync"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// queue makes edits beside the UI thread, one after the other.
type queue struct {
	mu      sync.Mutex
	waiting []func(context.Context)
	running bool
}

// add puts work at the end of the queue and sees that somebody does it.
func (q *queue) add(run func(func(context.Context)), work func(context.Context)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, work)
	if !q.running {
		q.running = true
		run(q.drain)
	}
}

// busy tells whether work is waiting or being done.
func (q *queue) busy() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.running
}

func (q *queue) drain(ctx context.Context) {
	for {
		q.mu.Lock()
		if len(q.waiting) == 0 {
			q.running = false
			q.mu.Unlock()
			return
		}
		work := q.waiting[0]
		q.waiting = q.waiting[1:]
		q.mu.Unlock()
		work(ctx)
	}
}

// Do makes a change of the map beside the UI thread, after those that were
// asked for before, and drops what is tried. What begins the notice if it
// fails: "The layer was not moved". Then are called on the UI thread after it
// worked.
func (s *Stage) Do(what string, change func(context.Context) error, then ...func()) {
	s.tracing.tried = nil
	s.edits.add(s.loop.Go, func(ctx context.Context) {
		err := change(ctx)
		s.loop.UI("edit", func() {
			s.changed()
			if err != nil {
				s.Notify(Problem(what, err))
			}
		})
		if err != nil {
			return
		}
		for _, f := range then { // in callbacks of their own: all the panels just changed
			s.loop.UI("after an edit", f)
		}
	})
}

// Edit makes an edit of the map; see Do.
func (s *Stage) Edit(what string, e carto.Edit, then ...func()) {
	s.Do(what, func(ctx context.Context) error { return s.open.Do(ctx, e) }, then...)
}

// Change makes the edit that how gives of the map as it is when its turn comes:
// an edit of the map on show would take back what those before it, still on
// their way, have changed. Where how gives none, nothing is changed.
func (s *Stage) Change(what string, how func(*carto.Map) carto.Edit) {
	s.Do(what, func(ctx context.Context) error {
		if e := how(s.open.Map()); e != nil {
			return s.open.Do(ctx, e)
		}
		return nil
	})
}

// SetLayer changes keys of a layer, as the command line names them.
func (s *Stage) SetLayer(id carto.LayerID, keys map[string]string) {
	s.Do("The layer was not changed", func(ctx context.Context) error { return s.open.SetLayer(ctx, id, keys) })
}

// SetParts changes keys of parts of a layer "Frame and text".
func (s *Stage) SetParts(layer carto.LayerID, ids []int64, keys map[string]string) {
	s.Do("The part was not changed", func(ctx context.Context) error { return s.open.SetParts(ctx, layer, ids, keys) })
}

// Fix mends what the check found, by one of its remedies.
func (s *Stage) Fix(f workshop.Finding, r workshop.Remedy) {
	s.Do("Nothing was mended", func(ctx context.Context) error { return s.open.Fix(ctx, f, r) })
}

// Use chooses a machine and a material by their ids, as [workshop.Workshop.Use]
// does, and draws the map for them. It is no edit of the map.
func (s *Stage) Use(machineID, materialID string) {
	s.Do("The machine was not changed", func(ctx context.Context) error { return s.open.Use(ctx, machineID, materialID) })
}

// Undo takes the last edit back, be it still on its way.
func (s *Stage) Undo() {
	if s.canUndo || s.edits.busy() {
		s.Do("Nothing was undone", func(ctx context.Context) error {
			return but(carto.ErrNothingToUndo, s.open.Undo(ctx))
		})
	}
}

// Redo makes the edit again that was taken back last.
func (s *Stage) Redo() {
	if s.canRedo || s.edits.busy() {
		s.Do("Nothing was made again", func(ctx context.Context) error {
			return but(carto.ErrNothingToRedo, s.open.Redo(ctx))
		})
	}
}

// but leaves an error out: a key that is hit once too often is no problem.
func but(none, err error) error {
	if errors.Is(err, none) {
		return nil
	}
	return err
}

// changed shows the map after an edit and draws it again.
func (s *Stage) changed() {
	s.look()
	change := MapChanged
	if _, ok := s.Selected(); !ok && s.layer != "" {
		s.layer, s.features = "", nil
		if n := len(s.m.Layers); n > 0 {
			s.layer = s.m.Layers[n-1].ID
		}
		change |= SelectionChanged
	}
	s.tell(change)
	s.retrace()
}
