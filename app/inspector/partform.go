package inspector

import (
	"fmt"
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

// partShown is a part with the layer that it is of.
type partShown struct {
	workshop.Part
	layer carto.Layer
}

// partForm changes the selected parts of the layer "Frame and text": one, or
// several holes together.
type partForm struct {
	stage  *stage.Stage
	tips   *parts.Tips
	root   *fyne.Container
	title  *parts.Text
	rows   *fyne.Container
	remove *parts.Button
	built  func() // told when there are other rows

	of     string // which rows there are, and of what
	layer  carto.LayerID
	ids    []int64
	fields []*partField
	say    *sayField // nil where the part says nothing
}

func newPartForm(s *stage.Stage, tips *parts.Tips) *partForm {
	f := &partForm{stage: s, tips: tips, title: parts.NewBold(""), rows: newRows(), built: func() {}}
	f.remove = parts.NewSmallButton(parts.Plain, "", f.takeAway)
	f.root = container.New(&column{gap: 4, width: Width},
		container.New(indented{}, f.title), f.rows, container.New(indented{}, container.NewHBox(f.remove, layout.NewSpacer())))
	f.root.Hide()
	return f
}

// show takes over the selected parts; none hides the form.
func (f *partForm) show(l carto.Layer, selected []workshop.Part) {
	f.root.Hidden = len(selected) == 0
	if len(selected) == 0 {
		f.flush()
		f.of = ""
		return
	}
	shown := make([]partShown, len(selected))
	var ids []int64
	var what []string
	for i, p := range selected {
		shown[i] = partShown{p, l}
		ids = append(ids, p.ID)
		what = append(what, fmt.Sprint(p.Class, p.ID, p.Anchor()))
	}
	of := fmt.Sprint(l.ID, what, l.Operation, f.operation(shown[0]), f.stage.Map().Boards)
	if of != f.of {
		f.flush()
		f.of, f.layer, f.ids = of, l.ID, ids
		f.build(shown)
	}
	name := words.Part(selected[0].Class)
	if len(selected) > 1 {
		name = words.Count(len(selected), "part", "parts")
		if holes(selected) {
			name = words.Count(len(selected), "hole", "holes")
		}
	}
	f.title.SetText(name)
	f.remove.SetLabel("Take away the " + lower(name))
	if len(selected) > 1 {
		f.remove.SetLabel("Take away " + name)
	}
	for _, row := range f.fields {
		row.show(shown)
	}
	f.lock(l.Locked)
}

// lower begins a name with a small letter.
func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }

func holes(all []workshop.Part) bool {
	return !slices.ContainsFunc(all, func(p workshop.Part) bool { return p.Class != workshop.PartHole })
}

// lock lets nothing be taken away from a locked layer; the stage refuses the
// other changes and says why.
func (f *partForm) lock(locked bool) {
	if locked {
		f.remove.Disable()
	} else {
		f.remove.Enable()
	}
}

// flush takes what is being typed of the parts that showed until now.
func (f *partForm) flush() {
	if f.say != nil {
		f.say.take()
		f.say = nil
	}
}

func (f *partForm) set(keys map[string]string) { f.stage.SetParts(f.layer, f.ids, keys) }
func (f *partForm) try(keys map[string]string) { f.stage.TryParts(f.layer, f.ids, keys) }

// takeAway removes the parts; Undo brings them back.
func (f *partForm) takeAway() {
	layer := f.layer
	f.stage.Edit("Nothing was taken away", carto.RemoveFeatures{Layer: layer, IDs: slices.Clone(f.ids)}, func() { f.stage.Select(layer) })
}

// build makes the rows for parts.
func (f *partForm) build(all []partShown) {
	f.fields, f.say = nil, nil
	one, class := len(all) == 1, all[0].Class
	same := !slices.ContainsFunc(all, func(p partShown) bool { return p.Class != class })
	if one && workshop.PartHasText(class) {
		f.addText(all[0])
	}
	if o, sized := workshop.PartSize(class); same && sized {
		f.addSize(o, class)
	}
	if same && class == workshop.PartHole {
		f.addEdge()
	}
	switch {
	case class == workshop.PartBorder && one:
		f.addInset()
	case one:
		f.addPlace(all[0])
	}
	f.addOperation(all)
	f.rows.RemoveAll()
	for _, row := range f.fields {
		f.rows.Add(row)
	}
	f.built()
}

// operation is what becomes of a part.
func (f *partForm) operation(p partShown) artwork.Operation {
	if o := artwork.Operation(p.Keys["operation"]); o != "" {
		return o
	}
	return workshop.PartOperation(p.Class, p.layer.Operation)
}
