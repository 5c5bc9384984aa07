package exporting

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/workshop"
)

// realShop is a workshop with a new account and the SVG and PNG formats.
func realShop(t *testing.T) *workshop.Workshop {
	t.Helper()
	plugins := t.TempDir()
	for _, id := range []string{"svg", "png"} {
		build := exec.CommandContext(t.Context(), "sh", "internal/tools/plugin.sh", id, plugins)
		build.Dir = "../.."
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("building %s: %v\n%s", id, err, out)
		}
	}
	w, err := workshop.Open(workshop.Config{DataDir: t.TempDir(), PluginDirs: []string{plugins}})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestAMakerExportsMunich is the whole of it with nothing faked: prices, a run
// of two plugins, what is spent, and what is free afterwards.
func TestAMakerExportsMunich(t *testing.T) {
	s := stagetest.Munich(t, munich)
	shop := realShop(t)
	win := stagetest.Window(t, look.Light, fyne.NewSize(1440, 900), func(fyne.Window) fyne.CanvasObject { return fill{name: "background"}.surface() })
	b := &bench{Scene: s, t: t, win: win}
	b.Dialog = Show(win, s.Stage, shop, Options{})
	t.Cleanup(b.Close)
	s.Settled()
	priced := func() bool { return b.order.known != nil }
	b.Until("prices", priced)
	had := b.order.known.Balance.Spendable
	for _, c := range []workshop.Cell{{Layer: "roads-major", Format: "svg"}, {Layer: "water", Format: "svg"}, {Layer: "water", Format: "png"}} {
		b.tap(c.Layer, c.Format)
	}
	b.wantButton("Export 2 files for 3 credits", true)
	b.press(b.view.main)
	b.Until("the end", func() bool { return !b.Running() })
	for _, c := range []workshop.Cell{{Layer: "roads-major", Format: "svg"}, {Layer: "water", Format: "svg"}, {Layer: "water", Format: "png"}} {
		b.want(c.Layer, c.Format, inPlace)
	}
	folder := filepath.Dir(s.Desk.Path())
	for _, f := range []string{"munich.svg", "munich.png"} {
		if info, err := os.Stat(filepath.Join(folder, f)); err != nil || info.Size() < 1000 {
			t.Errorf("%s: %v", f, err)
		}
	}
	spent, _, _ := b.run.credits()
	if after := b.run.result.After.Spendable; spent != 3 || after != had-3 {
		t.Errorf("%d credits spent, %d of %d left", spent, after, had)
	}
	for _, j := range b.run.ordered() {
		for _, l := range j.Layers {
			if !strings.HasPrefix(l.Charge, "MW-") {
				t.Errorf("the charge of %s is called %q", l.Name, l.Charge)
			}
		}
	}
	b.Until("the drawing of the file", func() bool { return len(b.view.side.receipt.proofs.Objects) == 1 })
	var listed []string
	for _, path := range b.view.side.receipt.listed {
		listed = append(listed, filepath.Base(path))
	}
	slices.Sort(listed)
	if !slices.Equal(listed, []string{"munich.png", "munich.svg"}) || len(b.view.side.receipt.files.Objects) != 2 {
		t.Errorf("the receipt lists %q", listed)
	}
	stagetest.Save(t, "export-real-receipt", win.Canvas().Capture())
	b.again()
	b.Until("prices", priced)
	b.wantButton("Export 2 files, free", true)
	roads, err := s.Stage.Map().FindLayer("roads-major")
	if err != nil {
		t.Fatal(err)
	}
	s.Stage.SetLayer(roads.ID, map[string]string{"strategy": "centreline", "operation": "score"})
	b.Until("the price of the layer that was changed", func() bool { return priced() && b.shows("roads-major", "svg").stand == quoted })
	b.want("water", "svg", freeAgain)
	b.wantButton("Export 2 files for 1 credit", true)
}
