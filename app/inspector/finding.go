package inspector

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// titles names the kinds of findings in a few words. A kind that is not in it
// is shown by its own.
var titles = map[string]string{
	"open-ring":       "Open outline",
	"outside-frame":   "Outside the frame",
	"empty-layer":     "Nothing to burn",
	"double-burn":     "Burned twice",
	"too-small":       "Too small",
	"small-scale":     "Too much ground",
	"falls-out":       "Would fall out",
	"thin-web":        "Thin web",
	"thin-bridge":     "Thin bridge",
	"small-text":      "Small text",
	"needless-points": "Needless points",
	"outside-bed":     "Larger than the machine",
	"bridged":         "Held by bridges",
	"loose":           "Falls out all the same",
	"replaced":        "Drawn another way",
	"unreadable":      "Can't be placed",
	"at-frame":        "Cut off by the frame",
	"not-filled":      "Not filled",
	"unknown-option":  "Unknown option",
	"burned-once":     "Shared lines burn once",
	"covered":         "Shared areas burn once",
	"no-letters":      "Letters that no font has",
	"other-font":      "A font of this computer",
	"no-font":         "Font not found",
	"emptied":         "Other layers burn all of it",
}

// titleOfFinding names a finding. What was left out because it is too small is no
// longer too small for the beam.
func titleOfFinding(f workshop.Finding) string {
	if f.Kind == "too-small" && parts.SeverityOf(f.Severity) == parts.GoodToKnow {
		return "Left out"
	}
	return titleOfKind(f.Kind)
}

func titleOfKind(kind string) string {
	if t, ok := titles[kind]; ok {
		return t
	}
	return words.Title(strings.ReplaceAll(kind, "-", " "))
}

// findingCard is one finding: how grave it is, what it is, and what can be
// done.
type findingCard struct {
	widget.BaseWidget
	of     subject
	body   *fyne.Container
	chosen bool
}

// subject is what a card is of.
type subject struct {
	finding   workshop.Finding
	operation artwork.Operation // of its layer, "" for none
	remedies  []workshop.Remedy
}

// newFindingCard gives the card of a finding.
func newFindingCard(of subject, actions []parts.Action) *findingCard {
	c, f := &findingCard{of: of}, of.finding
	title := parts.NewBold(titleOfFinding(f))
	title.Cut = true
	layer := parts.NewCaption(f.Layer)
	layer.Cut = true
	head := []fyne.CanvasObject{parts.NewSeverityMark(parts.SeverityOf(f.Severity), parts.Large), title, layer}
	if of.operation != "" {
		head = append(head, parts.NewBadge(of.operation, parts.Small))
	}
	rows := []fyne.CanvasObject{container.New(findingHead{}, head...)}
	text := f.Message
	if f.Fix != "" {
		text += " " + f.Fix
	}
	rows = append(rows, parts.NewParagraph(words.Options(text), look.Text2))
	rows = append(rows, newActions(actions)...)
	c.body = container.New(&column{gap: 0, width: Width}, rows...)
	c.ExtendBaseWidget(c)
	return c
}

// newActions gives the buttons of a card: the best way to mend it beside the
// last action, which shows its place, and each other way below.
func newActions(actions []parts.Action) []fyne.CanvasObject {
	show := len(actions) - 1
	var rows []fyne.CanvasObject
	row := func(buttons ...fyne.CanvasObject) {
		line := container.New(layout.NewCustomPaddedHBoxLayout(look.Grid), buttons...)
		rows = append(rows, container.New(layout.NewCustomPaddedLayout(0, 0, look.Grid, 0), line))
	}
	button := func(kind parts.Kind, a parts.Action) fyne.CanvasObject {
		return parts.NewSmallButton(kind, a.Label, a.Do)
	}
	if show == 0 {
		row(button(parts.Plain, actions[show]))
		return rows
	}
	row(button(parts.Plain, actions[0]), button(parts.Quiet, actions[show]))
	for _, a := range actions[1:show] {
		row(button(parts.Quiet, a))
	}
	return rows
}

// setChosen shows the card as the one whose place is shown.
func (c *findingCard) setChosen(chosen bool) {
	if chosen != c.chosen {
		c.chosen = chosen
		c.Refresh()
	}
}

// CreateRenderer draws the card.
func (c *findingCard) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	r := &findingRenderer{card: c, back: canvas.NewRectangle(color.Transparent)}
	r.back.CornerRadius = look.Radius
	r.paint()
	return r
}

type findingRenderer struct {
	card *findingCard
	back *canvas.Rectangle
}

const cardPad = look.Grid / 2

func (*findingRenderer) Destroy() {}

func (r *findingRenderer) MinSize() fyne.Size {
	body := r.card.body
	if w := r.card.Size().Width - 2*cardPad; w > 0 && body.Size().Width != w {
		body.Resize(fyne.NewSize(w, body.Size().Height)) // lines break anew
	}
	return fyne.NewSize(0, body.MinSize().Height+3*cardPad)
}

func (r *findingRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.card.body}
}

func (r *findingRenderer) Layout(size fyne.Size) {
	r.back.Move(fyne.NewPos(1, 1))
	r.back.Resize(size.SubtractWidthHeight(2, 2))
	r.card.body.Move(fyne.NewPos(cardPad, cardPad))
	r.card.body.Resize(fyne.NewSize(size.Width-2*cardPad, size.Height-2*cardPad))
}

func (r *findingRenderer) Refresh() {
	r.paint()
	canvas.Refresh(r.card)
}

func (r *findingRenderer) paint() {
	r.back.FillColor = look.Color(theme.ColorNameInputBackground)
	r.back.StrokeColor, r.back.StrokeWidth = look.Color(theme.ColorNameSeparator), 1
	if r.card.chosen {
		r.back.StrokeColor, r.back.StrokeWidth = look.Color(theme.ColorNamePrimary), look.FocusWidth
	}
}

// findingHead puts the mark at the left, the layer's badge at the right, and
// title and layer between them.
type findingHead struct{}

func (findingHead) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(look.Grid, (size.Height-parts.Large)/2))
	o[0].Resize(fyne.NewSquareSize(parts.Large))
	left, right := look.Grid*2+parts.Large, size.Width-look.Grid
	if len(o) > 3 {
		right -= parts.Small
		o[3].Move(fyne.NewPos(right, (size.Height-parts.Small)/2))
		o[3].Resize(fyne.NewSquareSize(parts.Small))
		right -= look.Grid
	}
	title, layer := o[1].MinSize().Height, o[2].MinSize().Height
	top := (size.Height - title - layer) / 2
	o[1].Move(fyne.NewPos(left, top))
	o[1].Resize(fyne.NewSize(right-left, title))
	o[2].Move(fyne.NewPos(left, top+title))
	o[2].Resize(fyne.NewSize(right-left, layer))
}

func (findingHead) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, 40) }
