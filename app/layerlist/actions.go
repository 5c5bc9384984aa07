package layerlist

import (
	"context"
	"fmt"
	"slices"

	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// Focus gives the keyboard to the list.
func (p *Panel) Focus() { p.win.Canvas().Focus(p.list) }

// Add adds an empty layer at the top and lets the person name it.
func (p *Panel) Add() {
	var id carto.LayerID
	p.stage.Do("No layer was added", func(ctx context.Context) (err error) {
		id, err = p.stage.Open().AddLayer(ctx, "new layer", nil)
		return err
	}, func() {
		p.stage.Select(id)
		p.Rename()
	})
}

// AddFurniture adds the layer "Frame and text" with its usual parts at the top.
// One that the map has is selected instead.
func (p *Panel) AddFurniture() {
	for _, l := range slices.Backward(p.stage.Map().Layers) {
		if workshop.IsFurniture(l) {
			p.stage.Select(l.ID)
			p.stage.Notify(stage.Notice{
				Kind: stage.KindInfo, Title: l.Name + " is there already",
				Text: "Its parts are listed at the right: add to them there.",
			})
			return
		}
	}
	var id carto.LayerID
	p.stage.Do("Frame and text were not added", func(ctx context.Context) (err error) {
		id, err = p.stage.Open().AddFurniture(ctx)
		return err
	}, func() { p.stage.Select(id) })
}

// duplicator copies layers: a *workshop.Desk does.
type duplicator interface {
	Duplicate(ctx context.Context, id carto.LayerID) (carto.LayerID, error)
}

// Duplicate puts a copy of the selected layer above it and selects the copy.
func (p *Panel) Duplicate() {
	l, ok := p.stage.Selected()
	copier, can := p.stage.Open().(duplicator)
	if !ok || !can {
		return
	}
	var id carto.LayerID
	p.stage.Do("The layer was not copied", func(ctx context.Context) (err error) {
		id, err = copier.Duplicate(ctx, l.ID)
		return err
	}, func() { p.stage.Select(id) })
}

// Rename lets the person change the name of the selected layer in its place.
func (p *Panel) Rename() {
	if l, ok := p.stage.Selected(); ok {
		if i := p.list.index(l.ID); i >= 0 {
			p.list.rows[i].rename()
		}
	}
}

// MoveUp puts the selected layer one higher.
func (p *Panel) MoveUp() { p.move(-1) }

// MoveDown puts the selected layer one lower.
func (p *Panel) MoveDown() { p.move(1) }

func (p *Panel) move(by int) {
	l, ok := p.stage.Selected()
	if !ok {
		return
	}
	p.stage.Change("The layer was not moved", func(m *carto.Map) carto.Edit {
		from := slices.IndexFunc(m.Layers, func(k carto.Layer) bool { return k.ID == l.ID })
		to := from - by // the map counts from the bottom
		if from < 0 || to < 0 || to >= len(m.Layers) {
			return nil
		}
		return carto.MoveLayer{Layer: l.ID, To: to}
	})
}

// moveTo moves a layer to a place from the top, counted without it.
func (p *Panel) moveTo(id carto.LayerID, from, to int) {
	last := len(p.list.rows) - 1
	if from < 0 || to < 0 || to > last || from == to {
		return
	}
	p.stage.Edit("The layer was not moved", carto.MoveLayer{Layer: id, To: last - to})
}

// ToggleVisible shows the selected layer, or hides it.
func (p *Panel) ToggleVisible() {
	if l, ok := p.stage.Selected(); ok {
		p.turn(l.ID, func(l carto.Layer, e *carto.SetLayer) { visible := !l.Visible; e.Visible = &visible })
	}
}

// turn makes an edit of a layer as it is when the edit's turn comes, so that two
// quick clicks on an eye come to nothing.
func (p *Panel) turn(id carto.LayerID, how func(carto.Layer, *carto.SetLayer)) {
	p.stage.Change("The layer was not changed", func(m *carto.Map) carto.Edit {
		for _, l := range m.Layers {
			if l.ID == id {
				e := carto.SetLayer{Layer: id}
				how(l, &e)
				return e
			}
		}
		return nil
	})
}

func (p *Panel) setVisible(l carto.Layer, visible bool) {
	p.stage.Edit("The layer was not changed", carto.SetLayer{Layer: l.ID, Visible: &visible})
}

func (p *Panel) setLocked(l carto.Layer, locked bool) {
	p.stage.Edit("The layer was not changed", carto.SetLayer{Layer: l.ID, Locked: &locked})
}

// onlyShow shows one layer and hides all others; no id shows all.
func (p *Panel) onlyShow(id carto.LayerID) {
	var all carto.Batch
	for _, l := range p.stage.Map().Layers {
		if visible := id == "" || l.ID == id; visible != l.Visible {
			all = append(all, carto.SetLayer{Layer: l.ID, Visible: &visible})
		}
	}
	p.batch(all)
}

// lockAll locks or opens all layers.
func (p *Panel) lockAll(locked bool) {
	var all carto.Batch
	for _, l := range p.stage.Map().Layers {
		if l.Locked != locked {
			all = append(all, carto.SetLayer{Layer: l.ID, Locked: &locked})
		}
	}
	p.batch(all)
}

func (p *Panel) batch(all carto.Batch) {
	if len(all) > 0 {
		p.stage.Edit("The layers were not changed", all)
	}
}

// Delete removes the selected layer with its shapes and offers to bring it
// back.
func (p *Panel) Delete() {
	l, ok := p.stage.Selected()
	if !ok {
		return
	}
	p.stage.Edit("The layer was not deleted", carto.RemoveLayer{Layer: l.ID}, func() {
		after := p.stage.Map()
		p.stage.Notify(stage.Notice{
			Kind: stage.KindDone, Title: "Layer deleted",
			Text: fmt.Sprintf("%s with %s.", l.Name, words.Count(l.Count, "shape", "shapes")),
			Actions: []stage.Action{{Label: "Undo", Do: func() {
				if p.stage.Map() == after {
					p.stage.Undo()
					return
				}
				p.stage.Notify(stage.Notice{
					Kind: stage.KindInfo, Title: "Other changes came after it",
					Text: "Undo takes back the latest first: go on until " + l.Name + " is there again.",
				})
			}}},
		})
	})
}
