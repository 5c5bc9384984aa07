package workshop

import (
	"context"
	"math"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/scene"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Drawn is what the visible layers of a map come to when they burn together,
// and what there is to say about it.
type Drawn struct {
	Map *carto.Map // as it was drawn
	// Artwork holds the visible layers, guides among them, bottom to top.
	Artwork *artwork.Artwork
	Figures map[carto.LayerID]Figures
	// Screen is the artwork made ready for the screen.
	Screen *Drawing

	setup  Setup
	scene  *trace.Scene
	report *trace.Report
}

// Drawing is artwork made ready for the screen: its In gives what a view shows,
// at the level of detail that the view can show.
type Drawing = scene.Drawing

// NewDrawing makes artwork ready for the screen.
func NewDrawing(ctx context.Context, layers []artwork.Layer) (*Drawing, error) {
	return scene.NewDrawing(ctx, layers)
}

// Figures tell how much artwork a layer is.
type Figures struct {
	Paths    int
	Vertices int
	LengthMM float64 // of all paths
	AreaMM2  float64 // of what is filled
	BurnMM   float64 // how far the machine burns, as the time counts it
}

// Trace draws the visible layers of a map together, as an export of all of
// them would: the desk's map, or one that Try gave. What has not changed since
// the last call is not done again.
func (d *Desk) Trace(ctx context.Context, m *carto.Map) (*Drawn, error) {
	return d.traceWith(ctx, m, nil)
}

// traceWith is Trace with features as they would be; nil: as they are.
func (d *Desk) traceWith(ctx context.Context, m *carto.Map, t *tried) (*Drawn, error) {
	setup, err := d.workshop.setupForWindow(ctx)
	if err != nil {
		return nil, err
	}
	s, err := d.sceneOf(ctx, setup.burned(m), t)
	if err != nil {
		return nil, err
	}
	var visible []carto.LayerID
	for _, l := range m.Layers {
		if l.Visible {
			visible = append(visible, l.ID)
		}
	}
	art, report, err := trace.Job(ctx, s, visible)
	if err != nil {
		return nil, err
	}
	drawn := &Drawn{Map: m, Artwork: art, Figures: map[carto.LayerID]Figures{}, setup: setup, scene: s, report: report}
	if drawn.Screen, err = NewDrawing(ctx, art.Layers); err != nil {
		return nil, err
	}
	for i := range art.Layers {
		drawn.Figures[carto.LayerID(art.Layers[i].ID)] = figuresOf(&art.Layers[i], &setup)
	}
	return drawn, nil
}

func figuresOf(l *artwork.Layer, setup *Setup) Figures {
	var f Figures
	for i := range l.Shapes {
		area, length := 0.0, 0.0
		for _, p := range l.Shapes[i].Paths {
			f.Paths++
			f.Vertices += len(p.Points)
			length += p.Length()
			area += p.Area() // holes run the other way
		}
		f.LengthMM += length
		if l.Shapes[i].Fill {
			f.AreaMM2 += math.Abs(area)
		}
		f.BurnMM += setup.BurnMM(&l.Shapes[i])
	}
	return f
}

// Check checks what was drawn, as an export of all of it would be.
func (d *Desk) Check(ctx context.Context, drawn *Drawn) (Checked, error) {
	art := *drawn.Artwork
	art.Layers = nil
	for _, l := range drawn.Artwork.Layers {
		if l.Operation != artwork.Guide {
			art.Layers = append(art.Layers, l)
		}
	}
	t := &traced{carto: drawn.Map, setup: drawn.setup, scene: drawn.scene, artwork: &art, report: drawn.report}
	c, err := t.check(ctx)
	if err == nil {
		err = t.clock(ctx, &c)
	}
	if err != nil {
		return Checked{}, err
	}
	return c, nil
}

// Strategy is a way to trace a layer, with its options.
type Strategy = trace.Strategy

// Option is a number or a choice of a strategy.
type Option = trace.Option

// Strategies lists all tracing strategies in the order in which they are shown.
func Strategies() []Strategy { return trace.Strategies() }

// StrategyOf finds a strategy by its id; one that is not known does nothing.
func StrategyOf(id string) Strategy {
	s, _ := trace.StrategyOf(id)
	return s
}

// CommonOptions lists the options that every strategy has.
func CommonOptions() []Option { return trace.CommonOptions() }

// CheckOption tells whether a layer of a strategy may have an option of a key
// with a value.
func CheckOption(strategy, key, value string) error { return trace.CheckOption(strategy, key, value) }
