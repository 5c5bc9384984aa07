package exporting

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

func TestWhatIsPaidForSaysFreeAgain(t *testing.T) {
	s := stagetest.New(t, row("water", artwork.Cut, true))
	shop := newFakeShop(3)
	shop.paid[workshop.Cell{Layer: "water", Format: "svg"}] = paidAt
	b := open(t, shop, Options{}, s, look.Light, fyne.NewSize(1440, 900))
	b.tap("water", "svg")
	b.want("water", "svg", freeAgain)
	b.wantButton("Export 1 file, free", true)
	b.press(b.view.main)
	b.toTheEnd()
	b.want("water", "svg", placedFree)
	if n := *b.said; n.Title != "Saved again, free" || n.Text != "water as SVG is unchanged since 9 November." {
		t.Errorf("said %q, %q", n.Title, n.Text)
	}
}

func TestTheGridBecomesTheProgressAndThenTheReceipt(t *testing.T) {
	spent := 0
	b := village(t, 14, Options{Spent: func() { spent++ }})
	b.tap("roads", "svg")
	b.tap("water", "svg")
	b.tap("water", "png")
	b.press(b.view.main)
	b.want("roads", "svg", waiting)
	b.want("roads", "png", left)
	if jobs := b.Stage.Jobs(); len(jobs) != 1 || jobs[0].Name() != "Exporting munich" || !jobs[0].CanStop() {
		t.Errorf("the status bar shows %d jobs", len(jobs))
	}
	b.shop.step <- struct{}{} // all is held
	b.Until("the first job", func() bool { return b.shows("roads", "svg").stand == writing })
	if f := b.shows("water", "svg"); f.stand != writing || f.done != 0.41 {
		t.Errorf("water in SVG shows %+v", f)
	}
	b.want("water", "png", waiting)
	b.shop.step <- struct{}{}
	b.Until("the first file", func() bool { return len(b.run.files()) == 1 })
	b.want("roads", "svg", inPlace)
	b.toTheEnd()
	b.want("water", "png", inPlace)
	if got := b.view.side.receipt.title.Text; got != "2 of 2 files in place" {
		t.Errorf("the receipt says %q", got)
	}
	if len(b.Notices) > 0 || b.said != nil {
		t.Errorf("the receipt is told a second time, in %v and %v", b.Notices, b.said)
	}
	if spent != 1 || len(b.Stage.Jobs()) != 0 {
		t.Errorf("the corner was told %d times, %d jobs are left", spent, len(b.Stage.Jobs()))
	}
	b.press(b.view.side.receipt.tell)
	if n := len(b.view.side.receipt.charges.Objects); n != 3 || !b.view.side.receipt.charges.Visible() {
		t.Errorf("%d charge numbers are shown", n)
	}
	b.Until("the proof", func() bool { return len(b.view.side.receipt.proofs.Objects) == 1 })
	b.press(b.view.quiet) // export again
	b.Until("prices", func() bool { return b.order.known != nil })
	b.wantButton("Export 2 files, free", true)
}

func TestAFailedFormatCostsNothingAndCanBeTriedAgain(t *testing.T) {
	b := village(t, 14, Options{})
	b.tap("roads", "svg")
	b.tap("water", "dxf")
	b.shop.fail["dxf"] = errBoom
	b.press(b.view.main)
	b.toTheEnd()
	b.want("water", "dxf", notMade)
	b.want("roads", "svg", inPlace)
	n := *b.said
	if n.Title != "DXF of water was not made" || n.Text != "The plugin stopped at 41 %. No credit was spent. 1 file is in place." {
		t.Errorf("said %q, %q", n.Title, n.Text)
	}
	if said := b.run.said(); !strings.Contains(said, "unexpected end of the layer") {
		t.Errorf("what it said is %q", said)
	}
	n.Actions[0].Do()
	b.Until("prices", func() bool { return b.order.known != nil })
	b.want("roads", "svg", notWanted)
	b.want("water", "dxf", quoted)
	b.wantButton("Export 1 file for 1 credit", true)
}

func TestCancellingTheRestKeepsWhatIsDone(t *testing.T) {
	b := village(t, 14, Options{})
	b.tap("roads", "svg")
	b.tap("water", "dxf")
	b.press(b.view.main)
	b.shop.step <- struct{}{}
	b.shop.step <- struct{}{}
	b.Until("the second job", func() bool { return b.shows("water", "dxf").stand == writing })
	b.press(b.view.quiet)
	b.Until("the end", func() bool { return !b.Running() })
	b.want("roads", "svg", inPlace)
	b.want("water", "dxf", stopped)
	if n := *b.said; n.Title != "Stopped" || n.Text != "1 file is in place, 1 credit spent. The others cost nothing." {
		t.Errorf("said %q, %q", n.Title, n.Text)
	}
}

// The second click of a double click on the button that exports meets another
// button in its place.
func TestADoubleClickStartsOneExportAndLeavesTheDialogOpen(t *testing.T) {
	b := village(t, 14, Options{})
	now := b.now()
	b.now = func() time.Time { return now }
	b.tap("roads", "svg")
	b.press(b.view.main)
	now = now.Add(250 * time.Millisecond)
	b.press(b.view.main)
	if !b.Shown() || !b.Running() || len(b.Stage.Jobs()) != 1 {
		t.Errorf("the dialog is open: %v, exports: %d", b.Shown(), len(b.Stage.Jobs()))
	}
	now = now.Add(time.Second)
	b.press(b.view.main)
	if b.Shown() {
		t.Error("keep working does nothing")
	}
	b.toTheEnd()
	if n := len(b.shop.runs); n != 1 {
		t.Errorf("%d exports were made", n)
	}
}

func TestKeepWorkingClosesTheDialogAndNotTheExport(t *testing.T) {
	b := village(t, 14, Options{})
	b.tap("roads", "svg")
	b.press(b.view.main)
	b.shop.step <- struct{}{}
	b.Until("the job", func() bool { return b.shows("roads", "svg").stand == writing })
	b.now = func() time.Time { return b.run.began.Add(time.Minute) }
	b.press(b.view.main)
	if b.Shown() || !b.Running() || b.win.Canvas().Overlays().Top() != nil {
		t.Fatal("the dialog is not closed, or the export ended with it")
	}
	b.Show()
	b.want("roads", "svg", writing)
	b.Close()
	b.toTheEnd()
	if n := b.Notices[0]; n.Title != "1 file is in place" || n.Text != "1 credit spent. 13 left." {
		t.Errorf("said %q, %q", n.Title, n.Text)
	}
}

func TestARefusalLeavesTheChoiceAndSaysWhy(t *testing.T) {
	b := village(t, 14, Options{})
	online := &workshop.ServerNeededError{Need: workshop.NeedOnline, Err: errors.New("no lease")}
	online.Purse.Balance.Balance, online.Purse.Balance.AsOf = 14, paidAt.AddDate(0, 0, -18)
	for _, c := range []struct {
		refuse      error
		title, text string
		kind        stage.Kind
	}{
		{&workshop.NotEnoughError{Needed: 6, Spendable: 4, Missing: 2}, "2 credits are missing", "This export needs 6, you have 4. Nothing was started.", stage.KindCredits},
		{online, "Go online once to export", "Last synced on 22 October. Your 14 credits are safe.", stage.KindOffline},
		{&workshop.Error{Code: workshop.CodeCheck, Err: errors.New("2 outlines are not closed; nothing was charged")}, "Nothing was exported", "2 outlines are not closed; nothing was charged.", stage.KindWarning},
	} {
		b.order.clear()
		b.tap("roads", "svg")
		b.shop.refuse = c.refuse
		b.press(b.view.main)
		b.shop.step <- struct{}{}
		b.Until("the refusal", func() bool { return b.run == nil && b.order.known != nil })
		if b.said == nil || b.said.Title != c.title || b.said.Text != c.text || b.said.Kind != c.kind {
			t.Errorf("said %+v, want %q, %q", b.said, c.title, c.text)
		}
		b.want("roads", "svg", quoted)
	}
}

func TestTheLastExportIsMadeAgainWithItsOptions(t *testing.T) {
	m := &memory{}
	b := village(t, 14, Options{Memory: m})
	b.tap("roads", "svg")
	b.order.format("svg").put(b.order.formats[0].options[0], "any")
	b.view.side.files.Select(1)
	folder := t.TempDir()
	b.pick = func(_ string, picked func(string)) { picked(folder) }
	b.choose()
	b.reprice()
	b.Until("prices", func() bool { return b.order.known != nil })
	b.press(b.view.main)
	b.toTheEnd()
	b.Close()
	x := b.shop.lastRun()
	if x.Out != folder || x.Set["svg"]["target"] != "any" || x.Files != workshop.ExportLayerFiles {
		t.Errorf("exported %+v", x)
	}
	next := open(t, newFakeShop(14), Options{Memory: m}, b.Scene, look.Light, fyne.NewSize(1440, 900))
	if next.folder != folder || next.order.format("svg").set["target"] != "any" || len(next.order.ticked) != 0 {
		t.Errorf("opens with folder %s, %v and %d ticks", next.folder, next.order.format("svg").set, len(next.order.ticked))
	}
	next.press(next.view.same)
	next.Until("prices", func() bool { return next.order.known != nil })
	next.want("roads", "svg", quoted)
	next.wantButton("Export 1 file for 1 credit", true)
}

func TestTheFolderOfTheFilesIsShown(t *testing.T) {
	opened := make(chan string, 1)
	b := village(t, 14, Options{OpenFolder: func(_ context.Context, folder string) error {
		opened <- folder
		return errors.New("there is no file manager")
	}})
	b.tap("roads", "svg")
	b.press(b.view.main)
	b.toTheEnd()
	b.press(b.view.side.receipt.open)
	if got, want := <-opened, filepath.Dir(b.Desk.Path()); got != want {
		t.Errorf("opened %s, the files are in %s", got, want)
	}
	b.Until("what went wrong", func() bool { return b.said != nil && b.said.Title == "The folder was not shown" })
}

func TestNothingStartsThatCantBePaidOrMade(t *testing.T) {
	far := row("far", artwork.Cut, true)
	far.Features[0].Geometry = orb.LineString{{12.5, 48.9}, {12.6, 48.9}}
	s := stagetest.New(t, far, row("roads", artwork.Score, true))
	b := open(t, newFakeShop(1), Options{}, s, look.Light, fyne.NewSize(1440, 900))
	b.tap("far", "svg")
	b.start()
	b.tap("far", "svg")
	b.tap("roads", "svg")
	b.tap("roads", "dxf")
	b.start()
	if b.run != nil || len(b.Stage.Jobs()) != 0 {
		t.Error("an export was started that the check refuses, or that there are no credits for")
	}
}
