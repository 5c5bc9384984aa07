package inspector

import (
	"context"

	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// partReader reads the parts of the selected layer "Frame and text" beside the
// UI thread, and again after every edit.
type partReader struct {
	stage *stage.Stage
	// found is told of the selected layer with its parts; none where it is of
	// another kind or they are not known yet.
	found func(carto.Layer, []workshop.Part)

	of      carto.LayerID
	seen    *carto.Map // the map as it was when they were read
	parts   []workshop.Part
	known   bool
	missing []string // of the credits that the data asks for
	stop    context.CancelFunc
	turn    int
}

// show takes over the selected layer.
func (r *partReader) show() {
	l, ok := r.stage.Selected()
	if !ok || !workshop.IsFurniture(l) {
		r.forget()
		r.found(l, nil)
		return
	}
	if r.of != l.ID {
		r.forget()
	}
	m := r.stage.Map()
	if r.seen != m {
		r.of, r.seen = l.ID, m
		r.read(l.ID)
	}
	r.found(l, r.parts)
}

func (r *partReader) forget() {
	if r.stop != nil {
		r.stop()
		r.stop = nil
	}
	r.of, r.seen, r.parts, r.known, r.missing = "", nil, nil, false, nil
	r.turn++
}

func (r *partReader) read(id carto.LayerID) {
	if r.stop != nil {
		r.stop()
	}
	r.turn++
	turn := r.turn
	r.stop = r.stage.Loop().Start(func(ctx context.Context) {
		all, err := r.stage.Open().Parts(ctx, id)
		r.stage.Loop().UI("parts", func() {
			l, there := r.stage.Layer(id)
			if turn != r.turn || !there {
				return
			}
			if err != nil {
				r.stage.Notify(stage.Problem("The parts were not read", err))
				return
			}
			r.take(l, all)
		})
	})
}

func (r *partReader) take(l carto.Layer, all []workshop.Part) {
	missing := workshop.CreditMissing(r.stage.Map(), all)
	if r.known && len(missing) > len(r.missing) {
		r.warn(l, missing)
	}
	r.parts, r.known, r.missing = all, true, missing
	r.found(l, all)
}

// warn tells who has just taken the credit line away what that means.
func (r *partReader) warn(l carto.Layer, missing []string) {
	after := r.stage.Map()
	r.stage.Notify(stage.Notice{
		Kind: stage.KindWarning, Title: "The credit line is off the piece", Text: workshop.CreditWarning(missing), Topic: "credit " + string(l.ID),
		Actions: []stage.Action{{Label: "Undo", Do: func() {
			if r.stage.Map() == after {
				r.stage.Undo()
			}
		}}},
	})
}
