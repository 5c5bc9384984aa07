package inspector

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// checkPage is what the check found, and what will burn.
type checkPage struct {
	stage   *stage.Stage
	options Options
	root    fyne.CanvasObject
	page    *fyne.Container

	title, when *parts.Text
	cards       *fyne.Container
	burn        *fyne.Container
	total       *parts.Text

	last     *workshop.Checked // the newest check that came to its end
	built    *workshop.Checked // the one that the page was last built from
	findings []workshop.Finding
	list     []*findingCard // of the findings, once they were seen
	at       int            // the one that was shown last; -1: none
}

func newCheckPage(s *stage.Stage, o Options) *checkPage {
	p := &checkPage{stage: s, options: o, at: -1, title: parts.NewHeading(""), when: parts.NewCaption(""), total: parts.NewHeading("")}
	p.cards = container.New(&column{gap: look.Grid, width: Width})
	p.burn = container.New(&column{gap: look.Grid / 2, width: Width})
	head := container.NewHBox(container.NewCenter(p.title), layout.NewSpacer(), container.NewCenter(p.when))
	scroll, page := newPage(head, container.New(aside{}, p.cards), parts.NewPanelHead("What will burn", p.total), container.New(aside{}, p.burn))
	p.page = page
	p.root = scroll
	return p
}

// show takes over what the check found.
func (p *checkPage) show() {
	checked := p.stage.Checked()
	switch {
	case checked == nil && p.stage.DrawError() != nil:
		p.when.SetText("the map can't be drawn")
	case checked == nil && p.stage.Stale() && !p.stage.Drawing():
		p.when.SetText("stopped")
	case checked == nil || p.stage.Drawing():
		p.when.SetText("checking…")
	case p.stage.Stale():
		p.when.SetText("before the last change")
	default:
		p.when.SetText("checked just now, free")
	}
	if checked != nil {
		p.last = checked
		p.take(checked.Findings)
		p.title.SetText(summary(checked.Findings))
	} else if p.title.Text == "" {
		p.title.SetText("Check")
	}
	p.build()
}

// build puts up the cards of what was found, if the page can be seen: to break
// their texts into lines takes long, and most of the time another page shows.
func (p *checkPage) build() {
	if !p.root.Visible() {
		return
	}
	// While the next check runs, what is built stays: the drawing is newer.
	if c := p.last; c != nil && (c != p.built || c == p.stage.Checked()) {
		p.built = c
		p.buildCards()
		p.buildBurn(*c)
	}
	p.page.Refresh()
}

// summary says how much was found.
func summary(findings []workshop.Finding) string {
	notes := 0
	for _, f := range findings {
		if parts.SeverityOf(f.Severity) == parts.GoodToKnow {
			notes++
		}
	}
	switch rest := len(findings) - notes; {
	case len(findings) == 0:
		return "Nothing found"
	case rest == 0:
		return words.Count(notes, "note", "notes")
	case notes == 0:
		return words.Count(rest, "finding", "findings")
	default:
		return words.Count(rest, "finding", "findings") + ", " + words.Count(notes, "note", "notes")
	}
}

// toMend is how much there is to mend or to look at, and how grave the worst of
// it is.
func (p *checkPage) toMend() (n int, worst parts.Severity) {
	for _, f := range p.findings {
		if s := parts.SeverityOf(f.Severity); s != parts.GoodToKnow {
			n++
			if worst == 0 || s < worst {
				worst = s
			}
		}
	}
	return n, worst
}

// take shows findings, gravest first, if they are not those that show.
func (p *checkPage) take(all []workshop.Finding) {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b workshop.Finding) int {
		return int(parts.SeverityOf(a.Severity)) - int(parts.SeverityOf(b.Severity))
	})
	if !slices.Equal(sorted, p.findings) {
		p.findings, p.at = sorted, -1
	}
}

// buildCards puts up the cards of the findings. A card stays where it would be
// the same again.
func (p *checkPage) buildCards() {
	kept := map[workshop.Finding]*findingCard{}
	for _, c := range p.list {
		kept[c.of.finding] = c
	}
	list := make([]*findingCard, len(p.findings))
	for i, f := range p.findings {
		of := p.subject(f)
		c := kept[f]
		delete(kept, f) // the same may be found twice
		if c == nil || !reflect.DeepEqual(c.of, of) {
			c = newFindingCard(of, p.actions(of))
		}
		c.setChosen(i == p.at)
		list[i] = c
	}
	if slices.Equal(list, p.list) {
		return
	}
	p.list = list
	p.cards.Objects = nil
	for _, c := range list {
		p.cards.Objects = append(p.cards.Objects, c)
	}
	p.cards.Refresh()
}

// subject is what a card tells of a finding.
func (p *checkPage) subject(f workshop.Finding) subject {
	const most = 3 // more would only ask for a choice that nobody can judge
	of := subject{finding: f, remedies: p.last.Remedies(f)}
	of.remedies = of.remedies[:min(most, len(of.remedies))]
	if l, err := p.stage.Map().FindLayer(f.Layer); err == nil {
		of.operation = l.Operation
	}
	return of
}

// actions are what can be done about a finding: to mend it, the best way first,
// and to see where it is, which comes last.
func (p *checkPage) actions(of subject) []parts.Action {
	var all []parts.Action
	for _, r := range of.remedies {
		all = append(all, parts.Action{Label: r.Label, Do: func() { p.stage.Fix(of.finding, r) }})
	}
	return append(all, parts.Action{Label: "Show", Do: func() { p.reveal(slices.Index(p.findings, of.finding)) }})
}

// next shows the finding after the one that was shown last.
func (p *checkPage) next() {
	if n := len(p.findings); n > 0 {
		p.reveal((p.at + 1) % n)
	}
}

// reveal selects the layer of a finding and shows the place.
func (p *checkPage) reveal(i int) {
	if i < 0 {
		return // a new check has just not found it any more
	}
	for n, c := range p.list {
		c.setChosen(n == i)
	}
	p.at = i
	f := p.findings[i]
	if l, err := p.stage.Map().FindLayer(f.Layer); err == nil {
		p.stage.Select(l.ID)
	}
	if f.Board > 0 {
		p.stage.SetBoard(f.Board)
	}
	if p.options.Show != nil {
		p.options.Show(f)
	}
}

// buildBurn tells what the visible layers come to, and how long they take.
func (p *checkPage) buildBurn(c workshop.Checked) {
	p.total.SetText(words.Time(c.Estimate.Seconds))
	p.burn.RemoveAll()
	drawn := p.stage.Drawn()
	if drawn == nil {
		return
	}
	area := map[artwork.Operation]float64{}
	for _, l := range drawn.Map.Layers {
		area[l.Operation] += drawn.Figures[l.ID].AreaMM2
	}
	length, seconds := map[artwork.Operation]float64{}, map[artwork.Operation]float64{}
	for _, part := range c.Estimate.Parts {
		length[part.Operation] += part.BurnMM
		seconds[part.Operation] += part.Seconds
	}
	for _, o := range []artwork.Operation{artwork.Engrave, artwork.Relief, artwork.Score, artwork.Cut} {
		text := words.Length(length[o])
		if area[o] > 0 {
			text = words.Area(area[o])
		}
		if length[o] > 0 {
			p.burn.Add(container.NewHBox(parts.NewBadge(o, parts.Small), parts.NewText(words.Operation(o)),
				layout.NewSpacer(), container.NewCenter(parts.NewCaption(text)), parts.NewText(words.Time(seconds[o]))))
		}
	}
	p.burn.Add(parts.NewParagraph("Engrave first, then score, then cut. "+words.TimedFor(c.Setup), look.Text2))
}

// aside keeps a column of its own from beginning in the gutter.
type aside struct{}

func (aside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(size)
}

func (aside) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }
