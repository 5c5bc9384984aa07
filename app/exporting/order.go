package exporting

import (
	"slices"
	"time"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// place is one cell of the grid: a layer in a format.
type place struct {
	layer  carto.LayerID
	format string
}

// layer is a row of the grid.
type layer struct {
	id        carto.LayerID
	name      string
	operation artwork.Operation
	board     int
	hidden    bool
	// none says why nothing of it can be exported, in a few words.
	none  string
	marks []mark // what the check found, the gravest first
	// checked tells that the check is done with it.
	checked bool
}

// blocked tells whether the check found something that stops an export.
func (l *layer) blocked() bool { return len(l.marks) > 0 && l.marks[0].blocks }

// price is what a layer costs in a format.
type price struct {
	credits int
	paid    time.Time // when it was paid for, where it is free again
}

// order is what is offered and what is ticked.
type order struct {
	layers  []layer // top first
	formats []format
	boards  int
	ticked  map[place]bool
	apart   bool // a file a layer, also where one file could hold them all
	// known is what there is to spend, and what cells cost; nil while that is
	// being looked up. prices holds the same by cell.
	known  *workshop.Prices
	prices map[place]price
}

// price takes over what cells cost; nil says that nobody knows yet.
func (o *order) price(known *workshop.Prices) {
	o.known, o.prices = known, map[place]price{}
	if known == nil {
		return
	}
	ids := map[string]carto.LayerID{}
	for i := range o.layers {
		ids[o.layers[i].name] = o.layers[i].id
	}
	for _, c := range known.Cells {
		if id, ok := ids[c.Layer]; ok {
			o.prices[place{id, c.Format}] = price{c.Credits, c.PaidAt}
		}
	}
}

// refusal says in a few words why a layer can't go into a format, or "".
func (o *order) refusal(l *layer, f *format) string {
	switch {
	case l.none != "":
		return l.none
	case f.broken != "":
		return "can’t be used"
	case f.missing() != "":
		return "set " + f.missing()
	case l.operation == artwork.Relief && !f.heights:
		return "no heights"
	}
	return ""
}

// tick sets or clears a cell that can be ticked.
func (o *order) tick(p place, on bool) {
	l, f := o.layer(p.layer), o.format(p.format)
	if !on || l == nil || f == nil || o.refusal(l, f) != "" {
		delete(o.ticked, p)
		return
	}
	o.ticked[p] = true
}

func (o *order) layer(id carto.LayerID) *layer {
	i := slices.IndexFunc(o.layers, func(l layer) bool { return l.id == id })
	if i < 0 {
		return nil
	}
	return &o.layers[i]
}

func (o *order) format(id string) *format {
	i := slices.IndexFunc(o.formats, func(f format) bool { return f.id == id })
	if i < 0 {
		return nil
	}
	return &o.formats[i]
}

// tickAll ticks all visible layers in all formats.
func (o *order) tickAll() {
	for i := range o.layers {
		for j := range o.formats {
			if !o.layers[i].hidden {
				o.tick(place{o.layers[i].id, o.formats[j].id}, true)
			}
		}
	}
}

// tickRow ticks a layer in all formats, or in none where it is in all of them.
func (o *order) tickRow(id carto.LayerID) {
	var open []place
	l := o.layer(id)
	for j := range o.formats {
		p := place{id, o.formats[j].id}
		if o.refusal(l, &o.formats[j]) == "" && !o.ticked[p] {
			open = append(open, p)
		}
	}
	if len(open) == 0 {
		for j := range o.formats {
			o.tick(place{id, o.formats[j].id}, false)
		}
	}
	for _, p := range open {
		o.tick(p, true)
	}
}

func (o *order) clear() { clear(o.ticked) }

// drop clears the ticks that can't be any more.
func (o *order) drop() {
	for p := range o.ticked {
		o.tick(p, true)
	}
}

// places lists the ticked cells from the top, and in a layer from the left.
func (o *order) places() []place {
	var all []place
	for i := range o.layers {
		for j := range o.formats {
			if p := (place{o.layers[i].id, o.formats[j].id}); o.ticked[p] {
				all = append(all, p)
			}
		}
	}
	return all
}

// tickedLayers lists the layers that are ticked in any format, top first.
func (o *order) tickedLayers() []*layer {
	var all []*layer
	for i := range o.layers {
		if o.wanted(o.layers[i].id) {
			all = append(all, &o.layers[i])
		}
	}
	return all
}

// in lists the layers that are ticked in a format, top first.
func (o *order) in(format string) []*layer {
	var all []*layer
	for i := range o.layers {
		if o.ticked[place{o.layers[i].id, format}] {
			all = append(all, &o.layers[i])
		}
	}
	return all
}

// files counts the files that the ticked cells come to.
func (o *order) files() int {
	n := 0
	for i := range o.formats {
		f := &o.formats[i]
		layers := o.in(f.id)
		if len(layers) == 0 {
			continue
		}
		if f.layers && !o.apart {
			n += o.boardsOf(f, layers)
			continue
		}
		for j := range layers {
			n += o.boardsOf(f, layers[j:j+1])
		}
	}
	return n
}

// boardsOf counts the files that layers in one file come to: where the format
// knows no boards, one for each board that they lie on.
func (o *order) boardsOf(f *format, layers []*layer) int {
	if f.boards || o.boards < 2 {
		return 1
	}
	on := map[int]bool{}
	for _, l := range layers {
		on[l.board] = true
	}
	return len(on)
}

// wanted tells whether a layer is ticked in any format.
func (o *order) wanted(id carto.LayerID) bool {
	return slices.ContainsFunc(o.formats, func(f format) bool { return o.ticked[place{id, f.id}] })
}

// knowsLayers tells whether one file of any format holds several layers.
func (o *order) knowsLayers() bool {
	return slices.ContainsFunc(o.formats, func(f format) bool { return f.layers })
}
