package profile

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// prices are the examples of the page.
var prices = [][2]string{
	{"one layer as SVG", "1 credit"},
	{"three layers as SVG", "3 credits"},
	{"one layer as PNG and as SVG", "2 credits"},
}

// passages are the page's sections after the examples.
var passages = []struct{ title, text string }{
	{"", "How many shapes a layer has, how it is traced and which format it is make no difference."},
	{"What is free", "Looking, editing, checking and previewing: the price is shown before you export. An export that failed or that you cancelled. The same again: a layer that you have paid for and not changed, in that format. A changed layer is a new export."},
	{"Where you see them", "At the top right, by your picture: what this computer can spend now. ∞ is an unlimited plan."},
	{"Offline", "Some of your credits are kept on this computer, so that you can export without a connection. When it is back, they are synced by themselves."},
	{"Running low", "A bigger plan brings more credits, or as many as you want."},
}

// WhatAreCredits shows what credits are.
func (c *Corner) WhatAreCredits() { c.aboutCredits() }

func (c *Corner) aboutCredits() *sheet {
	var s *sheet
	leave := func() { s.close() }
	lead := parts.NewText("One credit pays for one layer in one format.")
	lead.SizeName = theme.SizeNameSubHeadingText
	table := stack(priceRow("You export", "It costs", true))
	for _, p := range prices {
		table.Add(widget.NewSeparator())
		table.Add(priceRow(p[0], p[1], false))
	}
	body := stack(lead, space(12), container.NewStack(newGround(theme.ColorNameMenuBackground, look.Radius), table), space(8))
	for _, p := range passages {
		if p.title != "" {
			body.Add(space(6))
			body.Add(parts.NewBold(p.title))
		}
		body.Add(flush(p.text, theme.ColorNameForeground))
	}
	body.Add(space(6))
	body.Add(parts.NewBold("Help"))
	body.Add(flush(c.helpText(), theme.ColorNameForeground))
	buttons := []fyne.CanvasObject{newButton("Close", widget.MediumImportance, leave, leave)}
	if c.facts.builtIn() || c.facts.purse.Contact.Server != "" {
		buttons = append([]fyne.CanvasObject{newButton("See plans", widget.MediumImportance, func() {
			s.close()
			c.ChoosePlan()
		}, leave)}, buttons...)
	}
	s = newSheet(c.win, 520, "What are credits?", body, buttons...)
	s.show()
	return s
}

// helpText says where to ask.
func (c *Corner) helpText() string {
	who := "those who gave you Mapwright"
	if server := c.facts.purse.Contact.Server; server != "" {
		who = "those who run " + host(server)
	}
	return fmt.Sprintf("Ask %s. If it is about an export, name its number, which begins with MW: it stands under Past exports.", who)
}

func priceRow(what, price string, head bool) fyne.CanvasObject {
	left, right := parts.NewText(what), parts.NewText(price)
	if head {
		left, right = parts.NewCaption(what), parts.NewCaption(price)
	}
	return padded(apart(left, right), 7, 7)
}
