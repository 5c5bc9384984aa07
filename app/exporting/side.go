package exporting

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
)

// side is the right column: the price, the checks, and where to save or what
// was made.
type side struct {
	of     *Dialog
	scroll *container.Scroll
	flow   []*fyne.Container // what is laid out anew when texts change

	figure, outOf *parts.Text
	tokens        *tokens
	sentence      *widget.RichText
	said          string
	saidColor     fyne.ThemeColorName
	offers        *fyne.Container
	get, untick   *parts.Button

	checks *checks
	burns  *burns

	saving  *fyne.Container
	folder  *parts.Text
	files   *parts.Segmented
	receipt *receipt
}

func newSide(d *Dialog) *side {
	s := &side{of: d, figure: parts.NewBold(""), outOf: parts.NewText(""), tokens: newTokens(), folder: parts.NewText("")}
	s.figure.SizeName, s.outOf.Color, s.folder.Cut = look.SizePrice, look.Text2, true
	s.sentence = parts.NewParagraph("", look.Text2)
	s.get = parts.NewSmallButton(parts.Primary, "Get credits", d.options.GetCredits)
	s.untick = parts.NewSmallButton(parts.Plain, "", func() { d.change((*order).keepFitting) })
	s.offers = container.New(layout.NewCustomPaddedHBoxLayout(look.Grid), s.get, s.untick)
	line := container.New(layout.NewCustomPaddedHBoxLayout(look.Grid), s.figure, container.NewCenter(s.outOf))
	saying := container.New(outdent{}, s.sentence)
	inside := container.New(layout.NewCustomPaddedVBoxLayout(6), line, s.tokens, saying, s.offers)
	padded := container.New(layout.NewCustomPaddedLayout(14, 12, 16, 16), inside)
	price := container.NewStack(fill{name: theme.ColorNameMenuBackground, border: theme.ColorNameSeparator, radius: look.Radius + 2}.surface(), padded)
	s.checks = newChecks(d)
	s.burns = newBurns(d)
	s.saving = s.newSaving()
	s.receipt = newReceipt(d)
	column := container.New(layout.NewCustomPaddedVBoxLayout(16), price, s.checks.object, s.burns.object, s.saving, s.receipt.object)
	whole := container.New(layout.NewCustomPaddedLayout(0, 0, 0, look.Grid), column)
	s.scroll = container.NewVScroll(whole)
	s.flow = []*fyne.Container{whole, column, price, padded, inside, saying, line, s.offers, s.saving}
	return s
}

func (s *side) newSaving() *fyne.Container {
	d := s.of
	s.files = parts.NewSegmented([]parts.Segment{{Label: "One file a format"}, {Label: "A file a layer"}}, func(i int) {
		d.change(func(o *order) { o.apart = i == 1 })
	})
	field := container.NewStack(
		fill{name: theme.ColorNameInputBackground, border: theme.ColorNameInputBorder, radius: look.Radius}.surface(),
		container.New(layout.NewCustomPaddedLayout(0, 0, 10, 8), lead("folder", theme.ColorNameForeground, s.folder)))
	row := container.NewBorder(nil, nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, look.Grid-4, 0), parts.NewSmallButton(parts.Bordered, "Choose", d.choose)), field)
	return container.New(layout.NewCustomPaddedVBoxLayout(look.Grid), parts.NewSection("Save to", nil), row, s.files)
}

func (s *side) update(q quote) {
	d := s.of
	if d.run != nil {
		s.updateRun()
	} else {
		s.updateQuote(q)
	}
	s.checks.update()
	s.burns.update()
	show(s.saving, d.run == nil)
	s.folder.SetText(shortFolder(d.folder))
	at := 0
	if d.order.apart {
		at = 1
	}
	s.files.Reflect(at)
	show(s.files, d.order.knowsLayers())
	s.receipt.update()
	s.scroll.Refresh()
	relay(s.flow)
	relay(s.checks.flow())
	relay(s.burns.flow())
	relay(s.receipt.flow())
}

func (s *side) updateQuote(q quote) {
	d := s.of
	figure, of, sentence := q.words()
	color := look.Text2
	if q.missing > 0 {
		color = theme.ColorNameError
	}
	if d.priceless != nil {
		figure, of, sentence, color = "No price", "", sentenceOf(d.priceless), theme.ColorNameError
	} else if blocked := d.order.blocked(); len(blocked) > 0 {
		sentence += " " + blockedWords(blocked)
	}
	s.figure.SetText(figure)
	s.outOf.SetText(of)
	s.say(sentence, color)
	show(s.tokens, q.priced && !q.unlimited && q.spendable > 0)
	s.tokens.set(tally{spent: min(q.paid, q.spendable), all: q.spendable, chosen: true})
	show(s.get, q.missing > 0 && d.options.GetCredits != nil)
	left := len(q.places) - len(q.fits)
	s.untick.SetLabel("Untick " + count(left, "layer"))
	show(s.untick, q.missing > 0 && len(q.fits) > 0)
	show(s.offers, q.missing > 0 && (s.get.Visible() || s.untick.Visible()))
}

func (s *side) updateRun() {
	r := s.of.run
	spent, held, come := r.credits()
	show(s.offers, false)
	show(s.tokens, !r.quote.unlimited && r.quote.spendable > 0)
	s.tokens.set(tally{spent: spent, held: held, come: come, all: r.quote.spendable})
	figure, of := count(r.quote.paid, "credit"), fmt.Sprintf("of %d", r.quote.spendable)
	if r.over() {
		figure = count(spent, "credit")
		of = "spent"
	}
	if r.quote.unlimited {
		figure, of = "∞", "unlimited"
	}
	s.figure.SetText(figure)
	s.outOf.SetText(of)
	s.say(r.moneyWords(), look.Text2)
}

// moneyWords says where the credits of a run are.
func (r *run) moneyWords() string {
	spent, held, come := r.credits()
	switch {
	case r.quote.unlimited:
		return "Your plan counts no credits."
	case r.over():
		return fmt.Sprintf("%d left.", r.result.After.Spendable)
	case !r.begun():
		return "Tracing and checking. No credit is held yet."
	}
	return fmt.Sprintf("%d spent, %d held while writing, %d to come. %d will be left.", spent, held, come, r.quote.spendable-spent-held-come)
}

func (s *side) say(text string, c fyne.ThemeColorName) {
	if text == s.said && c == s.saidColor {
		return
	}
	s.said, s.saidColor = text, c
	segment, ok := s.sentence.Segments[0].(*widget.TextSegment)
	if ok {
		segment.Text, segment.Style.ColorName = text, c
		s.sentence.Refresh()
	}
}

func blockedWords(layers []*layer) string {
	var names []string
	for _, l := range layers {
		names = append(names, l.name)
	}
	return "Mend or untick " + list(names) + " first."
}

func sentenceOf(err error) string { return stage.Sentence(err.Error()) }

// outdent takes away the inner padding that Fyne gives a paragraph.
type outdent struct{}

func (outdent) inner() float32 { return look.Size(theme.SizeNameInnerPadding) }

func (l outdent) Layout(o []fyne.CanvasObject, size fyne.Size) {
	in := l.inner()
	parts.Place(o[0], -in, -in, size.Width+2*in, size.Height+2*in)
}

func (l outdent) MinSize(o []fyne.CanvasObject) fyne.Size {
	s := o[0].MinSize()
	return fyne.NewSize(1, max(0, s.Height-2*l.inner()))
}

// seconds says how long something goes on.
func seconds(d time.Duration) string {
	switch {
	case d < time.Second:
		return "about 1 s"
	case d < time.Minute:
		return fmt.Sprintf("about %d s", int(d.Round(time.Second)/time.Second))
	default:
		return fmt.Sprintf("about %d min", int(d.Round(time.Minute)/time.Minute))
	}
}
