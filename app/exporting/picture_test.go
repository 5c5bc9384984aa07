package exporting

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/workshop"
)

// TestPictures draws the dialog in all its phases, for people to look at, and
// holds that each of them is another picture in each look.
func TestPictures(t *testing.T) {
	for _, mode := range stagetest.Looks(look.Light, look.Dark) {
		for _, size := range stagetest.Looks(fyne.NewSize(1440, 900), fyne.NewSize(1280, 720)) {
			t.Run(string(mode), func(t *testing.T) { pictures(t, mode, size) })
		}
	}
}

func pictures(t *testing.T, mode look.Mode, size fyne.Size) {
	shop := newFakeShop(14)
	shop.paid[workshop.Cell{Layer: "buildings", Format: "svg"}] = paidAt
	b := open(t, shop, Options{GetCredits: func() {}, WhatAreCredits: func() {}}, stagetest.Munich(t, munich), mode, size)
	name := string(mode) + "-" + map[float32]string{1440: "large", 1280: "small"}[size.Width]
	save := func(what string) {
		stagetest.Save(t, "export-"+name+"-"+what, b.win.Canvas().Capture())
	}
	for _, c := range []workshop.Cell{{Layer: "roads-major", Format: "svg"}, {Layer: "buildings", Format: "svg"}, {Layer: "water", Format: "svg"}, {Layer: "roads-major", Format: "lbrn2"}, {Layer: "buildings", Format: "lbrn2"}, {Layer: "water", Format: "png"}} {
		b.tap(c.Layer, c.Format)
	}
	save("1-quote")
	b.openForm(2, b.view.grid.heads[2])
	save("2-options")
	b.form.popup.Hide()
	b.shop.balance.Spendable = 4
	b.reprice()
	b.Until("prices", func() bool { return b.order.known != nil })
	save("3-missing")
	b.shop.balance.Spendable = 14
	b.reprice()
	b.Until("prices", func() bool { return b.order.known != nil })
	b.affordable()
	b.shop.step <- struct{}{}
	b.shop.step <- struct{}{}
	b.Until("a job that is done", func() bool { return len(b.run.files()) > 0 && b.shows("buildings", "lbrn2").stand == writing })
	save("4-running")
	b.shop.fail["lbrn2"] = errBoom
	close(b.shop.step)
	b.Until("the end", func() bool { return b.run.over() })
	b.Until("proof", func() bool { return len(b.view.side.receipt.proofs.Objects) > 0 })
	save("5-receipt")
}
