package export

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/credits"
)

func TestEachFormatTakesItsOwnLayersInOneHold(t *testing.T) {
	t.Parallel()
	s := newShop(t, "hobby")
	res, _ := s.run(s.plan(FilesOne, job("svg", "water", "title"), job("dxf", "roads")))
	for _, want := range []struct{ file, text string }{{"town.svg", "water\ntitle\n"}, {"town.dxf", "roads\n"}} {
		if got, err := os.ReadFile(filepath.Join(s.out, want.file)); err != nil || string(got) != want.text {
			t.Errorf("%s holds %q, want %q (%v)", want.file, got, want.text, err)
		}
	}
	if len(s.purse.holds) != 1 || len(s.purse.holds[0]) != 3 {
		t.Errorf("the holds were %v, want one of 3", s.purse.holds)
	}
	for _, j := range res.Jobs {
		if j.State != Done || j.Err != nil || len(j.Files) != 1 {
			t.Errorf("%s: %s, %v, %d files", j.Format, j.State, j.Err, len(j.Files))
		}
	}
	if b, err := s.purse.Balance(t.Context()); err != nil || b.Balance != 15 {
		t.Errorf("the balance is %d, want 18 less 3 (%v)", b.Balance, err)
	}
}

func TestTooFewCreditsForAllJobsStartNone(t *testing.T) {
	t.Parallel()
	s := newShop(t, "hobby")
	ids := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}
	s.m.Layers = nil
	for _, id := range ids {
		s.m.Layers = append(s.m.Layers, layerOf(id))
	}
	_, err := s.Run(t.Context(), s.plan(FilesOne, job("svg", ids...), job("dxf", ids[:9]...)), func(p Progress) {
		t.Errorf("a job was told of: %+v", p)
	})
	short, ok := errors.AsType[*credits.NotEnoughError](err)
	if !ok || short.Needed != 19 || short.Missing != 1 {
		t.Fatalf("19 credits of 18: %v", err)
	}
	if _, err := os.Stat(filepath.Join(s.out, "town.svg")); err == nil {
		t.Error("a file was made")
	}
	if b, err := s.purse.Balance(t.Context()); err != nil || b.Balance != 18 || b.Held != 0 {
		t.Errorf("%d credits, %d held, want 18 and none (%v)", b.Balance, b.Held, err)
	}
}

// TestTheSameTwiceInOneRunIsRefused: recovery tells jobs apart by what they
// pay for.
func TestTheSameTwiceInOneRunIsRefused(t *testing.T) {
	t.Parallel()
	s := newShop(t, "hobby")
	_, err := s.Plan(t.Context(), Request{
		Map: &s.m, Features: s, Files: FilesOne, Out: s.out, Base: "town",
		Jobs: []JobRequest{job("svg", "water"), job("dxf", "water"), job("svg", "roads", "water")},
	})
	if err == nil {
		t.Error("water as SVG twice in one run was planned")
	}
	s.plan(FilesOne, job("svg", "water"), job("dxf", "water"), job("svg", "roads"))
}

// TestThePriceShownIsThePriceCharged: what a dialog asks for and what a run
// holds are the same work, whatever the jobs it is spread over.
func TestThePriceShownIsThePriceCharged(t *testing.T) {
	t.Parallel()
	s := newShop(t, "hobby")
	request := PriceRequest{Map: &s.m, Features: s, Layers: []carto.LayerID{"title", "roads"}, Formats: []Format{{ID: "dxf"}, {ID: "svg"}}}
	before, err := Prices(t.Context(), s.purse, s.plugins, request)
	if err != nil {
		t.Fatal(err)
	}
	s.run(s.plan(FilesOne, job("svg", "roads", "water"), job("dxf", "title")))
	after, err := Prices(t.Context(), s.purse, s.plugins, request)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{0, 1, 1, 0} { // title dxf, title svg, roads dxf, roads svg
		if before.Items[i].Price != 1 || after.Items[i].Price != want {
			t.Errorf("%s: %d before and %d after, want 1 and %d", after.Items[i].Label, before.Items[i].Price, after.Items[i].Price, want)
		}
		if want == 0 && (after.Items[i].Repeats == "" || after.Items[i].PaidAt.IsZero()) {
			t.Errorf("%s is free and does not say since when", after.Items[i].Label)
		}
	}
	alone, together := s.plan(FilesOne, job("svg", "roads")), s.plan(FilesLayer, job("dxf", "water"), job("svg", "water", "roads"))
	if alone.items[0].Recipe != together.items[2].Recipe {
		t.Error("the same work has two recipes")
	}
}

// TestRecipesNeverChange: a recipe that came out differently would charge
// every maker again for what is paid.
func TestRecipesNeverChange(t *testing.T) {
	t.Parallel()
	w := usual()
	const want = "3e7b45a0be1826921925870e5732335f6b4273486aceb3e25d7d5012385f89f6"
	if r := w.recipe(t); r.String() != want {
		t.Errorf("the recipe is %s, and was %s", r, want)
	}
	s := newShop(t, "hobby")
	s.m.ID, s.m.Layers[1].ID = w.m.ID, w.l.ID
	p, err := s.Plan(t.Context(), Request{
		Map: &s.m, Features: w, Files: FilesOne, Out: s.out, Base: "town",
		Jobs: []JobRequest{job("dxf", string(w.l.ID)), job("svg", "water", string(w.l.ID))},
	})
	if err != nil {
		t.Fatal(err)
	}
	if r := p.items[2].Recipe; r.String() != want {
		t.Errorf("in a plan the recipe is %s, and was %s", r, want)
	}
}

func TestEveryCellIsToldToItsEnd(t *testing.T) {
	t.Parallel()
	s := newShop(t, "hobby")
	broken := errors.New("the plugin stopped")
	s.plugins["dxf"] = broken
	res, told := s.run(s.plan(FilesLayer, job("svg", "water", "roads"), job("dxf", "title")))

	type moment struct {
		Job     int
		State   State
		Layer   State // of the first
		Written []float64
		Files   int
		Ended   bool
	}
	var got []moment
	whole := 0.0
	for _, p := range told {
		got = append(got, moment{p.Job, p.Now.State, p.Now.Layers[0].State, p.Written, len(p.Now.Files), p.Ended})
		if p.Whole < whole || p.Jobs != 2 {
			t.Errorf("%v of all %d jobs after %v", p.Whole, p.Jobs, whole)
		}
		whole = p.Whole
		for _, l := range p.Now.Layers {
			if l.Charge == "" {
				t.Errorf("%s has no number", l.Name)
			}
		}
	}
	want := []moment{
		{0, Pending, Pending, []float64{0, 0}, 0, false}, // both are held
		{1, Pending, Pending, []float64{0}, 0, false},
		{0, Pending, Pending, []float64{0, 0}, 0, false},
		{0, Pending, Pending, []float64{0.5, 0}, 0, false},
		{0, Pending, Pending, []float64{1, 0}, 0, false},
		{0, Pending, Pending, []float64{1, 0.5}, 0, false},
		{0, Pending, Done, []float64{1, 1}, 0, false}, // posted
		{0, Done, Done, []float64{1, 1}, 2, true},     // in place
		{1, Pending, Pending, []float64{0}, 0, false},
		{1, Pending, Pending, []float64{0.5}, 0, false},
		{1, Failed, Failed, []float64{0.5}, 0, true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if whole != 1 {
		t.Errorf("at the end %v is done", whole)
	}
	last := told[len(told)-1].Now
	if !errors.Is(last.Err, broken) || !errors.Is(res.Jobs[1].Err, broken) {
		t.Errorf("the end does not say why: %v", last.Err)
	}
	inPlace := told[7].Now.Files
	if !slices.Equal(inPlace, res.Jobs[0].Files) || inPlace[0].Bytes == 0 {
		t.Errorf("told of %v, and the result has %v", inPlace, res.Jobs[0].Files)
	}
}
