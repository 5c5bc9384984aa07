package main

import (
	"bytes"
	"fmt"
	"io"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// pass is what a machine does in one go. The groups of a drawing stand in the
// order of the passes, so that nothing is cut free before it is engraved.
type pass struct {
	operation artwork.Operation
	setting   string // "" for all
	label     string // after the layer's name where the layer has several passes
}

var passes = [...]pass{
	{artwork.Engrave, "", "engrave"},
	{artwork.Score, "", "score"},
	{artwork.Cut, "inner", "cut inner"},
	{artwork.Cut, "", "cut"},
}

// passOf is the place of a shape in passes.
func passOf(s *artwork.Shape) int {
	for i, p := range passes {
		if p.operation == s.Operation && (p.setting == "" || p.setting == s.Setting) {
			return i
		}
	}
	return -1
}

// drawing is the file of one board. It keeps what is written of the layers,
// not the layers.
type drawing struct {
	board    artwork.Board
	settings settings
	grid     grid
	layers   []*layerText
}

// layerText is the paths of one layer as SVG, by pass.
type layerText struct {
	name   string
	passes [len(passes)]bytes.Buffer
}

func newDrawing(b artwork.Board, s settings) *drawing {
	return &drawing{board: b, settings: s, grid: newGrid(b, s)}
}

// begin starts a layer; the shapes that follow are its own.
func (d *drawing) begin(l *artwork.Layer) { d.layers = append(d.layers, &layerText{name: l.Name}) }

// empty tells whether the drawing holds no path.
func (d *drawing) empty() bool {
	for _, l := range d.layers {
		if l.used() > 0 {
			return false
		}
	}
	return true
}

// used is how many passes of the layer hold something.
func (l *layerText) used() int {
	n := 0
	for i := range l.passes {
		if l.passes[i].Len() > 0 {
			n++
		}
	}
	return n
}

// add writes a shape as one path element.
func (d *drawing) add(s *artwork.Shape) error {
	color, ok := d.settings.color(s.Operation, s.Setting)
	if !ok {
		return fmt.Errorf("%s has no setting %q: SVG knows %v", s.Operation, s.Setting, artwork.Settings(s.Operation))
	}
	var data []byte
	for i := range s.Paths {
		if len(s.Paths[i].Points) == 0 {
			continue
		}
		if err := s.Paths[i].Validate(); err != nil {
			return err
		}
		if err := d.holds(s.Paths[i]); err != nil {
			return err
		}
		data = d.grid.appendPath(data, s.Paths[i], s.Fill)
	}
	if len(data) == 0 {
		return nil
	}
	w := &d.layers[len(d.layers)-1].passes[passOf(s)]
	if s.Fill {
		fmt.Fprintf(w, `<path fill="%s" stroke="none" fill-rule="evenodd" d="`, color)
	} else {
		fmt.Fprintf(w, `<path fill="none" stroke="%s" stroke-width="%s" d="`, color, d.number(d.settings.hairline))
	}
	w.Write(data)
	w.WriteString("\"/>\n")
	return nil
}

// holds refuses a path that leaves the board.
func (d *drawing) holds(p artwork.Path) error {
	b := p.Bounds()
	if b.Min.X < -tolerance || b.Min.Y < -tolerance || b.Max.X > d.board.Width+tolerance || b.Max.Y > d.board.Height+tolerance {
		return fmt.Errorf("it reaches from (%.3f, %.3f) to (%.3f, %.3f) mm and leaves board %d of %g × %g mm",
			b.Min.X, b.Min.Y, b.Max.X, b.Max.Y, d.board.Number, d.board.Width, d.board.Height)
	}
	return nil
}

// number is a length in mm as a number of the drawing.
func (d *drawing) number(mm float64) string {
	fine := d.grid
	fine.precision, fine.steps = 6, 1e6
	return string(fine.appendNumber(nil, fine.step(mm)))
}

// write writes the drawing: a title, who made the data, and a group for each
// layer and pass.
func (d *drawing) write(out io.Writer, title, attribution string) error {
	var w bytes.Buffer
	width, height := d.grid.appendNumber(nil, d.grid.maxX), d.grid.appendNumber(nil, d.grid.maxY)
	unit := d.settings.unit.suffix
	w.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	w.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" version="1.1"`)
	fmt.Fprintf(&w, ` width="%s%s" height="%s%s" viewBox="0 0 %s %s">`+"\n", width, unit, height, unit, width, height)
	for _, e := range []struct{ element, text string }{{"title", title}, {"desc", attribution}} {
		text, err := escape(e.text)
		if err != nil {
			return err
		}
		if text != "" {
			fmt.Fprintf(&w, "<%s>%s</%s>\n", e.element, text, e.element)
		}
	}
	if _, err := out.Write(w.Bytes()); err != nil {
		return err
	}
	taken := ids{}
	for i, p := range passes {
		for _, l := range d.layers {
			if l.passes[i].Len() == 0 {
				continue
			}
			name := l.name
			if l.used() > 1 {
				name += " (" + p.label + ")"
			}
			if err := writeGroup(out, taken.unique(name), name, l.passes[i].Bytes()); err != nil {
				return err
			}
		}
	}
	_, err := io.WriteString(out, "</svg>\n")
	return err
}

// writeGroup writes a group that Inkscape shows as a layer.
func writeGroup(out io.Writer, id, name string, paths []byte) error {
	label, err := escape(name)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(out, "<g id=\"%s\" inkscape:groupmode=\"layer\" inkscape:label=\"%s\">\n", id, label); err != nil {
		return err
	}
	if _, err := out.Write(paths); err != nil {
		return err
	}
	_, err = io.WriteString(out, "</g>\n")
	return err
}
