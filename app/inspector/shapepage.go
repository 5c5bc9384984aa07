package inspector

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// fewAttributes is how many attributes show before the rest is folded away.
const fewAttributes = 8

// shapePage is what is known of the selected shapes.
type shapePage struct {
	win   fyne.Window
	stage *stage.Stage
	tips  *parts.Tips
	root  fyne.CanvasObject
	none  fyne.CanvasObject
	page  *fyne.Container

	badge      *parts.Badge
	name, from *parts.Text
	fields     *fyne.Container
	rows       map[string]*attributeRow // by the attribute's key
	fixed      []*attributeRow          // name and class
	more       *parts.Button
	add        *adder
	figures    *fyne.Container
	locked     fyne.CanvasObject
	remove     *parts.Button
	part       *partForm // in place of all that, of a layer "Frame and text"

	layer   carto.LayerID
	ids     []int64
	feature carto.Feature
	measure figures
	loaded  bool // feature and measure are of the one that is selected
	open    bool // all attributes show
	stop    context.CancelFunc
	turn    int
}

func newShapePage(win fyne.Window, s *stage.Stage, tips *parts.Tips) *shapePage {
	p := &shapePage{win: win, stage: s, tips: tips}
	p.badge = parts.NewBadge(artwork.Score, parts.Large)
	p.name, p.from = parts.NewHeading(""), parts.NewCaption("")
	p.name.Cut, p.from.Cut = true, true
	p.fields, p.figures = newRows(), newRows()
	p.more = parts.NewSmallButton(parts.Link, "", func() { p.open = true; p.build() })
	p.add = newAdder(win, tips, p.put)
	p.locked = parts.NewCaption("The layer is locked: its shapes stay as they are.")
	p.remove = parts.NewSmallButton(parts.Plain, "", p.Delete)
	p.part = newPartForm(s, tips)
	scroll, page := newPage(
		container.New(headLayout{}, p.badge, p.name, p.from), p.locked, p.part.root,
		p.fields, container.NewHBox(p.add.button, layout.NewSpacer(), p.more), p.add.form,
		p.figures, container.NewHBox(p.remove),
	)
	p.page, p.part.built = page, page.Refresh
	p.none = nothing("Choose a shape on the board, and this is where its name, its class and its attributes can be changed.")
	p.root = container.NewStack(scroll, p.none)
	return p
}

// selected is how many shapes there are on the page.
func (p *shapePage) selected() int { return len(p.ids) }

// show takes over the selection.
func (p *shapePage) show() {
	l, ok := p.stage.Selected()
	ids := p.stage.SelectedFeatures()
	if !ok {
		ids = nil
	}
	if p.layer != l.ID || !slices.Equal(p.ids, ids) {
		p.take()
		p.layer, p.ids, p.loaded, p.open = l.ID, slices.Clone(ids), false, false
		p.add.close()
	}
	p.page.Hidden = len(ids) == 0
	if len(ids) == 0 {
		p.none.Show()
		return
	}
	p.none.Hide()
	p.badge.SetOperation(l.Operation)
	if l.Locked {
		p.locked.Show()
		p.remove.Disable()
	} else {
		p.locked.Hide()
		p.remove.Enable()
	}
	if len(ids) == 1 {
		p.read(l.ID, ids[0])
	} else {
		p.loaded = false
	}
	p.build()
}

// take takes what is typed for the shape that was selected: a click selects
// another one before the field is left. The fields are empty until that is read.
func (p *shapePage) take() {
	if len(p.ids) == 1 && p.loaded {
		for _, r := range slices.Concat(p.fixed, slices.Collect(maps.Values(p.rows))) {
			r.field.take()
			r.field.reset("")
		}
	}
}

// showParts takes over the parts of a layer "Frame and text", whose form stands
// for the attributes.
func (p *shapePage) showParts(l carto.Layer, all []workshop.Part) {
	if l.ID != p.layer {
		all = nil
	}
	p.part.show(l, chosen(all, p.ids))
	p.page.Refresh()
}

// read reads the selected shape beside the UI thread.
func (p *shapePage) read(layer carto.LayerID, id int64) {
	if p.stop != nil {
		p.stop()
	}
	p.turn++
	turn, open := p.turn, p.stage.Open()
	p.stop = p.stage.Loop().Start(func(ctx context.Context) {
		f, err := open.Feature(ctx, layer, id)
		var m figures
		if err == nil {
			placer, placeErr := open.Placer(layer)
			if err = placeErr; err == nil {
				m = measure(f.Geometry, placer.Board)
			}
		}
		p.stage.Loop().UI("shape", func() {
			if turn != p.turn {
				return
			}
			var gone *carto.NoFeatureError
			switch {
			case errors.As(err, &gone):
				p.stage.Select(layer)
			case err != nil:
				p.stage.Notify(stage.Problem("The shape was not read", err))
			default:
				p.feature, p.measure, p.loaded = f, m, true
				p.build()
			}
		})
	})
}

// build shows what is known.
func (p *shapePage) build() {
	l, _ := p.stage.Layer(p.layer)
	p.remove.SetLabel("Delete " + words.Count(len(p.ids), "shape", "shapes"))
	one := len(p.ids) == 1 && p.loaded
	switch {
	case len(p.ids) > 1:
		p.name.SetText(words.Count(len(p.ids), "shape", "shapes"))
		p.from.SetText("of " + words.Number(l.Count) + " in " + l.Name)
	case one:
		p.name.SetText(titleOf(p.feature))
		p.from.SetText(l.Name + " · 1 of " + words.Number(l.Count))
	default:
		p.name.SetText("…")
		p.from.SetText(l.Name)
	}
	p.add.button.Hidden = !one || l.Locked
	p.fields.Hidden, p.figures.Hidden = !one, !one
	p.more.Hidden = true
	p.remove.Hidden = workshop.IsFurniture(l)
	if workshop.IsFurniture(l) {
		p.fields.Hidden, p.figures.Hidden, p.add.button.Hidden = true, true, true
		p.showPart(l, one)
		p.page.Refresh()
		return
	}
	if one {
		p.buildFields(l.Locked)
		p.buildFigures()
	}
	p.page.Refresh()
}

// showPart says which part of a layer "Frame and text" is selected.
func (p *shapePage) showPart(l carto.Layer, one bool) {
	if one {
		p.name.SetText(words.Part(p.feature.Class))
		p.from.SetText(l.Name)
	}
}

// titleOf is what a shape is called.
func titleOf(f carto.Feature) string {
	switch {
	case f.Name != "":
		return f.Name
	case f.Class != "":
		return words.Title(f.Class)
	default:
		return "Shape " + words.Number(int(f.ID))
	}
}

// buildFields shows the attributes. Rows that stay are kept, so that what is
// being typed is.
func (p *shapePage) buildFields(locked bool) {
	if p.fixed == nil {
		p.fixed = []*attributeRow{
			newAttributeRow("name", nil, func(v string) { p.change(func(f *carto.Feature) { f.Name = v }) }),
			newAttributeRow("class", nil, func(v string) { p.change(func(f *carto.Feature) { f.Class = v }) }),
		}
		p.rows = map[string]*attributeRow{}
	}
	p.fixed[0].set(p.feature.Name, locked)
	p.fixed[1].set(p.feature.Class, locked)
	keys := slices.Sorted(maps.Keys(p.feature.Attributes))
	// What the shape is called stands above already.
	keys = slices.DeleteFunc(keys, func(k string) bool { return k == "name" && p.feature.Attributes[k] == p.feature.Name })
	hidden := 0
	if len(keys) > fewAttributes && !p.open {
		hidden = len(keys) - fewAttributes
		keys = keys[:fewAttributes]
	}
	objects := []fyne.CanvasObject{p.fixed[0], p.fixed[1]}
	rows := map[string]*attributeRow{}
	for _, key := range keys {
		r := p.rows[key]
		if r == nil {
			r = newAttributeRow(key, p.removal(key), func(v string) { p.put(key, v) })
		}
		r.set(p.feature.Attributes[key], locked)
		rows[key] = r
		objects = append(objects, r)
	}
	p.rows = rows
	if !slices.Equal(objects, p.fields.Objects) {
		p.fields.Objects = objects
		p.fields.Refresh()
	}
	p.more.Hidden = hidden == 0
	p.more.SetLabel(words.Number(hidden) + " more")
}

func (p *shapePage) removal(key string) *parts.IconButton {
	return parts.NewSmallIconButton("close", &parts.Tip{Tips: p.tips, Name: "Remove this attribute"}, func() {
		p.change(func(f *carto.Feature) { delete(f.Attributes, key) })
	})
}

// put sets an attribute.
func (p *shapePage) put(key, value string) {
	p.change(func(f *carto.Feature) {
		if f.Attributes == nil {
			f.Attributes = map[string]string{}
		}
		f.Attributes[key] = value
	})
}

// change makes a change of the selected shape, as it is when the change is
// made.
func (p *shapePage) change(how func(*carto.Feature)) {
	if len(p.ids) != 1 {
		return
	}
	layer, id, open := p.layer, p.ids[0], p.stage.Open()
	p.stage.Do("The shape was not changed", func(ctx context.Context) error {
		f, err := open.Feature(ctx, layer, id)
		if err != nil {
			return err
		}
		f = f.Clone()
		how(&f)
		return open.Do(ctx, carto.PutFeatures{Layer: layer, Features: []carto.Feature{f}})
	})
}

// Delete removes the selected shapes and offers to bring them back.
func (p *shapePage) Delete() {
	if len(p.ids) == 0 {
		return
	}
	layer, n := p.layer, len(p.ids)
	p.stage.Edit("Nothing was deleted", carto.RemoveFeatures{Layer: layer, IDs: slices.Clone(p.ids)}, func() {
		p.stage.Select(layer)
		l, _ := p.stage.Layer(layer)
		after := p.stage.Map()
		p.stage.Notify(stage.Notice{
			Kind: stage.KindDone, Title: "Deleted", Text: words.Count(n, "shape", "shapes") + " of " + l.Name + ".",
			Actions: []stage.Action{{Label: "Undo", Do: func() {
				if p.stage.Map() == after {
					p.stage.Undo()
					return
				}
				p.stage.Notify(stage.Notice{
					Kind: stage.KindInfo, Title: "Other changes came after it",
					Text: "Undo takes back the latest first: go on until the shapes are there again.",
				})
			}}},
		})
	})
}

// clean is a key or a value without space around it.
func clean(s string) string { return strings.TrimSpace(s) }
