package e2e

import (
	"slices"
	"strings"
	"testing"
)

func TestOneLayerInOneFormatCostsOneCredit(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	before := s.balance()
	got := s.export(m, "lanes", "svg")
	if got.spent() != 1 || before-s.balance() != 1 {
		t.Errorf("spent %d, balance fell by %d, want 1", got.spent(), before-s.balance())
	}
	if want := []string{"hamlet.svg"}; !slices.Equal(got.files(), want) || !slices.Equal(s.tree("out"), want) {
		t.Errorf("files %v, in the folder %v, want %v", got.files(), s.tree("out"), want)
	}
}

func TestThreeLayersCostThreeInOneFileOrInThree(t *testing.T) {
	t.Parallel()
	for files, count := range map[string]int{"one": 1, "layer": 3} {
		s := newShop(t)
		m := s.hamlet()
		before := s.balance()
		got := s.export(m, "all", "svg", "--files", files)
		if got.spent() != 3 || before-s.balance() != 3 || len(got.files()) != count {
			t.Errorf("--files %s: spent %d, balance fell by %d, %d files, want 3, 3, %d", files, got.spent(), before-s.balance(), len(got.files()), count)
		}
	}
}

func TestPointsLinesAndPolygonsInOneLayerCostOne(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	if got := s.export(s.hamlet(), "mixed", "svg"); got.spent() != 1 {
		t.Errorf("spent %d, want 1", got.spent())
	}
}

func TestOneLayerInTwoFormatsCostsTwo(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	if got := s.export(s.hamlet(), "lanes", "png,svg"); got.spent() != 2 {
		t.Errorf("spent %d, want 2", got.spent())
	}
}

func TestUnlimitedCountsNothingDown(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	s.must("account", "plan", "Creator")
	s.export(m, "all", "svg,png")
	c := decode[creditsJSON](t, s.must("credits", "show", "--json"))
	if !c.Unlimited || c.Balance != nil || c.Spendable != nil {
		t.Errorf("unlimited %t, balance %v, spendable %v; want true, null, null", c.Unlimited, c.Balance, c.Spendable)
	}
	if text := s.must("credits", "show").stdout; !strings.Contains(text, "∞") {
		t.Errorf("credits show says %q, without ∞", text)
	}
}

func TestStrategyDoesNotChangeThePrice(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	for _, strategy := range []string{"centreline", "outline", "filled", "dashes", "hatch", "drill"} {
		s.must("layer", "set", m, "mixed", "strategy="+strategy)
		if got := s.export(m, "mixed", "svg"); got.spent() != 1 {
			t.Errorf("%s: spent %d, want 1", strategy, got.spent())
		}
	}
}

func TestGuidesEmptyAndHiddenLayersAreNeverChargedUnderAll(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	s.must("layer", "set", m, "trees", "operation=guide")
	s.must("layer", "set", m, "lanes", "visible=no")
	s.must("layer", "add", m, "nothing")
	got := s.export(m, "all", "svg")
	if got.spent() != 1 || got.Jobs[0].Layers[0].Layer != "ponds" {
		t.Errorf("charged %+v, want ponds alone", got.Jobs)
	}
	var skipped []string
	for _, k := range got.Skipped {
		skipped = append(skipped, k.Layer)
	}
	slices.Sort(skipped)
	if want := []string{"lanes", "mixed", "nothing", "trees"}; !slices.Equal(skipped, want) {
		t.Errorf("skipped %v, want %v: what is left out is named", skipped, want)
	}
	s.refuses(3, []string{"trees", "helper"}, "export", m, "--layers", "trees", "--formats", "svg", "--out", s.path("out"))
	s.refuses(3, []string{"nothing", "charged"}, "export", m, "--layers", "nothing", "--formats", "svg", "--out", s.path("out"))
	if got := s.export(m, "lanes", "svg"); got.spent() != 1 {
		t.Errorf("a hidden layer that is named: spent %d, want 1", got.spent())
	}
}

func TestTheSameAgainIsFreeUntilTheLayerChanges(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	expect := func(want int, after string, more ...string) {
		t.Helper()
		if got := s.export(m, "lanes", "svg", more...); got.spent() != want {
			t.Errorf("%s: spent %d, want %d", after, got.spent(), want)
		}
	}
	expect(1, "first export")
	expect(0, "the same again")
	s.must("layer", "set", m, "ponds", "strategy=filled")
	expect(0, "another layer changed")
	s.must("layer", "set", m, "lanes", "name=streets")
	s.must("layer", "set", m, "streets", "name=lanes", "visible=no")
	expect(0, "renamed and hidden")
	expect(0, "a default said aloud", "--set", "svg.precision=3")
	s.must("layer", "set", m, "lanes", "simplify=0.2")
	expect(1, "the layer changed")
	expect(0, "the changed layer again")
	expect(1, "another option of the format", "--set", "svg.precision=2")
	s.must("layer", "set", m, "lanes", "simplify=")
	s.must("layer", "set", m, "lanes", "simplify=0.05")
	expect(0, "back to what was paid for")
}

func TestADryRunChargesAndWritesNothing(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	before := s.balance()
	got := s.export(m, "all", "svg,png", "--dry-run")
	if got.spent() != 6 || s.balance() != before || len(s.tree("out")) != 0 || len(s.history()) != 0 {
		t.Errorf("quoted %d, balance %d of %d, files %v, charges %v", got.spent(), s.balance(), before, s.tree("out"), s.history())
	}
	if got.Jobs[0].State != "quoted" {
		t.Errorf("state %q, want quoted", got.Jobs[0].State)
	}
}

func TestFilesThatSomebodyChangedAreNeverOverwritten(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	s.export(m, "lanes", "svg")
	s.must("layer", "set", m, "lanes", "simplify=0.3")
	s.export(m, "lanes", "svg")
	if got := s.tree("out"); !slices.Equal(got, []string{"hamlet.svg"}) {
		t.Errorf("our own file was not replaced: %v", got)
	}
	s.write("out/hamlet.svg", []byte("my own drawing"))
	s.export(m, "lanes", "svg")
	if got := s.tree("out"); !slices.Equal(got, []string{"hamlet (2).svg", "hamlet.svg"}) {
		t.Errorf("files %v, want the changed one beside the new one", got)
	}
}

func TestTooFewCreditsHoldAndRunNothing(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	s.must("account", "plan", "trial")
	for _, layer := range []string{"lanes", "ponds", "trees"} {
		s.export(m, layer, "svg,png")
	}
	left := s.balance()
	if left != 4 {
		t.Fatalf("10 less 6 are %d", left)
	}
	for _, layer := range []string{"lanes", "ponds", "trees"} {
		s.must("layer", "set", m, layer, "simplify=0.4")
	}
	before := s.tree("out")
	if got := s.export(m, "all", "svg,png", "--dry-run"); got.Missing != 2 {
		t.Errorf("a dry run says that %d are missing, want 2", got.Missing)
	}
	s.refuses(4, []string{"6", "4", "2"}, "export", m, "--layers", "all", "--formats", "svg,png", "--out", s.path("out"))
	if s.balance() != left || !slices.Equal(s.tree("out"), before) {
		t.Errorf("balance %d, want %d; files %v, want %v", s.balance(), left, s.tree("out"), before)
	}
	for _, c := range s.history() {
		if c.State != "posted" {
			t.Errorf("charge %+v was made for a run that could not be paid", c)
		}
	}
}
