package workshop

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/mapfile"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// LayerInfo is what a maker sees of a layer. Order counts from 1 at the top.
type LayerInfo struct {
	Name      string
	Operation artwork.Operation
	Setting   string
	Strategy  string
	Features  int
	Visible   bool
	Board     int
	Order     int
	Options   map[string]string
}

func infoOf(l carto.Layer, order int) LayerInfo {
	return LayerInfo{l.Name, l.Operation, l.Setting, l.Strategy, l.Count, l.Visible, l.Board, order, l.Options}
}

// edit opens a map for changes; done closes it.
func (w *Workshop) edit(ctx context.Context, path string) (*carto.Document, func() error, error) {
	store, err := mapfile.Open(ctx, path)
	if err != nil {
		return nil, nil, err
	}
	doc, err := carto.Open(ctx, store)
	if err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	return doc, store.Close, nil
}

// read opens a map for reading; done closes it.
func (w *Workshop) read(ctx context.Context, path string) (*carto.Map, carto.Store, error) {
	store, err := mapfile.OpenReader(ctx, path)
	if err != nil {
		return nil, nil, err
	}
	m, err := store.Map(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	return m, store, nil
}

// Layers lists the layers of a map, the top first.
func (w *Workshop) Layers(ctx context.Context, path string) ([]LayerInfo, error) {
	m, store, err := w.read(ctx, path)
	if err != nil {
		return nil, err
	}
	out := []LayerInfo{}
	for i, l := range slices.Backward(m.Layers) {
		out = append(out, infoOf(l, len(m.Layers)-i))
	}
	return out, store.Close()
}

// SetLayer changes keys of a layer: what the layer is, or options of its
// strategy; an empty value takes an option back to its default. Either all
// keys are taken or none.
func (w *Workshop) SetLayer(ctx context.Context, path, name string, keys map[string]string) error {
	return w.changeDocument(ctx, path, func(doc *carto.Document) (carto.Edit, error) {
		layer, err := doc.FindLayer(name)
		if err != nil {
			return nil, err
		}
		return layerEdits(ctx, doc, layer, keys)
	})
}

// layerEdit is the edit that changes keys of a layer.
func layerEdit(layer carto.Layer, keys map[string]string) (carto.Edit, error) {
	before := layer
	if err := setKeys(&layer, keys); err != nil {
		return nil, err
	}
	return setLayer(before, layer), nil
}

// setLayer is the edit that makes one state of a layer of another one.
func setLayer(before, layer carto.Layer) carto.Edit {
	options := maps.Clone(layer.Options)
	if options == nil {
		options = map[string]string{}
	}
	for key := range before.Options {
		if _, kept := options[key]; !kept {
			options[key] = "" // back to its default
		}
	}
	return carto.SetLayer{
		Layer: layer.ID, Name: &layer.Name, Operation: &layer.Operation, Setting: &layer.Setting,
		Strategy: &layer.Strategy, Visible: &layer.Visible, Board: &layer.Board, Options: options,
	}
}

// AddLayer adds a layer at the top: an empty one, or frame and text.
func (w *Workshop) AddLayer(ctx context.Context, path, name string, keys map[string]string) error {
	return w.change(ctx, path, func(m *carto.Map) (carto.Edit, error) {
		return addition(m, name, keys)
	})
}

// newLayer is an empty layer with keys set.
func newLayer(name string, keys map[string]string) (carto.Layer, error) {
	layer := carto.Layer{
		ID: newLayerID(), Name: name, Operation: artwork.Score, Setting: "1", Strategy: "centreline",
		Visible: true, Board: 1, Color: "#0000FF", CRS: "EPSG:4326",
	}
	return layer, setKeys(&layer, keys)
}

// addition puts a layer with keys set at the top: an empty one, or frame and
// text with the parts that a map begins with.
func addition(m *carto.Map, name string, keys map[string]string) (carto.AddLayer, error) {
	if keys["strategy"] != trace.FurnitureStrategy {
		layer, err := newLayer(name, keys)
		return carto.AddLayer{Layer: layer, At: carto.Top}, err
	}
	add := newFurniture(m, m.Title, m.Attribution)
	add.Layer.Name = name
	own, ofParts := splitKeys(add.Layer, keys)
	if err := setKeys(&add.Layer, own); err != nil {
		return add, err
	}
	parts := map[string][]carto.Feature{}
	for _, f := range add.Features {
		parts[f.Class] = append(parts[f.Class], f)
	}
	e := partsEdit{m: m, layer: add.Layer, place: placesOn(m.Boards), parts: parts}
	if err := e.take(ofParts); err != nil {
		return add, &Error{Code: CodeUsage, Layer: name, Err: err}
	}
	add.Features = nil
	for _, class := range trace.FurnitureClasses() {
		add.Features = append(add.Features, e.parts[class]...)
	}
	add.Layer.Count = len(add.Features)
	return add, nil
}

// Parts reads the parts of a layer "Frame and text" of a map file; an empty name
// is the topmost one.
func (w *Workshop) Parts(ctx context.Context, path, name string) (layer LayerInfo, parts []Part, err error) {
	m, store, err := w.read(ctx, path)
	if err != nil {
		return LayerInfo{}, nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	l, at, ok := findFurniture(m)
	if name != "" {
		if l, err = m.FindLayer(name); err != nil {
			return LayerInfo{}, nil, err
		}
		at, ok = slices.IndexFunc(m.Layers, func(o carto.Layer) bool { return o.ID == l.ID }), IsFurniture(l)
	}
	if !ok {
		return LayerInfo{}, nil, usage("there is no layer of parts here: add one with mapwright layer add %s --frame", filepath.Base(path))
	}
	parts, err = readParts(ctx, m, store, l.ID)
	return infoOf(l, len(m.Layers)-at), parts, err
}

// RemoveLayer removes a layer with its features.
func (w *Workshop) RemoveLayer(ctx context.Context, path, name string) error {
	return w.change(ctx, path, func(m *carto.Map) (carto.Edit, error) {
		layer, err := m.FindLayer(name)
		return carto.RemoveLayer{Layer: layer.ID}, err
	})
}

// MoveLayer puts a layer at an order, 1 being the top.
func (w *Workshop) MoveLayer(ctx context.Context, path, name string, order int) error {
	return w.change(ctx, path, func(m *carto.Map) (carto.Edit, error) {
		layer, err := m.FindLayer(name)
		if err != nil {
			return nil, err
		}
		if order < 1 || order > len(m.Layers) {
			return nil, usage("order %d: the map has %d layers, and 1 is the top", order, len(m.Layers))
		}
		return carto.MoveLayer{Layer: layer.ID, To: len(m.Layers) - order}, nil
	})
}

// change makes one edit of a map file.
func (w *Workshop) change(ctx context.Context, path string, f func(*carto.Map) (carto.Edit, error)) error {
	return w.changeDocument(ctx, path, func(doc *carto.Document) (carto.Edit, error) { return f(doc.Map()) })
}

// changeDocument is change for edits that look at the features.
func (w *Workshop) changeDocument(ctx context.Context, path string, f func(*carto.Document) (carto.Edit, error)) error {
	doc, done, err := w.edit(ctx, path)
	if err != nil {
		return err
	}
	edit, err := f(doc)
	if err == nil {
		edit, err = withParts(ctx, doc.Map(), doc, edit)
	}
	if err == nil {
		err = doc.Do(ctx, edit)
	}
	return errors.Join(err, done())
}

// newLayerID makes the identity of a layer.
func newLayerID() carto.LayerID { return carto.LayerID(rand.Text()) }

// setKeys applies keys in a fixed order: what decides which options there are
// comes first.
func setKeys(l *carto.Layer, keys map[string]string) error {
	rest := maps.Clone(keys)
	for _, key := range []string{"name", "operation", "setting", "strategy", "visible", "board"} {
		value, ok := rest[key]
		if !ok {
			continue
		}
		delete(rest, key)
		if err := setProperty(l, key, value); err != nil {
			return &Error{Code: CodeUsage, Layer: l.Name, Err: err}
		}
	}
	l.Options = maps.Clone(l.Options)
	if l.Options == nil {
		l.Options = map[string]string{}
	}
	for _, key := range slices.Sorted(maps.Keys(rest)) {
		if rest[key] == "" {
			delete(l.Options, key)
			continue
		}
		if err := trace.CheckOption(l.Strategy, key, rest[key]); err != nil {
			return &Error{Code: CodeUsage, Layer: l.Name, Err: err}
		}
		l.Options[key] = rest[key]
	}
	return nil
}

func setProperty(l *carto.Layer, key, value string) error {
	switch key {
	case "name":
		l.Name = value
	case "operation":
		return setOperation(l, artwork.Operation(value))
	case "setting":
		if !slices.Contains(artwork.Settings(l.Operation), value) {
			return fmt.Errorf("setting %q: %s has %s", value, l.Operation, strings.Join(artwork.Settings(l.Operation), ", "))
		}
		l.Setting = value
	case "strategy":
		return setStrategy(l, value)
	case "visible":
		visible, err := parseYes(value)
		if err != nil {
			return fmt.Errorf("visible %q: say yes or no", value)
		}
		l.Visible = visible
	case "board":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 {
			return fmt.Errorf("board %q: give its number, 1 or more", value)
		}
		l.Board = n
	}
	return nil
}

func setOperation(l *carto.Layer, o artwork.Operation) error {
	if !o.Valid() {
		var known []string
		for _, k := range artwork.Operations() {
			known = append(known, string(k))
		}
		return fmt.Errorf("operation %q: there are %s", o, strings.Join(known, ", "))
	}
	if l.Operation != o {
		l.Operation, l.Setting = o, artwork.Settings(o)[0]
	}
	return nil
}

// setStrategy takes a strategy and drops the options that it does not have.
func setStrategy(l *carto.Layer, id string) error {
	var known []string
	for _, s := range trace.Strategies() {
		known = append(known, s.ID)
	}
	if !slices.Contains(known, id) {
		return fmt.Errorf("strategy %q: there are %s", id, strings.Join(known, ", "))
	}
	l.Strategy = id
	kept := map[string]string{}
	for key, value := range l.Options {
		if trace.CheckOption(id, key, value) == nil {
			kept[key] = value
		}
	}
	l.Options = kept
	return nil
}

func parseYes(s string) (bool, error) {
	switch strings.ToLower(s) {
	case "yes", "true", "on", "1":
		return true, nil
	case "no", "false", "off", "0":
		return false, nil
	default:
		return false, fmt.Errorf("%q is neither yes nor no", s)
	}
}

// baseName is the name that a map's files begin with.
func baseName(path string) string {
	return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}

// KeyGroup is a group of keys that a layer may have.
type KeyGroup struct {
	Title string
	Keys  []Key
}

// Key is one key of a layer; Help says what it means, with unit and default.
type Key struct{ Key, Help string }

// LayerKeys lists all keys of layers for people.
func LayerKeys() []KeyGroup {
	var operations, strategies []string
	for _, o := range artwork.Operations() {
		operations = append(operations, string(o)+" ("+strings.Join(artwork.Settings(o), ", ")+")")
	}
	groups := []KeyGroup{{"Of every strategy:", optionKeys(trace.CommonOptions())}}
	for _, s := range trace.Strategies() {
		strategies = append(strategies, s.ID)
		if len(s.Options) > 0 {
			groups = append(groups, KeyGroup{"Of " + s.ID + ":", optionKeys(s.Options)})
		}
	}
	groups = append(groups, furnitureKeys())
	return append([]KeyGroup{{"What the layer is:", []Key{
		{"name", "Name, unique in the map."},
		{"operation", "What the machine does, with its settings: " + strings.Join(operations, ", ") + "."},
		{"setting", "Which of the operation's settings."},
		{"strategy", "How shapes are traced: " + strings.Join(strategies, ", ") + "."},
		{"visible", "yes or no."},
		{"board", "Number of the board, from 1."},
	}}}, groups...)
}

func optionKeys(options []trace.Option) []Key {
	var keys []Key
	for _, o := range options {
		help := o.Help
		switch {
		case o.Layers:
			help += " Names of layers, separated by commas"
			if o.Enum != nil {
				help += "; or " + strings.Join(o.Enum, ", ")
			}
			if o.Default != "" {
				help += "; default " + o.Default
			}
			help += "."
		case o.Text:
			help += " Words; default " + o.Default + "."
		case o.Font:
			help += " " + strings.Join(o.Enum, ", ") + ", NAME or FILE; default " + o.Default + "."
		case o.Enum != nil:
			help += " " + strings.Join(o.Enum, ", ") + "; default " + o.Default + "."
		case o.Default != "":
			help += " Default " + o.Default + " " + o.Unit + "."
		default:
			help += " In " + o.Unit + "."
		}
		keys = append(keys, Key{o.Key, help})
	}
	return keys
}
