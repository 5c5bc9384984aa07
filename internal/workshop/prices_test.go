package workshop

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// priced are three layers in two formats, water as SVG free again.
func priced() Prices {
	var p Prices
	for _, layer := range []string{"title", "roads", "water"} {
		for _, format := range []string{"svg", "dxf"} {
			p.Cells = append(p.Cells, Price{Cell: Cell{layer, format}, Credits: 1})
		}
	}
	p.Cells[4] = Price{Cell: Cell{"water", "svg"}, Charge: "MW-7K3F-21", PaidAt: time.Now()}
	return p
}

func TestWhatFitsIsWhatIsFreeAndTheFirstOfTheRest(t *testing.T) {
	t.Parallel()
	roads, title, water, waterDXF := Cell{"roads", "svg"}, Cell{"title", "dxf"}, Cell{"water", "svg"}, Cell{"water", "dxf"}
	ticked := []Cell{roads, title, water, waterDXF, roads, {"gone", "svg"}}
	for _, c := range []struct {
		spendable int
		unlimited bool
		want      []Cell
	}{
		{0, false, []Cell{water}},
		{1, false, []Cell{roads, water}},
		{2, false, []Cell{roads, title, water}},
		{3, false, []Cell{roads, title, water, waterDXF}},
		{0, true, []Cell{roads, title, water, waterDXF}},
	} {
		p := priced()
		p.Balance.Unlimited = c.unlimited
		got := p.Affordable(ticked, c.spendable)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%d credits, unlimited %t: %s", c.spendable, c.unlimited, diff)
		}
		if cost, _ := p.Total(got); !c.unlimited && cost > c.spendable {
			t.Errorf("with %d credits what fits costs %d", c.spendable, cost)
		}
	}
	if cost, free := priced().Total([]Cell{roads, water, waterDXF, {"gone", "svg"}}); cost != 2 || free != 1 {
		t.Errorf("%d credits and %d free, want 2 and 1", cost, free)
	}
}

func TestTickedCellsBecomeOneJobAFormat(t *testing.T) {
	t.Parallel()
	got := JobsOf([]Cell{{"roads", "svg"}, {"water", "dxf"}, {"water", "svg"}, {"roads", "svg"}})
	want := []ExportJob{{"svg", []string{"roads", "water"}}, {"dxf", []string{"water"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestJobsAreRefusedBeforeAnythingIsDone(t *testing.T) {
	t.Parallel()
	w, gpkg := shop(t)
	w.PluginDirs = []string{formats(t, "svg")}
	svg := ExportJob{Format: "svg"}
	for name, x := range map[string]Export{
		"no format":                {},
		"a format twice":           {Jobs: []ExportJob{svg, {" SVG", []string{"village"}}}},
		"an unknown format":        {Jobs: []ExportJob{{Format: "xyz"}}},
		"an unknown layer":         {Jobs: []ExportJob{{"svg", []string{"town"}}}},
		"a layer without a name":   {Jobs: []ExportJob{{"svg", []string{","}}}},
		"both ways at once":        {Jobs: []ExportJob{svg}, Formats: []string{"svg"}},
		"options of other formats": {Jobs: []ExportJob{svg}, Set: map[string]map[string]string{"png": {"dpi": "300"}}},
	} {
		x.Map, x.Out = gpkg, t.TempDir()
		if _, err := w.Export(t.Context(), x); err == nil || Explain(err).Code != CodeUsage {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTickedCellsAreMadeAndNoOthers is a maker's way through the export dialog:
// prices, an export of three cells, their progress, and prices after it.
func TestTickedCellsAreMadeAndNoOthers(t *testing.T) {
	t.Parallel()
	d := munichDesk(t)
	w := opened(t, Config{DataDir: t.TempDir(), PluginDirs: []string{formats(t, "svg", "png")}})
	both := []string{"svg", "png"}
	before, err := w.Prices(t.Context(), d.Path(), both, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(d.Map().Layers); len(before.Cells) != 2*n || before.Balance.Spendable != 18 {
		t.Fatalf("%d prices of %d layers, %d credits", len(before.Cells), n, before.Balance.Spendable)
	}
	ticked := []Cell{{"roads-minor", "svg"}, {"buildings", "svg"}, {"buildings", "png"}}
	if cost, free := before.Total(ticked); cost != 3 || free != 0 {
		t.Errorf("%d credits, %d free", cost, free)
	}

	var ends []ExportProgress
	got, err := w.Export(t.Context(), Export{
		Map: d.Path(), Jobs: JobsOf(ticked), Out: t.TempDir(), Files: ExportLayerFiles,
		Progress: func(p ExportProgress) {
			if p.Ended {
				ends = append(ends, p)
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	var made []Cell
	for _, j := range got.Result.Jobs {
		for _, l := range j.Layers {
			made = append(made, Cell{l.Name, j.Format})
		}
		if len(j.Files) != len(j.Layers) {
			t.Errorf("%d files of %d layers as %s", len(j.Files), len(j.Layers), j.Format)
		}
	}
	slices.SortFunc(made, func(a, b Cell) int { return slices.Index(ticked, a) - slices.Index(ticked, b) })
	if diff := cmp.Diff(ticked, made); diff != "" || got.Total != 3 || got.After.Balance != 15 {
		t.Errorf("%d credits spent, %d left %s", got.Total, got.After.Balance, diff)
	}
	if len(ends) != 2 || ends[0].Now.State != ExportDone || ends[1].Whole != 1 {
		t.Errorf("the ends of the jobs: %+v", ends)
	}

	after, err := w.Prices(t.Context(), d.Path(), both, map[string]map[string]string{"png": {"dpi": "508"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range after.Cells {
		want := 1
		if p.Format == "svg" && slices.Contains(ticked, p.Cell) {
			want = 0
		}
		if p.Credits != want || (p.Charge == "") != (want == 1) || p.PaidAt.IsZero() != (want == 1) {
			t.Errorf("%s as %s: %+v, want %d credits (the PNG at another resolution)", p.Layer, p.Format, p, want)
		}
	}
	again, err := w.Export(t.Context(), Export{Map: d.Path(), Jobs: JobsOf(ticked), Out: t.TempDir(), Files: ExportLayerFiles})
	if err != nil || again.Total != 0 || again.After.Balance != 15 {
		t.Errorf("again: %d credits, %d left (%v)", again.Total, again.After.Balance, err)
	}
}

// TestALayerThatOnlyOneFormatLeavesOutIsNamedWithIt: score under an equal cut
// burns nothing where both are exported, and is there where it is alone.
func TestALayerThatOnlyOneFormatLeavesOutIsNamedWithIt(t *testing.T) {
	t.Parallel()
	w, gpkg := shop(t)
	w.PluginDirs = []string{formats(t, "svg", "png")}
	twin := Import{Map: gpkg, Source: sourceOf(t), Layer: "twin"}
	if _, err := w.Import(t.Context(), twin); err != nil {
		t.Fatal(err)
	}
	if err := w.SetLayer(t.Context(), gpkg, "twin", map[string]string{"operation": "cut", "setting": "outer"}); err != nil {
		t.Fatal(err)
	}
	got, err := w.Export(t.Context(), Export{
		Map: gpkg, Out: t.TempDir(), DryRun: true,
		Jobs: []ExportJob{{"svg", []string{"village", "twin"}}, {"png", []string{"village"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Skipped) != 1 || got.Skipped[0].Layer != "village" || !slices.Equal(got.Skipped[0].Formats, []string{"svg"}) {
		t.Errorf("left out: %+v", got.Skipped)
	}
	if got.Total != 2 {
		t.Errorf("%d credits, want one for twin as SVG and one for village as PNG", got.Total)
	}
	all, err := w.Export(t.Context(), Export{Map: gpkg, Out: t.TempDir(), DryRun: true, Formats: []string{"svg", "png"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(all.Skipped) != 1 || all.Skipped[0].Formats != nil || all.Total != 2 {
		t.Errorf("of all layers: left out %+v, %d credits", all.Skipped, all.Total)
	}
	one, err := w.Export(t.Context(), Export{Map: gpkg, Out: t.TempDir(), DryRun: true, Formats: []string{"svg"}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(one.Findings, all.Findings); diff != "" {
		t.Errorf("two formats of the same layers repeat findings: %s", diff)
	}
}

func TestUnlimitedPricesSaySo(t *testing.T) {
	t.Parallel()
	w, gpkg := shop(t)
	w.PluginDirs = []string{formats(t, "svg")}
	if _, err := w.ChangePlan(t.Context(), "creator"); err != nil {
		t.Fatal(err)
	}
	p, err := w.Prices(t.Context(), gpkg, []string{"svg"}, nil)
	if err != nil || !p.Balance.Unlimited || len(p.Affordable([]Cell{{"village", "svg"}}, 0)) != 1 {
		t.Errorf("%+v, %v", p, err)
	}
}

// TestPricesLeaveOutWhatNeverBurnsAndRefuseWrongOptions: a helper line has no
// price, and a price for options that no export takes would be a lie.
func TestPricesLeaveOutWhatNeverBurnsAndRefuseWrongOptions(t *testing.T) {
	t.Parallel()
	w, gpkg := shop(t)
	w.PluginDirs = []string{formats(t, "svg")}
	if err := w.AddLayer(t.Context(), gpkg, "ruler", map[string]string{"operation": "guide"}); err != nil {
		t.Fatal(err)
	}
	p, err := w.Prices(t.Context(), gpkg, []string{" SVG"}, nil)
	if err != nil || len(p.Cells) != 1 || p.Cells[0].Cell != (Cell{"village", "svg"}) {
		t.Errorf("%+v, %v", p.Cells, err)
	}
	if _, err := w.Prices(t.Context(), gpkg, []string{"svg"}, map[string]map[string]string{"svg": {"colour": "x"}}); Explain(err).Code != CodeUsage {
		t.Errorf("an option that there is not: %v", err)
	}
	if _, err := w.Prices(t.Context(), gpkg, []string{"xyz"}, nil); Explain(err).Code != CodeUsage {
		t.Errorf("an unknown format: %v", err)
	}
}

func BenchmarkPricesOfMunich(b *testing.B) {
	w, gpkg := munichWhole(b)
	for b.Loop() {
		if _, err := w.Prices(b.Context(), gpkg, []string{"svg", "png"}, nil); err != nil {
			b.Fatal(err)
		}
	}
}
