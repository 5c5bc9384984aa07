package carto_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/carto/cartotest"
	"github.com/mapwright/mapwright/internal/projection"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

func emptyMap() *carto.Map {
	return &carto.Map{
		ID: "m1", Title: "Town",
		View:   carto.View{Center: orb.Point{11.5, 48.1}, Scale: 10000, Projection: "local"},
		Boards: carto.Boards{Count: 2, Width: 200, Height: 200, Frame: carto.Frame{Shape: carto.FrameRect}, Margin: 5},
	}
}

func newLayer(id, name string) carto.Layer {
	return carto.Layer{
		ID: carto.LayerID(id), Name: name, Operation: artwork.Score, Setting: "1",
		Strategy: "centreline", Visible: true, Board: 1, CRS: "EPSG:4326",
	}
}

func points(n int) []carto.Feature {
	features := make([]carto.Feature, n)
	for i := range features {
		features[i] = carto.Feature{Geometry: orb.Point{11.5 + float64(i)/1000, 48.1}, Name: "p"}
	}
	return features
}

// town is a document with the layers water, roads and rail from the bottom.
func town(t *testing.T) (*carto.Document, *cartotest.Store) {
	t.Helper()
	store := cartotest.NewStore(emptyMap())
	d, err := carto.Open(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"Water", "Roads", "Rail"} {
		do(t, d, carto.AddLayer{Layer: newLayer(name, name), At: carto.Top, Features: points(i + 1)})
	}
	return d, store
}

func do(t *testing.T, d *carto.Document, e carto.Edit) {
	t.Helper()
	if err := d.Do(t.Context(), e); err != nil {
		t.Fatalf("%#v: %v", e, err)
	}
}

// everything is the whole map with its features, as the store has it.
func everything(t *testing.T, s carto.Store) (*carto.Map, map[carto.LayerID][]carto.Feature) {
	t.Helper()
	m, err := s.Map(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	features := map[carto.LayerID][]carto.Feature{}
	for _, l := range m.Layers {
		for f, err := range s.Features(t.Context(), l.ID, orb.Bound{}) {
			if err != nil {
				t.Fatal(err)
			}
			features[l.ID] = append(features[l.ID], f)
		}
	}
	return m, features
}

func TestEveryEditIsUndoneAndRedone(t *testing.T) {
	t.Parallel()
	cut := artwork.Cut
	name, board := "Highways", 2
	for what, e := range map[string]carto.Edit{
		"add a layer":         carto.AddLayer{Layer: newLayer("new", "New"), At: 1, Features: points(4)},
		"remove a layer":      carto.RemoveLayer{Layer: "Roads"},
		"move a layer":        carto.MoveLayer{Layer: "Water", To: 2},
		"change a layer":      carto.SetLayer{Layer: "Roads", Name: &name, Operation: &cut, Board: &board, Options: map[string]string{"width": "2"}},
		"change the view":     carto.SetView{View: carto.View{Center: orb.Point{7, 43}, Scale: 5, Rotation: 30, Projection: "EPSG:32632"}},
		"change the boards":   carto.SetBoards{Boards: carto.Boards{Count: 1, Width: 300, Height: 100, Frame: carto.Frame{Shape: carto.FrameCircle}}},
		"change the title":    carto.SetTitle{Title: "Ville — 城市"},
		"change the credit":   carto.SetAttribution{Lines: []string{"© A", "© A", "", "© B"}},
		"add features":        carto.PutFeatures{Layer: "Rail", Features: points(2)},
		"replace a feature":   carto.PutFeatures{Layer: "Rail", Features: []carto.Feature{{ID: 2, Geometry: orb.Point{1, 2}}}},
		"remove features":     carto.RemoveFeatures{Layer: "Rail", IDs: []int64{1, 3}},
		"several at once":     carto.Batch{carto.SetTitle{Title: "x"}, carto.RemoveLayer{Layer: "Water"}, carto.MoveLayer{Layer: "Rail", To: 0}},
		"rename there, back":  carto.Batch{carto.SetLayer{Layer: "Roads", Name: &name}, carto.SetTitle{Title: "y"}},
		"nothing in a batch":  carto.Batch{},
		"put and remove some": carto.Batch{carto.PutFeatures{Layer: "Rail", Features: points(1)}, carto.RemoveFeatures{Layer: "Rail", IDs: []int64{1}}},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			d, store := town(t)
			m0, f0 := everything(t, store)
			do(t, d, e)
			m1, f1 := everything(t, store)
			same := cmp.Equal(m0, m1) && cmp.Equal(f0, f1)
			if same != (what == "nothing in a batch") {
				t.Errorf("the edit changed nothing")
			}
			check := func(what string, m *carto.Map, f map[carto.LayerID][]carto.Feature) {
				t.Helper()
				gm, gf := everything(t, store)
				if diff := cmp.Diff(m, gm) + cmp.Diff(f, gf); diff != "" {
					t.Errorf("%s: %s", what, diff)
				}
				if diff := cmp.Diff(m, d.Map()); diff != "" {
					t.Errorf("%s: the document differs from its store: %s", what, diff)
				}
			}
			for range 2 {
				if err := d.Undo(t.Context()); err != nil {
					t.Fatal(err)
				}
				check("after undo", m0, f0)
				if err := d.Redo(t.Context()); err != nil {
					t.Fatal(err)
				}
				check("after redo", m1, f1)
			}
		})
	}
}

func TestUndoGoesBackToTheBeginningOfTheSession(t *testing.T) {
	t.Parallel()
	d, store := town(t)
	for d.CanUndo() {
		if err := d.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if m, _ := everything(t, store); len(m.Layers) != 0 {
		t.Errorf("layers are left: %v", m.LayerNames())
	}
	if err := d.Undo(t.Context()); !errors.Is(err, carto.ErrNothingToUndo) {
		t.Errorf("%v", err)
	}
	for d.CanRedo() {
		if err := d.Redo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"Rail", "Roads", "Water"}, d.Map().LayerNames()); diff != "" {
		t.Error(diff)
	}
	if err := d.Redo(t.Context()); !errors.Is(err, carto.ErrNothingToRedo) {
		t.Errorf("%v", err)
	}
	if err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	do(t, d, carto.SetTitle{Title: "other way"})
	if d.CanRedo() {
		t.Error("an edit left something to redo")
	}
}

func TestEditsThatCannotBeLeaveTheMapAsItWas(t *testing.T) {
	t.Parallel()
	taken, empty, broken := "rAIL", " ", "a\xffb"
	nine, engrave, dark := 9, artwork.Operation("paint"), "dark"
	is := func(target any) func(error) bool {
		return func(err error) bool { return errors.As(err, target) }
	}
	invalid := func() any { return new(*carto.InvalidError) }
	for name, c := range map[string]struct {
		edit carto.Edit
		is   func(error) bool
	}{
		"no such layer":      {carto.RemoveLayer{Layer: "x"}, is(new(*carto.NoLayerError))},
		"move no layer":      {carto.MoveLayer{Layer: "x"}, is(new(*carto.NoLayerError))},
		"name taken":         {carto.SetLayer{Layer: "Roads", Name: &taken}, is(new(*carto.NameTakenError))},
		"new name taken":     {carto.AddLayer{Layer: newLayer("n", "ROADS")}, is(new(*carto.NameTakenError))},
		"id taken":           {carto.AddLayer{Layer: newLayer("Roads", "n")}, is(invalid())},
		"name empty":         {carto.SetLayer{Layer: "Roads", Name: &empty}, is(invalid())},
		"name no text":       {carto.SetLayer{Layer: "Roads", Name: &broken}, is(invalid())},
		"board beyond":       {carto.SetLayer{Layer: "Roads", Board: &nine}, is(invalid())},
		"unknown operation":  {carto.SetLayer{Layer: "Roads", Operation: &engrave}, is(new(*carto.UnknownOperationError))},
		"unknown setting":    {carto.SetLayer{Layer: "Roads", Setting: &dark}, is(new(*carto.UnknownSettingError))},
		"view without scale": {carto.SetView{View: carto.View{Projection: "local"}}, is(invalid())},
		"view unknown":       {carto.SetView{View: carto.View{Scale: 10, Projection: "x"}}, is(new(*projection.UnknownError))},
		"no boards":          {carto.SetBoards{}, is(invalid())},
		"shape of NaN":       {carto.PutFeatures{Layer: "Rail", Features: []carto.Feature{{Geometry: orb.Point{math.NaN(), 1}}}}, is(invalid())},
		"shape of nothing":   {carto.PutFeatures{Layer: "Rail", Features: []carto.Feature{{}}}, is(invalid())},
		"no such shape":      {carto.RemoveFeatures{Layer: "Rail", IDs: []int64{1, 99}}, is(new(*carto.NoFeatureError))},
		"a batch that fails at its end": {
			carto.Batch{carto.SetTitle{Title: "x"}, carto.RemoveLayer{Layer: "Water"}, carto.RemoveLayer{Layer: "Water"}},
			is(new(*carto.NoLayerError)),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, store := town(t)
			m0, f0 := everything(t, store)
			err := d.Do(t.Context(), c.edit)
			if err == nil || !c.is(err) {
				t.Errorf("error %T: %v", err, err)
			}
			m1, f1 := everything(t, store)
			if diff := cmp.Diff(m0, m1) + cmp.Diff(f0, f1) + cmp.Diff(m0, d.Map()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAStoreThatFailsLosesNothing(t *testing.T) {
	t.Parallel()
	d, store := town(t)
	before := d.Map()
	store.FailUpdate = errors.New("disk full")
	if err := d.Do(t.Context(), carto.RemoveLayer{Layer: "Rail"}); !errors.Is(err, store.FailUpdate) {
		t.Fatal(err)
	}
	if err := d.Undo(t.Context()); !errors.Is(err, store.FailUpdate) {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, d.Map()); diff != "" {
		t.Error(diff)
	}
	store.FailUpdate = nil
	if err := d.Undo(t.Context()); err != nil { // the step that failed is still there
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Roads", "Water"}, d.Map().LayerNames()); diff != "" {
		t.Error(diff)
	}
}

func TestAnOperationBringsASettingOfItsOwn(t *testing.T) {
	t.Parallel()
	d, _ := town(t)
	cut, engrave, dark := artwork.Cut, artwork.Engrave, "dark"
	do(t, d, carto.SetLayer{Layer: "Roads", Operation: &cut})
	if l, err := d.FindLayer("roads"); err != nil || l.Setting != "outer" {
		t.Errorf("%v, setting %q", err, l.Setting)
	}
	do(t, d, carto.SetLayer{Layer: "Roads", Operation: &engrave, Setting: &dark})
	if l, err := d.FindLayer("ROADS"); err != nil || l.Setting != "dark" {
		t.Errorf("%v, setting %q", err, l.Setting)
	}
	do(t, d, carto.SetLayer{Layer: "Roads", Options: map[string]string{"width": "2", "simplify": "0.1"}})
	do(t, d, carto.SetLayer{Layer: "Roads", Options: map[string]string{"width": ""}})
	l, err := d.FindLayer("Roads")
	if diff := cmp.Diff(map[string]string{"simplify": "0.1"}, l.Options); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestAMapGivenOutIsACopy(t *testing.T) {
	t.Parallel()
	d, _ := town(t)
	d.Map().Layers[0].Name = "spoilt"
	if names := d.Map().LayerNames(); names[2] != "Water" {
		t.Errorf("%v", names)
	}
	_, err := d.FindLayer("sea")
	if want := `there is no layer "sea" in this map; its layers are Rail, Roads, Water`; err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
}

// slowStore makes an edit wait until it is let go on.
type slowStore struct {
	carto.Store
	begun, goOn chan struct{}
}

func (s *slowStore) Update(ctx context.Context, f func(carto.Tx) error) error {
	close(s.begun)
	<-s.goOn
	return s.Store.Update(ctx, f)
}

// TestALongEditKeepsNobodyFromLooking: a window that shows the map must not
// stand still while a file is imported.
func TestALongEditKeepsNobodyFromLooking(t *testing.T) {
	t.Parallel()
	slow := &slowStore{cartotest.NewStore(emptyMap()), make(chan struct{}), make(chan struct{})}
	d, err := carto.Open(t.Context(), slow)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() { done <- d.Do(t.Context(), carto.AddLayer{Layer: newLayer("Rail", "Rail")}) }()
	<-slow.begun
	if names := d.Map().LayerNames(); len(names) != 0 || d.CanUndo() {
		t.Errorf("in the middle of an edit there are %v, undo %v", names, d.CanUndo())
	}
	close(slow.goOn)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if names := d.Map().LayerNames(); len(names) != 1 || !d.CanUndo() {
		t.Errorf("after the edit there are %v, undo %v", names, d.CanUndo())
	}
}
