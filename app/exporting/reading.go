package exporting

import (
	"context"
	"slices"

	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// readMap takes over the layers of the map, top first. Helper lines are not
// offered.
func (d *Dialog) readMap() {
	m := d.stage.Map()
	d.order.boards = m.Boards.Count
	d.order.layers = nil
	for _, l := range slices.Backward(m.Layers) {
		if l.Operation == artwork.Guide {
			continue
		}
		row := layer{id: l.ID, name: l.Name, operation: l.Operation, board: l.Board, hidden: !l.Visible}
		if l.Count == 0 {
			row.none = "empty"
		}
		d.order.layers = append(d.order.layers, row)
	}
	d.readChecks()
	d.order.drop()
	if d.view != nil {
		d.view.rebuild()
	}
}

// readChecks takes over what the check found in the layers that are drawn.
func (d *Dialog) readChecks() {
	checked := d.stage.Checked()
	var marks map[string][]mark
	if checked != nil {
		marks = marksOf(checked.Findings)
	}
	for i := range d.order.layers {
		l := &d.order.layers[i]
		l.marks, l.checked = marks[l.name], checked != nil && !l.hidden && !d.stage.Stale()
	}
}

// load reads which formats there are and what was chosen last.
func (d *Dialog) load() {
	path := d.stage.Open().Path()
	d.loop.Go(func(ctx context.Context) {
		formats := formatsOf(d.shop.Plugins(ctx))
		var last Choice
		var err error
		if d.options.Memory != nil {
			last, err = d.options.Memory.LastExport(ctx, path)
		}
		d.loop.UI("formats", func() {
			if err != nil {
				d.stage.Notify(stage.Problem("The last export is not known", err))
			}
			d.order.formats, d.loaded, d.last = formats, true, last
			d.order.recall(last)
			if last.Folder != "" {
				d.folder = last.Folder
			}
			d.view.rebuild()
			d.reprice()
			if d.shown {
				d.win.Canvas().Focus(d.view.grid.cells)
			}
		})
	})
}

// reprice asks what everything costs now. What was asked before is dropped.
func (d *Dialog) reprice() {
	if d.asking != nil {
		d.asking()
	}
	d.order.price(nil)
	d.priceless = nil
	d.turn++
	turn := d.turn
	var ids []string
	set := d.order.set()
	for i := range d.order.formats {
		if f := &d.order.formats[i]; f.broken == "" && f.missing() == "" {
			ids = append(ids, f.id)
		} else {
			delete(set, f.id)
		}
	}
	path := d.stage.Open().Path()
	d.asking = d.loop.Start(func(ctx context.Context) {
		prices, err := d.shop.Prices(ctx, path, ids, set)
		d.loop.UI("prices", func() {
			if turn != d.turn {
				return
			}
			d.asking, d.priceless = nil, err
			if err == nil {
				d.order.price(&prices)
			}
			d.update()
		})
	})
	d.update()
}
