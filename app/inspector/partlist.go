package inspector

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// partList lists the parts of a layer "Frame and text": which there are, which
// are switched off, and the form of those that are selected.
type partList struct {
	stage *stage.Stage
	win   fyne.Window
	tips  *parts.Tips
	root  *fyne.Container
	add   *parts.IconButton
	list  *fyne.Container
	rows  []*partRow
	warn  *fyne.Container
	said  *widget.RichText
	form  *partForm
	built func() // told when there are other rows

	layer carto.Layer
	parts []workshop.Part
}

func newPartList(win fyne.Window, s *stage.Stage, tips *parts.Tips) *partList {
	p := &partList{stage: s, win: win, tips: tips, form: newPartForm(s, tips), built: func() {}}
	p.add = parts.NewSmallIconButton("plus", &parts.Tip{Tips: tips, Name: "Add a part"}, nil)
	p.add.OnTapped = func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.add)
		widget.ShowPopUpMenuAtPosition(p.menu(), win.Canvas(), at.AddXY(0, p.add.Size().Height))
	}
	p.list = container.New(&column{gap: 0, width: Width})
	p.said = parts.NewParagraph("", theme.ColorNameWarning)
	again := parts.NewSmallButton(parts.Plain, "Put it back", p.putBack)
	p.warn = container.New(indented{}, container.New(&column{gap: 4, width: Width}, p.said, container.NewHBox(again, layout.NewSpacer())))
	p.warn.Hide()
	p.root = container.New(&column{gap: look.Grid / 2, width: Width},
		container.New(indented{}, parts.NewSection("Parts", p.add)), p.list, p.warn, p.form.root)
	p.root.Hide()
	return p
}

// show takes over a layer with its parts.
func (p *partList) show(l carto.Layer, all []workshop.Part) {
	p.layer, p.parts = l, all
	hidden := !workshop.IsFurniture(l)
	empty := len(all) == 0 && len(p.rows) == 0 && hidden == p.root.Hidden // as it was, until they are read
	p.root.Hidden = hidden
	if hidden || empty {
		p.form.show(l, nil)
		return
	}
	groups := grouped(all)
	if len(groups) != len(p.rows) {
		p.rows = nil
		p.list.RemoveAll()
		for range groups {
			r := newPartRow(p)
			p.rows = append(p.rows, r)
			p.list.Add(r)
		}
	}
	selected := p.stage.SelectedFeatures()
	for i, g := range groups {
		p.rows[i].show(g, slices.ContainsFunc(g, func(part workshop.Part) bool { return slices.Contains(selected, part.ID) }))
	}
	p.showWarning()
	p.form.show(l, chosen(all, selected))
	p.built()
}

// chosen gives those of the parts that are selected.
func chosen(all []workshop.Part, selected []int64) []workshop.Part {
	return slices.DeleteFunc(slices.Clone(all), func(p workshop.Part) bool { return !slices.Contains(selected, p.ID) })
}

// grouped puts all holes into one group, as they belong together, and every
// other part into one of its own.
func grouped(all []workshop.Part) [][]workshop.Part {
	var groups [][]workshop.Part
	for i, p := range all {
		if p.Class == workshop.PartHole && i > 0 && all[i-1].Class == workshop.PartHole {
			groups[len(groups)-1] = append(groups[len(groups)-1], p)
			continue
		}
		groups = append(groups, []workshop.Part{p})
	}
	return groups
}

// showWarning says that the data's credit is not on the piece.
func (p *partList) showWarning() {
	missing := workshop.CreditMissing(p.stage.Map(), p.parts)
	p.warn.Hidden = len(missing) == 0
	if len(missing) == 0 {
		return
	}
	p.said.Segments = parts.NewParagraph(workshop.CreditWarning(missing), theme.ColorNameWarning).Segments
	p.said.Refresh()
}

// putBack puts the credit line on the piece again.
func (p *partList) putBack() {
	for _, part := range p.parts {
		if part.Class == workshop.PartCredit {
			p.stage.SetParts(p.layer.ID, []int64{part.ID}, map[string]string{"text": "", "visible": ""})
			return
		}
	}
	p.put(workshop.PartCredit, false)
}

// put puts up a part, and selects it.
func (p *partList) put(class string, all bool) {
	var ids []int64
	layer := p.layer.ID
	p.stage.Do("Nothing was added", func(ctx context.Context) (err error) {
		ids, err = p.stage.Open().AddPart(ctx, layer, class, all)
		return err
	}, func() { p.stage.Select(layer, ids...) })
}

// menu is which parts can be added: of most there is one at most.
func (p *partList) menu() *fyne.Menu {
	has := map[string]bool{}
	for _, part := range p.parts {
		has[part.Class] = true
	}
	var items []*fyne.MenuItem
	offer := func(name, class string, all, often bool) {
		item := fyne.NewMenuItem(name, func() { p.put(class, all) })
		item.Disabled = p.layer.Locked || has[class] && !often
		items = append(items, item)
	}
	for _, class := range workshop.PartClasses() {
		switch class {
		case workshop.PartHole:
			offer("Holes in the corners", class, true, false)
			offer("One hole", class, false, true)
		case workshop.PartText:
			offer(words.Part(class), class, false, true)
		case workshop.PartCredit:
			if len(p.stage.Map().Attribution) > 0 {
				offer(words.Part(class), class, false, false)
			}
		default:
			offer(words.Part(class), class, false, false)
		}
	}
	return fyne.NewMenu("", items...)
}

// partRow is a part in the list, or all holes.
type partRow struct {
	widget.BaseWidget
	list *partList
	row  *parts.Row
	line *fyne.Container
	name *parts.Text
	says *parts.Text
	eye  *parts.IconButton
	all  []workshop.Part
}

func newPartRow(p *partList) *partRow {
	r := &partRow{list: p, name: parts.NewText(""), says: parts.NewCaption("")}
	r.name.Cut, r.says.Cut = true, true
	r.says.Align = fyne.TextAlignTrailing
	r.eye = parts.NewSmallIconButton("eye", &parts.Tip{Tips: p.tips, Name: "Switch on or off"}, func() { r.toggle() })
	r.line = container.New(partColumns{}, r.name, r.says, r.eye)
	r.row = parts.NewLowRow(r.line, func() {
		ids := r.ids()
		if slices.Equal(ids, p.stage.SelectedFeatures()) {
			ids = nil // a second time puts the form away
		}
		p.stage.Select(p.layer.ID, ids...)
	})
	r.ExtendBaseWidget(r)
	return r
}

func (r *partRow) ids() []int64 {
	ids := make([]int64, len(r.all))
	for i, p := range r.all {
		ids[i] = p.ID
	}
	return ids
}

// shows tells whether any of the parts is switched on.
func (r *partRow) shows() bool { return slices.ContainsFunc(r.all, workshop.Part.Shown) }

func (r *partRow) toggle() {
	keys := map[string]string{"visible": ""}
	if r.shows() {
		keys["visible"] = "no"
	}
	r.list.stage.SetParts(r.list.layer.ID, r.ids(), keys)
}

func (r *partRow) show(all []workshop.Part, selected bool) {
	r.all = all
	name, says := words.Part(all[0].Class), all[0].Text
	if says == "" {
		says = all[0].Usual
	}
	if len(all) > 1 {
		name, says = words.Count(len(all), "hole", "holes"), ""
	}
	r.name.SetText(name)
	r.says.SetText(strings.ReplaceAll(says, "\n", " "))
	icon, color := "eye", theme.ColorNameForeground
	if !r.shows() {
		icon, color = "eye-off", theme.ColorNameDisabled
	}
	r.eye.SetIcon(icon)
	r.name.SetColor(color)
	r.row.SetSelected(selected)
	r.line.Refresh() // the columns are as wide as the texts
}

// CreateRenderer draws the row.
func (r *partRow) CreateRenderer() fyne.WidgetRenderer {
	r.ExtendBaseWidget(r)
	return widget.NewSimpleRenderer(r.row)
}

// partColumns puts a part's name, what it says and its eye beside each other,
// as the gutter and the page's own edge have them.
type partColumns struct{}

func (partColumns) Layout(o []fyne.CanvasObject, size fyne.Size) {
	right := size.Width - look.TargetSize
	var name float32
	if t, ok := o[0].(*parts.Text); ok {
		name = fyne.MeasureText(t.Text, look.Size(theme.SizeNameText), fyne.TextStyle{}).Width + 1
	}
	middle := func(i int, x, w float32) {
		h := o[i].MinSize().Height
		parts.Place(o[i], x, (size.Height-h)/2, w, h)
	}
	middle(0, gutter, min(name, right-gutter))
	says := gutter + name + 2*look.Grid
	middle(1, says, max(0, right-look.Grid-says))
	parts.Place(o[2], right, (size.Height-look.TargetSize)/2, look.TargetSize, look.TargetSize)
}

func (partColumns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, look.TargetSize) }
