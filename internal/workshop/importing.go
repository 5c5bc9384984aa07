package workshop

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/source"
	"github.com/mapwright/mapwright/internal/source/all"
)

// Import says what to bring into a map.
type Import struct {
	Map    string            // path
	Source string            // path
	Preset string            // "": what the source's importer takes by itself
	Layer  string            // name of the one layer to make; "": the preset's or the source's
	Where  map[string]string // attributes that a feature must have
	// Progress is told bytes read and bytes in all; it may be nil.
	Progress func(done, total int64)
}

// Imported tells what came in.
type Imported struct {
	Layers      []LayerInfo // bottom to top
	Findings    []source.Finding
	Notes       []string // what the maker should know beside
	Attribution string
}

// Import reads a source into new layers at the top of the map, in one step
// that can be undone. Features that touch the boards are kept whole.
func (w *Workshop) Import(ctx context.Context, i Import) (Imported, error) {
	doc, done, err := w.edit(ctx, i.Map)
	if err != nil {
		return Imported{}, err
	}
	out, err := importInto(ctx, doc, i)
	return out, errors.Join(err, done())
}

func importInto(ctx context.Context, doc *carto.Document, i Import) (Imported, error) {
	m := doc.Map()
	transform, err := m.View.Transform(m.Boards)
	if err != nil {
		return Imported{}, err
	}
	read, err := all.Importers().Import(ctx, source.Request{
		Path: i.Source, Preset: i.Preset, Layer: i.Layer, Where: i.Where,
		View: transform.Cover(), Progress: i.Progress,
	})
	if errors.Is(err, source.ErrNothingInView) {
		return Imported{}, fmt.Errorf("nothing of %s lies on the boards of %s: make a map of that place with mapwright new --extent-of %s: %w",
			filepath.Base(i.Source), filepath.Base(i.Map), i.Source, err)
	}
	if err != nil {
		return Imported{}, err
	}
	taken := takenNames(m)
	out := Imported{Findings: read.Report, Attribution: read.Attribution}
	credit, made, err := out.credit(ctx, doc, i.Layer == "")
	if err != nil {
		return Imported{}, err
	}
	edits, at, over := carto.Batch{}, carto.Top, 0
	if made {
		over = 1
	} else if _, top, ok := findFurniture(m); ok && top == len(m.Layers)-1 {
		at, over = top, 1 // what belongs to the piece stays above the map
	}
	for n, l := range read.Layers {
		clean := carto.CleanLayerName(l.Name)
		name := uniqueName(taken, clean)
		if name != clean {
			out.Notes = append(out.Notes, fmt.Sprintf("the map has a layer %q already: the new one is %q", clean, name))
		}
		layer := layerOf(l, name, filepath.Base(i.Source))
		features := featuresOf(l.Features)
		layer.Count = len(features)
		edits = append(edits, carto.AddLayer{Layer: layer, Features: features, At: at})
		at = min(at+1, carto.Top)
		out.Layers = append(out.Layers, infoOf(layer, len(read.Layers)-n+over))
	}
	edits = append(edits, credit...)
	if read.Attribution != "" && !slices.Contains(m.Attribution, read.Attribution) {
		edits = append(edits, carto.SetAttribution{Lines: append(slices.Clone(m.Attribution), read.Attribution)})
	}
	return out, doc.Do(ctx, edits)
}

// credit puts up the credit line that a source asks for. One layer that the
// maker named comes alone: no layer "Frame and text" is made with it.
func (out *Imported) credit(ctx context.Context, doc *carto.Document, may bool) (edits carto.Batch, made bool, err error) {
	if _, _, has := findFurniture(doc.Map()); !has && !may {
		return nil, false, nil
	}
	edits, made, err = creditEdits(ctx, doc, out.Attribution)
	if made {
		out.Notes = append(out.Notes, fmt.Sprintf("the layer %q on top has the border, a scale bar, a north arrow and the credit line that the source asks for", FurnitureName))
	}
	return edits, made, err
}

// takenNames is what the layers of a map are called, in lower case.
func takenNames(m *carto.Map) map[string]bool {
	taken := map[string]bool{}
	for _, l := range m.Layers {
		taken[strings.ToLower(l.Name)] = true
	}
	return taken
}

// uniqueName numbers a layer's name where the map has it already.
func uniqueName(taken map[string]bool, name string) string {
	for n, unique := 2, name; ; n++ {
		if key := strings.ToLower(unique); !taken[key] {
			taken[key] = true
			return unique
		}
		unique = name + " " + strconv.Itoa(n)
	}
}

func layerOf(l source.Layer, name, from string) carto.Layer {
	d := l.Defaults
	return carto.Layer{
		ID: newLayerID(), Name: name, Operation: d.Operation, Setting: d.Setting, Strategy: d.Strategy, Options: maps.Clone(d.Options),
		Visible: d.Visible, Board: 1, Color: d.Color, CRS: l.CRS, Source: from,
	}
}

// sourceID is the attribute that keeps what the source calls a feature.
const sourceID = "@id"

func featuresOf(in []source.Feature) []carto.Feature {
	out := make([]carto.Feature, len(in))
	for i, f := range in {
		attributes := f.Attributes
		if f.ID != "" {
			attributes = maps.Clone(f.Attributes)
			if attributes == nil {
				attributes = map[string]string{}
			}
			attributes[sourceID] = f.ID
		}
		out[i] = carto.Feature{Geometry: f.Geometry, Class: f.Class, Name: f.Name, Attributes: attributes}
	}
	return out
}
