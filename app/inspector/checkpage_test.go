package inspector

import (
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

// faulty is a map with something to mend: a layer with nothing in it, areas of
// an operation that can't fill, and a piece that would be lost.
func faulty(t *testing.T) (*stagetest.Scene, *Inspector, *[]workshop.Finding) {
	t.Helper()
	square := func(x, y, side float64) carto.Feature {
		return carto.Feature{Geometry: orb.Polygon{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}}}
	}
	s := stagetest.New(t,
		carto.AddLayer{Layer: carto.Layer{ID: "none", Name: "none", Operation: artwork.Score, Strategy: "centreline", Visible: true}},
		carto.AddLayer{At: carto.Top, Features: []carto.Feature{square(11.575, 48.137, 0.0001), square(11.577, 48.138, 0.002)}, Layer: carto.Layer{
			ID: "pieces", Name: "pieces", Operation: artwork.Cut, Strategy: "outline", Visible: true, CRS: "EPSG:4326",
		}},
		carto.AddLayer{At: carto.Top, Features: []carto.Feature{square(11.571, 48.135, 0.001)}, Layer: carto.Layer{
			ID: "lake", Name: "lake", Operation: artwork.Score, Strategy: "filled", Visible: true, CRS: "EPSG:4326",
		}},
	)
	i, _, shown := inspectorOf(t, s, look.Light, fyne.NewSize(312, 812))
	s.Settled()
	i.ShowCheck()
	return s, i, shown
}

func (p *checkPage) of(kind string) int {
	for n, f := range p.findings {
		if f.Kind == kind {
			return n
		}
	}
	return -1
}

func TestFindingsAreListedGravestFirstAndCounted(t *testing.T) {
	s, i, _ := faulty(t)
	p := i.check
	for _, kind := range []string{"empty-layer", "too-small", "not-filled"} {
		if p.of(kind) < 0 {
			t.Fatalf("%s is missing in %+v", kind, p.findings)
		}
	}
	for n := 1; n < len(p.findings); n++ {
		if parts.SeverityOf(p.findings[n-1].Severity) > parts.SeverityOf(p.findings[n].Severity) {
			t.Errorf("%q comes before %q", p.findings[n-1].Severity, p.findings[n].Severity)
		}
	}
	n, worst := p.toMend()
	if n == 0 || worst != parts.LookAt {
		t.Errorf("%d to mend, the worst %d", n, worst)
	}
	if got := len(s.Stage.Checked().Findings); got != len(p.list) || got != len(p.findings) {
		t.Errorf("%d of %d findings are shown", len(p.list), got)
	}
	if p.when.Text != "checked just now, free" || !strings.Contains(p.title.Text, "finding") {
		t.Errorf("%q, %q", p.title.Text, p.when.Text)
	}
	for _, f := range p.findings {
		if titleOfKind(f.Kind) == f.Kind || f.Message == "" {
			t.Errorf("%+v has no words", f)
		}
	}
}

// The title counts what the last check found, also while the next one is not
// there yet: so many cards there are.
func TestAPageThatIsSeenBetweenTwoChecksHasItsCards(t *testing.T) {
	s, i, _ := faulty(t)
	i.ShowLayer()
	i.check.list, i.check.built = nil, nil // as if it had not been seen before
	seen := false
	s.Stage.OnChange(func(stage.Change) {
		if s.Stage.Checked() != nil || seen {
			return
		}
		seen = true
		i.ShowCheck()
		if n := len(i.check.list); n == 0 || n != len(i.check.findings) {
			t.Errorf("%d of %d findings have a card, %q", n, len(i.check.findings), i.check.title.Text)
		}
	})
	s.Stage.SetLayer("pieces", map[string]string{"min-area": "0.5"})
	s.Until("a check of the new drawing", func() bool { return seen && s.Stage.Checked() != nil })
	if got := len(s.Stage.Checked().Findings); got != len(i.check.list) {
		t.Errorf("%d of %d findings are shown in the end", len(i.check.list), got)
	}
}

// Times of one drawing beside areas of the next would add up to nothing.
func TestWhatWillBurnIsOfOneDrawing(t *testing.T) {
	s, i, _ := faulty(t)
	s.Settled()
	before := slices.Clone(i.check.burn.Objects)
	seen := false
	s.Stage.OnChange(func(stage.Change) {
		if s.Stage.Checked() != nil && !seen {
			before = slices.Clone(i.check.burn.Objects)
		} else if s.Stage.Checked() == nil {
			seen = true
			if !slices.Equal(i.check.burn.Objects, before) {
				t.Error("it was built anew before the check was there")
			}
		}
	})
	s.Stage.SetLayer("pieces", map[string]string{"min-area": "0.5"})
	s.Until("a check of the new drawing", func() bool { return seen && s.Stage.Checked() != nil })
	if slices.Equal(i.check.burn.Objects, before) {
		t.Error("it still tells of the drawing before")
	}
}

func TestShowSelectsTheLayerAndAsksForThePlace(t *testing.T) {
	s, i, shown := faulty(t)
	n := i.check.of("too-small")
	show, ok := stagetest.Find(i.check.list[n], func(b *parts.Button) bool { return b.Label() == "Show" })
	if !ok {
		t.Fatal("there is no way to the place")
	}
	test.Tap(show)
	if l, _ := s.Stage.Selected(); l.Name != "pieces" {
		t.Errorf("%q is selected", l.Name)
	}
	if len(*shown) != 1 || (*shown)[0].At == (artwork.Point{}) {
		t.Fatalf("%+v", *shown)
	}
	if !i.check.list[n].chosen {
		t.Error("the card is not marked")
	}
}

func TestNextFindingGoesAround(t *testing.T) {
	_, i, shown := faulty(t)
	i.ShowLayer()
	for range len(i.check.findings) + 1 {
		i.NextFinding()
	}
	if want := append(slices.Clone(i.check.findings), i.check.findings[0]); !slices.Equal(*shown, want) {
		t.Errorf("shown were %+v, want %+v", *shown, want)
	}
	if !i.check.root.Visible() || i.layer.root.Visible() {
		t.Error("the check does not show")
	}
}

func TestAFixMendsWhatItIsOf(t *testing.T) {
	s, i, _ := faulty(t)
	for _, c := range []struct{ kind, label string }{{"empty-layer", "Hide the layer"}, {"not-filled", "Engrave it"}} {
		n := i.check.of(c.kind)
		fix, ok := stagetest.Find(i.check.list[n], func(b *parts.Button) bool { return b.Label() == c.label })
		if !ok {
			t.Fatalf("%s has no fix", c.kind)
		}
		test.Tap(fix)
		s.Until(c.kind+" is mended", func() bool { return s.Stage.Checked() != nil && i.check.of(c.kind) < 0 })
	}
	s.Stage.Undo()
	s.Until("it is there again", func() bool { return s.Stage.Checked() != nil && i.check.of("not-filled") >= 0 })
}

func TestWhatWillBurnIsTold(t *testing.T) {
	s, i, _ := faulty(t)
	if i.check.total.Text == "" || i.check.total.Text == "0 mm" {
		t.Errorf("%q", i.check.total.Text)
	}
	rows := len(i.check.burn.Objects)
	if rows != 3 { // score, cut, and the travel
		t.Errorf("%d rows", rows)
	}
	s.Stage.SetLayer("pieces", map[string]string{"operation": "guide"})
	s.Settled()
	s.Until("helper lines do not burn", func() bool { return len(i.check.burn.Objects) == 2 })
}

func TestASoundMapHasNothingToMend(t *testing.T) {
	s, i, _ := roads(t)
	s.Settled()
	if n, _ := i.check.toMend(); n != 0 {
		t.Errorf("%+v", i.check.findings)
	}
	i.NextFinding() // where there is none, nothing happens
	if i.tabs.heads[tabCheck].pill.Visible() {
		t.Error("the tab counts what is not there")
	}
}

// What the check can mend is offered, and mending it is one step that can be
// taken back.
func TestEveryRemedyOfAFindingIsOffered(t *testing.T) {
	s, i, _ := faulty(t)
	n := i.check.of("too-small")
	f := i.check.findings[n]
	remedies := s.Stage.Checked().Remedies(f)
	if len(remedies) == 0 {
		t.Fatalf("nothing mends %+v", f)
	}
	for _, r := range remedies[:min(3, len(remedies))] {
		if _, ok := stagetest.Find(i.check.list[n], func(b *parts.Button) bool { return b.Label() == r.Label }); !ok {
			t.Errorf("%q is not offered", r.Label)
		}
	}
	first, _ := stagetest.Find(i.check.list[n], func(b *parts.Button) bool { return b.Label() == remedies[0].Label })
	test.Tap(first)
	warned := func() bool {
		return slices.ContainsFunc(i.check.findings, func(o workshop.Finding) bool { return o.Kind == f.Kind && o.Severity == f.Severity })
	}
	s.Until("it is mended", func() bool { return s.Stage.Checked() != nil && !s.Stage.Stale() && !warned() })
	s.Stage.Undo()
	s.Until("it is there again", func() bool { return s.Stage.Checked() != nil && warned() })
}

// TestCardsArePutUpWhenTheyAreSeen: their texts take long to break into lines,
// on the UI thread, and are most often not looked at.
func TestCardsArePutUpWhenTheyAreSeen(t *testing.T) {
	s, i, _ := faulty(t)
	p := i.check
	n := p.of("too-small")
	before := p.list[n]
	i.ShowLayer()
	lake, err := s.Stage.Map().FindLayer("lake")
	if err != nil {
		t.Fatal(err)
	}
	s.Stage.SetLayer(lake.ID, map[string]string{"operation": "engrave", "setting": "dark"})
	s.Until("the lake is filled", func() bool { return p.of("not-filled") < 0 })
	if len(p.list) == len(p.findings) {
		t.Errorf("%d cards were put up behind another page", len(p.list))
	}
	i.ShowCheck()
	if len(p.list) != len(p.findings) {
		t.Errorf("%d cards for %d findings", len(p.list), len(p.findings))
	}
	if p.list[p.of("too-small")] != before {
		t.Error("a card was made anew for what was found before")
	}
}
