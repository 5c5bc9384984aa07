package inspector

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// layerPage is what the selected layer is: operation, setting, strategy, widths
// and options.
type layerPage struct {
	win   fyne.Window
	stage *stage.Stage
	tips  *parts.Tips
	root  fyne.CanvasObject
	page  *fyne.Container // of the layer; hidden where none is selected
	none  fyne.CanvasObject

	badge      *parts.Badge
	name, from *parts.Text
	operation  *parts.CardGrid
	setting    *fyne.Container // the Segmented of the operation, made anew with it
	settings   *parts.Segmented
	strategy   *parts.CardGrid
	pictures   []*picture
	all        *parts.Button // shows the strategies that are for other shapes too
	contents   contents
	parts      *partList         // of a layer "Frame and text"
	tracing    fyne.CanvasObject // the head above the strategies
	widths     *widths
	options    *fyne.Container
	more       *parts.Button
	rare       *fyne.Container
	rows       []*optionRow

	shown carto.Layer // as it is on the page
	kinds workshop.Kinds
	has   []workshop.Class
	every bool // all strategies are shown
	open  bool // the rare options are shown
}

func newLayerPage(win fyne.Window, s *stage.Stage, tips *parts.Tips) *layerPage {
	p := &layerPage{win: win, stage: s, tips: tips, parts: newPartList(win, s, tips), tracing: parts.NewSection("Trace as", nil)}
	p.badge = parts.NewBadge(artwork.Score, parts.Large)
	p.name, p.from = parts.NewHeading(""), parts.NewCaption("")
	p.name.Cut, p.from.Cut = true, true
	p.operation = newOperations(func(o artwork.Operation) { p.set("operation", string(o)) })
	p.setting = container.NewStack()
	p.newStrategies()
	p.widths = newWidths(s, tips)
	p.contents = contents{stage: s, found: p.take}
	p.all = parts.NewSmallButton(parts.Quiet, "", func() {
		p.every = !p.every
		p.offer()
		p.page.Refresh()
	})
	p.options, p.rare = newRows(), newRows()
	p.more = parts.NewSmallButton(parts.Quiet, "", p.fold)
	p.rare.Hide()
	head := container.New(headLayout{}, p.badge, p.name, p.from)
	scroll, page := newPage(
		head, p.parts.root,
		parts.NewSection("Operation", nil), p.operation, p.setting,
		p.tracing, p.strategy, container.NewHBox(p.all),
		p.widths.root,
		parts.NewSection("Options", nil), p.options,
		container.NewHBox(p.more), p.rare,
	)
	p.page = page
	p.widths.built, p.parts.built = page.Refresh, page.Refresh
	p.none = nothing("Choose a layer at the left, and this is where it gets its operation and how it is traced.")
	p.root = container.NewStack(scroll, p.none)
	return p
}

// nothing is a page without anything to show, and why.
func nothing(text string) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(2*look.Grid, 0, look.Grid, look.Grid),
		container.NewVBox(parts.NewParagraph(text, look.Text2)))
}

// newOperations gives the cards of the operations.
func newOperations(chosen func(artwork.Operation)) *parts.CardGrid {
	all := words.Operations()
	cards := make([]parts.Choice, len(all))
	for i, o := range all {
		cards[i] = parts.Choice{Label: operationLabels[o][0], Caption: operationLabels[o][1], Picture: parts.NewBadge(o, parts.Large)}
	}
	g := parts.NewCardGrid(len(all), 72, cards, func(i int) { chosen(all[i]) })
	g.Tighten()
	return g
}

// operationLabels are the two lines of an operation's card.
var operationLabels = map[artwork.Operation][2]string{
	artwork.Cut: {"Cut", "through"}, artwork.Score: {"Score", "marks"}, artwork.Engrave: {"Engrave", "area"},
	artwork.Relief: {"Carve", "height"}, artwork.Guide: {"Helper", "line"},
}

func (p *layerPage) newStrategies() {
	all := workshop.Strategies()
	cards := make([]parts.Choice, len(all))
	for i, s := range all {
		pic := newPicture(s.ID)
		p.pictures = append(p.pictures, pic)
		cards[i] = parts.Choice{Label: s.Title, Picture: pic}
	}
	p.strategy = parts.NewCardGrid(3, 68, cards, func(i int) { p.set("strategy", all[i].ID) })
	p.strategy.Tighten()
}

func (p *layerPage) set(key, value string) {
	if l, ok := p.stage.Selected(); ok {
		p.stage.SetLayer(l.ID, map[string]string{key: value})
	}
}

// show takes over the selected layer.
func (p *layerPage) show() {
	l, ok := p.stage.Selected()
	p.page.Hidden = !ok
	if !ok {
		p.none.Show()
		p.shown = carto.Layer{}
		return
	}
	p.none.Hide()
	before := p.shown
	p.shown = l
	p.badge.SetOperation(l.Operation)
	p.name.SetText(l.Name)
	p.from.SetText(origin(l))
	p.operation.Reflect(slices.Index(words.Operations(), l.Operation))
	p.showSetting(l, before.Operation != l.Operation || before.ID == "")
	p.strategy.Reflect(slices.IndexFunc(workshop.Strategies(), func(s workshop.Strategy) bool { return s.ID == l.Strategy }))
	if before.Operation != l.Operation {
		p.repaint()
	}
	if before.Strategy != l.Strategy || before.ID == "" {
		p.build(l)
	}
	p.contents.show(l)
	p.offer()
	p.widths.show(l)
	for _, r := range p.rows {
		r.show(l)
	}
	p.parts.root.Hidden = !workshop.IsFurniture(l)
	p.page.Refresh()
}

// take takes over what the layer holds.
func (p *layerPage) take(l carto.Layer, c *workshop.Contents) {
	p.kinds, p.has = 0, nil
	if c != nil {
		p.kinds, p.has = c.Kinds(), c.Classes
	}
	if len(byClass(l.Strategy, p.has)) > 0 {
		p.build(l)
		for _, r := range p.rows {
			r.show(l)
		}
	}
	p.widths.take(l, c)
	p.widths.show(l)
	p.offer()
	p.page.Refresh()
}

// offer shows the strategies for what the layer holds and the one that it has,
// and the others where the person asks for all.
func (p *layerPage) offer() {
	fits := func(s workshop.Strategy) bool {
		return p.every || p.kinds == 0 || s.Draws&p.kinds != 0 || s.ID == p.shown.Strategy
	}
	all, hidden := workshop.Strategies(), 0
	for _, s := range all {
		if !fits(s) {
			hidden++
		}
	}
	p.strategy.Offer(func(i int) bool { return fits(all[i]) })
	p.all.SetLabel("All ways to trace")
	p.all.SetIcon("chevron-right")
	if p.every {
		p.all.SetLabel("Only those for these shapes")
		p.all.SetIcon("chevron-down")
	}
	p.all.Hidden = hidden == 0 && !p.every
	// Parts are drawn as what they are: other ways are for who asks.
	p.strategy.Hidden = workshop.IsFurniture(p.shown) && !p.every
	if p.strategy.Hidden {
		p.tracing.Hide()
	} else {
		p.tracing.Show()
	}
}

// showParts takes over the parts of the layer.
func (p *layerPage) showParts(l carto.Layer, all []workshop.Part) {
	if l.ID == p.shown.ID {
		p.parts.show(l, all)
	}
}

// origin says how many shapes a layer has and where they are from.
func origin(l carto.Layer) string {
	text := words.Count(l.Count, "shape", "shapes")
	if l.Source != "" {
		text += " · " + l.Source
	}
	return text
}

// repaint draws the pictures in the colour of the operation.
func (p *layerPage) repaint() {
	for _, pic := range p.pictures {
		pic.setColor(look.OnBadge(p.shown.Operation))
	}
}

// showSetting shows which of the operation's settings the layer has.
func (p *layerPage) showSetting(l carto.Layer, anew bool) {
	all := artwork.Settings(l.Operation)
	if anew {
		p.setting.RemoveAll()
		segments := make([]parts.Segment, len(all))
		for i, id := range all {
			segments[i].Label = settingLabel(l.Operation, id)
		}
		p.settings = parts.NewSegmented(segments, func(i int) {
			if all := artwork.Settings(p.shown.Operation); i < len(all) {
				p.set("setting", all[i])
			}
		})
		p.setting.Add(p.settings)
		p.setting.Hidden = len(all) < 2
	}
	p.settings.Reflect(slices.Index(all, l.Setting))
}

func settingLabel(o artwork.Operation, id string) string {
	if o == artwork.Score {
		return "Score " + id
	}
	return words.Title(id)
}

// build makes the rows of the options that the layer's strategy has.
func (p *layerPage) build(l carto.Layer) {
	common, rare := optionsOf(l.Strategy)
	p.rows = nil
	fill := func(box *fyne.Container, options []workshop.Option) {
		box.RemoveAll()
		for _, o := range options {
			r := newOptionRow(p.win, p.stage, p.tips, o)
			p.rows = append(p.rows, r)
			box.Add(r)
		}
	}
	fill(p.options, slices.Concat(common, byClass(l.Strategy, p.has)))
	fill(p.rare, rare)
	p.label(rare)
}

// label says whether there are options that are folded away, and whether they
// show.
func (p *layerPage) label(rare []workshop.Option) {
	p.more.SetLabel("More options")
	p.more.SetIcon("chevron-right")
	if p.open {
		p.more.SetLabel("Fewer options")
		p.more.SetIcon("chevron-down")
	}
	p.more.Hidden = len(rare) == 0
}

// fold shows the rare options or puts them away.
func (p *layerPage) fold() {
	p.open = !p.open
	p.rare.Hidden = !p.open
	_, rare := optionsOf(p.shown.Strategy)
	p.label(rare)
	p.page.Refresh()
}

// headLayout puts the badge left of the two lines.
type headLayout struct{}

func (headLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const lead = parts.Large + 1.5*look.Grid
	o[0].Move(fyne.NewPos(0, (size.Height-parts.Large)/2))
	o[0].Resize(fyne.NewSquareSize(parts.Large))
	name, from := o[1].MinSize().Height, o[2].MinSize().Height
	top := (size.Height - name - from) / 2
	o[1].Move(fyne.NewPos(lead, top))
	o[1].Resize(fyne.NewSize(size.Width-lead, name))
	o[2].Move(fyne.NewPos(lead, top+name))
	o[2].Resize(fyne.NewSize(size.Width-lead, from))
}

func (headLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, look.RowHeight) }
