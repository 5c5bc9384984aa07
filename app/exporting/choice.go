package exporting

import (
	"maps"

	"github.com/mapwright/mapwright/internal/workshop"
)

// choice is what is chosen now, for the next time.
func (o *order) choice(folder string) Choice {
	c := Choice{Layers: map[string][]string{}, Set: o.set(), Files: string(workshop.ExportOneFile), Folder: folder}
	if o.apart {
		c.Files = string(workshop.ExportLayerFiles)
	}
	for i := range o.formats {
		for _, l := range o.in(o.formats[i].id) {
			c.Layers[o.formats[i].id] = append(c.Layers[o.formats[i].id], l.name)
		}
	}
	return c
}

// set gives the options of formats by format and key.
func (o *order) set() map[string]map[string]string {
	all := map[string]map[string]string{}
	for i := range o.formats {
		if f := &o.formats[i]; len(f.set) > 0 {
			all[f.id] = maps.Clone(f.set)
		}
	}
	return all
}

// recall takes over how the last export was made, without its ticks. Options
// that a format no longer has are left out.
func (o *order) recall(c Choice) {
	o.apart = c.Files == string(workshop.ExportLayerFiles)
	for i := range o.formats {
		f := &o.formats[i]
		for _, option := range f.options {
			if v, ok := c.Set[f.id][option.Key]; ok && checkOption(option, v) == "" {
				f.put(option, v)
			}
		}
	}
}

// tickAs ticks what was ticked then, and tells whether anything of it is there.
func (o *order) tickAs(c Choice) bool {
	o.clear()
	for format, names := range c.Layers {
		for _, name := range names {
			for i := range o.layers {
				if o.layers[i].name == name {
					o.tick(place{o.layers[i].id, format}, true)
				}
			}
		}
	}
	return len(o.ticked) > 0
}

// cells gives the ticked cells by their names, from the top.
func (o *order) cells() []workshop.Cell {
	var all []workshop.Cell
	for _, p := range o.places() {
		all = append(all, workshop.Cell{Layer: o.layer(p.layer).name, Format: p.format})
	}
	return all
}

// export is what the workshop is asked for.
func (o *order) export(path, folder string) workshop.Export {
	x := workshop.Export{Map: path, Jobs: workshop.JobsOf(o.cells()), Out: folder, Files: workshop.ExportOneFile, Set: map[string]map[string]string{}}
	if o.apart {
		x.Files = workshop.ExportLayerFiles
	}
	for format, set := range o.set() {
		if len(o.in(format)) > 0 {
			x.Set[format] = set
		}
	}
	return x
}
