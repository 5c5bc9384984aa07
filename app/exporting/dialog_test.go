package exporting

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

func row(id string, o artwork.Operation, visible bool) carto.AddLayer {
	return carto.AddLayer{At: carto.Top, Layer: carto.Layer{
		ID: carto.LayerID(id), Name: id, Operation: o, Strategy: "centreline", Visible: visible, CRS: "EPSG:4326",
	}, Features: []carto.Feature{{Geometry: orb.LineString{{11.575, 48.137}, {11.576, 48.138}}}}}
}

// village is a map of four layers, from the top: a helper line, roads, a hidden
// path, water.
func village(t *testing.T, spendable int, o Options) *bench {
	t.Helper()
	s := stagetest.New(t, row("water", artwork.Cut, true), row("path", artwork.Score, false), row("roads", artwork.Score, true), row("axis", artwork.Guide, true))
	return open(t, newFakeShop(spendable), o, s, look.Light, fyne.NewSize(1440, 900))
}

func (b *bench) press(button *parts.Button) { test.Tap(button) }

// run lets an export that was started go to its end.
func (b *bench) toTheEnd() {
	b.t.Helper()
	close(b.shop.step)
	b.Until("the end of the export", func() bool { return !b.Running() })
}

func (b *bench) wantButton(label string, enabled bool) {
	b.t.Helper()
	if got := b.view.main.Label(); got != label || b.view.main.Disabled() == enabled {
		b.t.Errorf("the button says %q (disabled: %t), want %q", got, b.view.main.Disabled(), label)
	}
}

func TestThePriceIsOnTheButtonBeforeAnythingIsSpent(t *testing.T) {
	b := village(t, 14, Options{})
	b.wantButton("Export", false)
	b.tap("roads", "svg")
	b.tap("water", "svg")
	b.tap("water", "dxf")
	b.wantButton("Export 2 files for 3 credits", true)
	if got := b.view.side.said; got != "2 files with 3 layers: 3 at one credit. 11 will be left." {
		t.Errorf("the price card says %q", got)
	}
	b.want("roads", "svg", quoted)
	b.view.side.files.Select(1)
	b.wantButton("Export 3 files for 3 credits", true)
	b.tap("roads", "svg")
	b.want("roads", "svg", notWanted)
	b.wantButton("Export 2 files for 2 credits", true)
}

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
	if n := b.Notices[0]; n.Title != "Saved again, free" || n.Text != "water as SVG is unchanged since 9 November." {
		t.Errorf("said %q, %q", n.Title, n.Text)
	}
}

func TestHelperLinesAreNotOfferedAndHiddenLayersStayOut(t *testing.T) {
	b := village(t, 14, Options{})
	if n := len(b.order.layers); n != 3 {
		t.Fatalf("%d layers are offered", n)
	}
	if got := b.view.out.Text; got != "Two layers stay out: path is hidden, axis is never burned." {
		t.Errorf("said %q", got)
	}
	test.Tap(b.view.ticks.Objects[0].(*parts.Button))
	b.want("path", "svg", notWanted)
	b.want("roads", "lbrn2", quoted)
	if n := len(b.order.ticked); n != 8 {
		t.Errorf("tick all ticked %d cells of 2 layers in 4 formats", n)
	}
	b.tap("path", "svg")
	b.want("path", "svg", quoted)
	if got := b.view.out.Text; got != "One layer stays out: axis is never burned." {
		t.Errorf("said %q", got)
	}
	test.Tap(b.view.ticks.Objects[1].(*parts.Button))
	b.wantButton("Export", false)
}

func TestMissingCreditsAreSaidAndTheFirstLayersAreOffered(t *testing.T) {
	asked := 0
	b := village(t, 2, Options{GetCredits: func() { asked++ }})
	for _, format := range []string{"svg", "dxf"} {
		b.tap("roads", format)
		b.tap("water", format)
	}
	if got := b.view.side.said; got != "2 credits are missing. This export needs 4, you have 2. Nothing was started." {
		t.Errorf("said %q", got)
	}
	b.want("roads", "dxf", quoted)
	b.want("water", "svg", beyond)
	b.wantButton("Export these 2 for 2 credits", true)
	b.press(b.view.side.get)
	if asked != 1 {
		t.Error("getting credits leads nowhere")
	}
	b.press(b.view.main)
	b.toTheEnd()
	want := []workshop.ExportJob{{Format: "svg", Layers: []string{"roads"}}, {Format: "dxf", Layers: []string{"roads"}}}
	if got := b.shop.lastRun().Jobs; !slices.EqualFunc(got, want, func(a, b workshop.ExportJob) bool {
		return a.Format == b.Format && slices.Equal(a.Layers, b.Layers)
	}) {
		t.Errorf("exported %+v, want %+v", got, want)
	}
}

func TestUntickingWhatIsMissingStartsNothing(t *testing.T) {
	b := village(t, 1, Options{})
	b.tap("roads", "svg")
	b.tap("water", "svg")
	b.press(b.view.side.untick)
	b.want("water", "svg", notWanted)
	b.wantButton("Export 1 file for 1 credit", true)
	if len(b.shop.runs) != 0 {
		t.Error("an export was started")
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
	if n := b.Notices[0]; n.Title != "2 files are in place" || n.Text != "3 credits spent. 11 left." {
		t.Errorf("said %q, %q", n.Title, n.Text)
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
	n := b.Notices[0]
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
	if n := b.Notices[0]; n.Title != "Stopped" || n.Text != "1 file is in place, 1 credit spent. The others cost nothing." {
		t.Errorf("said %q, %q", n.Title, n.Text)
	}
}

func TestKeepWorkingClosesTheDialogAndNotTheExport(t *testing.T) {
	b := village(t, 14, Options{})
	b.tap("roads", "svg")
	b.press(b.view.main)
	b.shop.step <- struct{}{}
	b.Until("the job", func() bool { return b.shows("roads", "svg").stand == writing })
	b.press(b.view.main)
	if b.Shown() || !b.Running() || b.win.Canvas().Overlays().Top() != nil {
		t.Fatal("the dialog is not closed, or the export ended with it")
	}
	b.Dialog.Show()
	b.want("roads", "svg", writing)
	b.Dialog.Close()
	b.toTheEnd()
	if n := b.Notices[0]; n.Title != "1 file is in place" {
		t.Errorf("said %q", n.Title)
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
		{&workshop.Error{Code: workshop.CodeCheck, Err: errors.New("2 outlines are not closed. Nothing was charged.")}, "Nothing was exported", "2 outlines are not closed. Nothing was charged.", stage.KindWarning},
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

func TestAnUnlimitedPlanHasNoPrice(t *testing.T) {
	s := stagetest.New(t, row("water", artwork.Cut, true))
	shop := newFakeShop(0)
	shop.balance.Unlimited = true
	b := open(t, shop, Options{}, s, look.Light, fyne.NewSize(1440, 900))
	b.tap("water", "svg")
	b.tap("water", "dxf")
	b.wantButton("Export 2 files", true)
	if b.view.side.figure.Text != "∞" || b.view.side.tokens.Visible() {
		t.Errorf("the price card shows %q", b.view.side.figure.Text)
	}
	b.want("water", "svg", counted)
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
	b.Dialog.Close()
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

func TestTheKeyboardReachesEveryCell(t *testing.T) {
	b := village(t, 14, Options{})
	if b.win.Canvas().Focused() != fyne.Focusable(b.view.grid.cells) {
		t.Fatal("the grid has not the keyboard")
	}
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyEnd, fyne.KeySpace, fyne.KeyHome, fyne.KeyUp, fyne.KeySpace} {
		b.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
	b.want("water", "lbrn2", quoted)
	b.want("path", "svg", quoted)
	b.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.Shown() {
		t.Error("Escape does not close the dialog")
	}
}

func TestOptionsOfAFormatChangeWhatIsAskedFor(t *testing.T) {
	b := village(t, 14, Options{})
	b.shop.paid[workshop.Cell{Layer: "roads", Format: "png"}] = paidAt
	b.reprice()
	b.Until("prices", func() bool { return b.order.known != nil })
	b.tap("roads", "png")
	b.want("roads", "png", freeAgain)
	test.Tap(b.view.grid.heads[2])
	dpi, ok := b.form.fields["dpi"].(*parts.NumberField)
	if !ok {
		t.Fatalf("the resolution is a %T", b.form.fields["dpi"])
	}
	dpi.OnCommitted(300)
	b.Until("prices", func() bool { return b.order.known != nil })
	b.want("roads", "png", quoted)
	if got := b.view.grid.heads[2].caption; got != "300 dpi" {
		t.Errorf("the head says %q", got)
	}
	dpi.OnCommitted(600)
	b.Until("prices", func() bool { return b.order.known != nil })
	b.want("roads", "png", freeAgain)
}

func TestWhatTheCheckRefusesIsNotStarted(t *testing.T) {
	far := row("far", artwork.Cut, true)
	far.Features[0].Geometry = orb.LineString{{12.5, 48.9}, {12.6, 48.9}}
	s := stagetest.New(t, far, row("roads", artwork.Score, true))
	b := open(t, newFakeShop(9), Options{}, s, look.Light, fyne.NewSize(1440, 900))
	b.tap("far", "svg")
	b.tap("roads", "svg")
	b.wantButton("Export 1 file for 2 credits", false)
	if len(b.order.blocked()) != 1 || b.view.side.checks.shown[0].text != "far: nothing to burn" {
		t.Errorf("the checks say %+v", b.view.side.checks.shown)
	}
	untick, ok := stagetest.Find(b.view.side.checks.lines, func(x *parts.Button) bool { return x.Label() == "Untick" })
	if !ok {
		t.Fatal("nothing leads out of it")
	}
	b.press(untick)
	b.want("far", "svg", notWanted)
	b.wantButton("Export 1 file for 1 credit", true)
}

func TestABrokenFormatIsShownAndCantBeTicked(t *testing.T) {
	s := stagetest.New(t, row("roads", artwork.Score, true))
	shop := newFakeShop(9)
	shop.formats[1].Err = errors.New("its program was changed")
	shop.formats[2].Manifest.Options[0].Default = nil
	b := open(t, shop, Options{}, s, look.Light, fyne.NewSize(1440, 900))
	b.tap("roads", "dxf")
	b.want("roads", "dxf", refused)
	b.tap("roads", "png") // its resolution has to be set first: the form opens
	b.want("roads", "png", refused)
	if b.form == nil || b.form.format.id != "png" {
		t.Fatal("nothing asks for what is needed")
	}
	entry := b.form.fields["dpi"].(*fyne.Container).Objects[1].(*textField)
	entry.SetText("7")
	entry.FocusLost()
	b.want("roads", "png", refused)
	entry.SetText("300")
	entry.FocusLost()
	b.Until("prices", func() bool { return b.order.known != nil })
	b.want("roads", "png", notWanted)
	b.form.popup.Hide()
	b.tap("roads", "png")
	b.want("roads", "png", quoted)
}

func TestPricesThatCantBeToldAreNoPrice(t *testing.T) {
	s := stagetest.New(t, row("roads", artwork.Score, true))
	shop := newFakeShop(9)
	shop.broken = errors.New("the purse is damaged")
	b := open(t, shop, Options{}, s, look.Light, fyne.NewSize(1440, 900))
	b.tap("roads", "svg")
	b.wantButton("Export 1 file", false)
	if got := b.view.side.said; got != "The purse is damaged." {
		t.Errorf("said %q", got)
	}
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
