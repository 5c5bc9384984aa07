package trace

import (
	"context"
	"slices"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// work is one layer on its way from features to artwork. A strategy reads
// features and settings and puts what it draws into lines and area.
type work struct {
	scene    *Scene
	layer    *carto.Layer
	settings *settings
	features *features
	notebook

	lines []planar.Path    // followed once each; a closed one repeats its start
	area  []planar.Polygon // burned as a whole
	// cover is the material that the layer takes, for knock-outs below it:
	// beside area, what its closed outlines enclose.
	cover []planar.Polygon
	// narrowest is the width of the narrowest line drawn into area, grid
	// units; 0 where there is none.
	narrowest float64
	// own is what a strategy that looks at other layers goes on with.
	own []planar.Polygon
	// labels are the names that a label layer has to place; never written to.
	labels *labels
	// gaps are stretches of lines that stay uncut, so that what they surround
	// hangs on.
	gaps []planar.Path
	// drills are the circles among the lines: they get no bridges.
	drills []planar.Path
	// others are what the layer burns by other operations and settings than its
	// own, each with a layer that differs in these alone. They have no others.
	others []*work
	// clears is what layers below leave free for this one to be read; see
	// leaveReadable.
	clears []planar.Polygon
	// scribe sets the text of furniture, once there is some.
	scribe *scribe
	// texts are what the parts of furniture say, for the choice of fonts.
	texts []string
	// outlines are around what is seen of features, for the pointer.
	outlines map[int64]planar.Ring
	// bare says that there was nothing to draw, before other layers took theirs.
	bare bool
	// shapes are what lines and area come to in the end, in machine order.
	shapes []artwork.Shape
}

// newWork draws a layer by its strategy, alone.
func newWork(ctx context.Context, s *Scene, layer *carto.Layer) (*work, error) {
	w := &work{scene: s, layer: layer, notebook: notebook{layer: layer}}
	var err error
	if w.settings, err = settingsOf(layer, &w.notebook); err != nil {
		return nil, err
	}
	if w.features, err = s.featuresOf(ctx, layer); err != nil {
		return nil, err
	}
	if n := w.features.unreadable; n > 0 {
		w.add(KindUnreadable, n, s.centre(), "%s could not be placed on the board: %s.",
			plural(n, "shape"), "the coordinates are no numbers, or the kind of shape is not known")
	}
	if err := w.settings.strategy.draw(ctx, w); err != nil {
		return nil, err
	}
	if err := w.drawUnknown(ctx); err != nil {
		return nil, err
	}
	return w, nil
}

// copyOf lets one layer go on in several jobs. Its slices are replaced or
// appended to there, never written to.
func (w *work) copyOf() *work {
	c := *w
	c.notes = slices.Clone(w.notes)
	c.lines, c.drills, c.gaps = slices.Clip(w.lines), slices.Clip(w.drills), slices.Clip(w.gaps)
	c.area, c.cover = slices.Clip(w.area), slices.Clip(w.cover)
	c.others = make([]*work, len(w.others))
	for i, p := range w.others {
		c.others[i] = p.copyOf()
	}
	return &c
}

// fills tells whether areas of the layer burn as a whole.
func (w *work) fills() bool {
	return w.layer.Operation == artwork.Engrave || w.layer.Operation == artwork.Relief
}

// outlineUnfillable follows the border of the layer's area where the operation
// can't burn it as a whole.
func (w *work) outlineUnfillable() {
	if w.fills() || len(w.area) == 0 {
		return
	}
	w.add(KindNotFilled, len(w.area), w.area[0][0][0], "%s outlined, not filled: the operation %s follows lines.",
		plural(len(w.area), "area"), w.layer.Operation)
	w.lines = append(w.lines[:len(w.lines):len(w.lines)], closedPaths(w.area)...)
	w.area = nil
}

// empty tells whether nothing would burn.
func (w *work) empty() bool {
	for _, p := range w.others {
		if !p.empty() {
			return false
		}
	}
	return len(w.lines) == 0 && len(w.area) == 0
}

// all gives the layer's work by operation and setting: its own, and the others.
func (w *work) all() []*work { return append([]*work{w}, w.others...) }

// replaced notes kinds of features that the strategy leaves to another one.
func (w *work) replaced(n int, kind, by string) {
	if n > 0 {
		w.add(KindReplaced, n, w.scene.centre(), "%s: the strategy %s does not draw these, so they got %s.",
			plural(n, kind), w.settings.strategy.ID, by)
	}
}

// artwork gives the finished layer as artwork, operation by operation.
func (w *work) artwork() *artwork.Layer {
	l := &artwork.Layer{
		ID:        string(w.layer.ID),
		Name:      w.layer.Name,
		Operation: w.layer.Operation,
		Setting:   w.layer.Setting,
		Color:     w.layer.Color,
	}
	for _, part := range w.all() {
		l.Shapes = append(l.Shapes, part.shapes...)
	}
	return l
}

func (w *work) shape(fill bool, paths []artwork.Path) artwork.Shape {
	return artwork.Shape{
		Board:     w.layer.Board,
		Operation: w.layer.Operation,
		Setting:   w.layer.Setting,
		Fill:      fill,
		Paths:     paths,
	}
}

// closedPaths gives rings as paths that repeat their start.
func closedPaths(polys []planar.Polygon) []planar.Path {
	var paths []planar.Path
	for _, p := range polys {
		for _, r := range p {
			path := make(planar.Path, 0, len(r)+1)
			paths = append(paths, append(append(path, r...), r[0]))
		}
	}
	return paths
}
