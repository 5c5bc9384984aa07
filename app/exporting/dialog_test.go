package exporting

import (
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
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
	escape := func() { b.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape}) }
	escape()
	if !b.Shown() || b.form.popup.Visible() {
		t.Error("Escape closes more than the options, or less")
	}
	escape()
	if b.Shown() {
		t.Error("a second Escape leaves the dialog open")
	}
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

func TestOpeningTheDialogTwiceShowsItOnce(t *testing.T) {
	b := village(t, 14, Options{})
	b.tap("roads", "svg")
	if again := Show(b.win, b.Stage, b.shop, Options{}); again != b.Dialog || len(b.win.Canvas().Overlays().List()) != 1 {
		t.Error("a second dialog lies over the first")
	}
	b.want("roads", "svg", quoted)
}

func TestOfflineOnlyTheCreditsOfThisComputerCount(t *testing.T) {
	s := stagetest.New(t, row("roads", artwork.Score, true))
	shop := newFakeShop(2)
	shop.contact = workshop.Contact{Server: "https://example.org", Session: workshop.SessionOpen, Asked: true}
	b := open(t, shop, Options{}, s, look.Light, fyne.NewSize(1440, 900))
	b.tap("roads", "svg")
	if got := b.view.side.said; got != "1 file: 1 at one credit. 1 will be left. Offline: only the credits on this computer count." {
		t.Errorf("said %q", got)
	}
	shop.contact, shop.balance.Spendable = workshop.Contact{Server: "https://example.org", Session: workshop.SessionOver, Asked: true, Reached: true}, 0
	b.reprice()
	b.Until("prices", func() bool { return b.order.known != nil })
	if got := b.view.side.said; got != "Sign in to export. Nothing was started." {
		t.Errorf("said %q", got)
	}
	if !b.view.main.Disabled() {
		t.Error("nobody is signed in, and an export can be started")
	}
}

func TestAnEditWhileTheDialogIsOpenIsPricedAnew(t *testing.T) {
	b := village(t, 14, Options{})
	b.tap("roads", "svg")
	asked := len(b.shop.asked)
	b.Stage.Edit("The layer was not removed", carto.RemoveLayer{Layer: "roads"})
	b.Until("the map without roads", func() bool { return len(b.order.layers) == 2 && b.order.known != nil })
	if len(b.shop.asked) == asked || len(b.order.ticked) != 0 {
		t.Errorf("asked %d times for prices, %d cells are ticked", len(b.shop.asked), len(b.order.ticked))
	}
	b.wantButton("Export", false)
}

// TestACaptionSaysWhatAFormatIsFor: "any" below the name of a format says
// nothing.
func TestACaptionSaysWhatAFormatIsFor(t *testing.T) {
	t.Parallel()
	f := format{extension: "svg", options: []workshop.FormatOption{
		{Key: "target", Title: "For", Default: "any", Enum: []string{"any", "xtool"}},
		{Key: "units", Title: "Units", Default: "mm", Enum: []string{"mm", "in"}},
	}, set: map[string]string{}}
	if got := f.caption(); got != "for any, mm" {
		t.Errorf("the caption is %q", got)
	}
	f.set["target"] = "xtool"
	if got := f.caption(); got != "xtool, mm" {
		t.Errorf("the caption is %q", got)
	}
}
