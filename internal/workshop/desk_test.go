package workshop

import (
	"context"
	"math"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/paulmach/orb"
)

// munichDesk lays the sample map on the desk.
func munichDesk(t *testing.T) *Desk {
	t.Helper()
	w, err := Open(Config{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "munich.gpkg")
	box := orb.Bound{Min: orb.Point{11.5728, 48.1359}, Max: orb.Point{11.5791, 48.1396}}
	if _, err := w.New(t.Context(), NewMap{Path: path, Box: &box, Width: 100, Height: 80, Margin: DefaultMargin}); err != nil {
		t.Fatal(err)
	}
	d, err := w.OpenMap(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := d.Import(t.Context(), Import{Source: "../../assets/sample/munich-centre-2020.osm.pbf"}); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestDeskDrawsWhatAFreshDeskDraws: what is shared between scenes must never
// show a map that the file does not hold.
func TestDeskDrawsWhatAFreshDeskDraws(t *testing.T) {
	t.Parallel()
	d := munichDesk(t)
	m := d.Map()
	roads, _ := m.FindLayer("roads-major")
	water, _ := m.FindLayer("water")
	buildings, _ := m.FindLayer("buildings")
	if _, err := d.Trace(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	view := m.View
	view.Rotation = 30
	boards := m.Boards
	boards.Margin = 10
	steps := []func(context.Context) error{
		func(ctx context.Context) error {
			return d.SetLayer(ctx, roads.ID, map[string]string{"strategy": "outline", "width": "2"})
		},
		func(ctx context.Context) error {
			return d.SetLayer(ctx, buildings.ID, map[string]string{"operation": "cut", "strategy": "outline"})
		},
		func(ctx context.Context) error { return d.Do(ctx, carto.MoveLayer{Layer: water.ID, To: carto.Top}) },
		func(ctx context.Context) error { return d.Do(ctx, carto.SetView{View: view}) },
		func(ctx context.Context) error { return d.Do(ctx, carto.SetBoards{Boards: boards}) },
		func(ctx context.Context) error {
			return d.Do(ctx, carto.RemoveFeatures{Layer: buildings.ID, IDs: firstIDs(t, d, buildings.ID, 40)})
		},
		d.Undo, d.Undo, d.Undo, d.Redo,
	}
	for i, step := range steps {
		if err := step(t.Context()); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
		shared, err := d.Trace(t.Context(), d.Map())
		if err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
		fresh, err := (&Desk{doc: d.doc, workshop: d.workshop}).Trace(t.Context(), d.Map())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(fresh.Artwork, shared.Artwork); diff != "" {
			t.Fatalf("after step %d the desk shows what a fresh start would not:\n%.2000s", i, diff)
		}
		if diff := cmp.Diff(fresh.report, shared.report); diff != "" {
			t.Errorf("after step %d the notes differ:\n%.2000s", i, diff)
		}
	}
}

func firstIDs(t *testing.T, d *Desk, layer carto.LayerID, n int) (ids []int64) {
	t.Helper()
	for f, err := range d.doc.Features(t.Context(), layer, carto.Everywhere()) {
		if err != nil {
			t.Fatal(err)
		}
		if ids = append(ids, f.ID); len(ids) == n {
			break
		}
	}
	return ids
}

func TestTryingAnOptionChangesNothing(t *testing.T) {
	t.Parallel()
	d := munichDesk(t)
	before := d.Map()
	roads, _ := before.FindLayer("buildings")
	tried, err := d.Try(roads.ID, map[string]string{"strategy": "outline", "operation": "score"})
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := d.Trace(t.Context(), tried)
	if err != nil {
		t.Fatal(err)
	}
	now, err := d.Trace(t.Context(), d.Map())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, d.Map()); diff != "" {
		t.Errorf("the map changed:\n%s", diff)
	}
	if drawn.Figures[roads.ID].AreaMM2 == now.Figures[roads.ID].AreaMM2 {
		t.Error("the strategy that was tried makes no difference")
	}
	checked, err := d.Check(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	burn := 0.0
	for _, f := range now.Figures {
		burn += f.BurnMM
	}
	if burn < 1000 || math.Abs(burn/checked.Estimate.BurnMM-1) > 0.01 {
		t.Errorf("the layers burn %.0f mm, the check says %.0f", burn, checked.Estimate.BurnMM)
	}
	if _, err := d.Try(roads.ID, map[string]string{"width": "wide"}); err == nil {
		t.Error("a width of \"wide\" was taken")
	}
}

func TestLockedLayersKeepTheirFeatures(t *testing.T) {
	t.Parallel()
	d := munichDesk(t)
	water, _ := d.Map().FindLayer("water")
	locked := true
	if err := d.Do(t.Context(), carto.SetLayer{Layer: water.ID, Locked: &locked}); err != nil {
		t.Fatal(err)
	}
	ids := firstIDs(t, d, water.ID, 1)
	for _, e := range []carto.Edit{
		carto.RemoveFeatures{Layer: water.ID, IDs: ids},
		carto.Batch{carto.RemoveLayer{Layer: water.ID}},
		carto.PutFeatures{Layer: water.ID, Features: []carto.Feature{{Geometry: orb.Point{11.57, 48.13}}}},
	} {
		if err := d.Do(t.Context(), e); Explain(err).Code != CodeUsage {
			t.Errorf("%T on a locked layer: %v", e, err)
		}
	}
}

func TestPlacerGoesThereAndBack(t *testing.T) {
	t.Parallel()
	d := munichDesk(t)
	water, _ := d.Map().FindLayer("water")
	p, err := d.Placer(water.ID)
	if err != nil {
		t.Fatal(err)
	}
	place := orb.Point{11.5755, 48.1371}
	back := p.Data(p.Board(place))
	if back.Equal(place) {
		return
	}
	if dx, dy := back[0]-place[0], back[1]-place[1]; dx*dx+dy*dy > 1e-16 {
		t.Errorf("%v came back as %v", place, back)
	}
}
