package stage_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/carto/cartotest"
	"github.com/mapwright/mapwright/internal/workshop"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rest is a stage.Map under another name, so that fake can have a method Map.
type rest = stage.Map

// fake is a map in memory whose drawing waits for the test.
type fake struct {
	rest // what these tests don't ask for
	doc  *carto.Document
	draw chan error // nil draws at once
}

func (f *fake) Map() *carto.Map                            { return f.doc.Map() }
func (f *fake) Do(ctx context.Context, e carto.Edit) error { return f.doc.Do(ctx, e) }
func (f *fake) CanUndo() bool                              { return f.doc.CanUndo() }
func (f *fake) CanRedo() bool                              { return f.doc.CanRedo() }
func (f *fake) Undo(ctx context.Context) error             { return f.doc.Undo(ctx) }
func (f *fake) Redo(ctx context.Context) error             { return f.doc.Redo(ctx) }
func (f *fake) Check(context.Context, *workshop.Drawn) (workshop.Checked, error) {
	return workshop.Checked{Estimate: workshop.Estimate{BurnMM: 7}}, nil
}

func (f *fake) Try(_ carto.LayerID, keys map[string]string) (*carto.Map, error) {
	if keys["width"] == "wide" {
		return nil, errors.New("no number")
	}
	m := f.doc.Map()
	m.Title = "tried " + keys["width"]
	return m, nil
}

func (f *fake) Trace(ctx context.Context, m *carto.Map) (*workshop.Drawn, error) {
	if f.draw != nil {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case err := <-f.draw:
			if err != nil {
				return nil, err
			}
		}
	}
	return &workshop.Drawn{Map: m}, nil
}

type scene struct {
	fake *fake
	*stage.Stage
	t       *testing.T
	hand    *loop.Hand
	notices []stage.Notice
	changes stage.Change
}

func newScene(t *testing.T, draw chan error) *scene {
	t.Helper()
	store := cartotest.NewStore(&carto.Map{ID: "m", Title: "town", Boards: carto.Boards{Count: 2, Width: 100, Height: 80, Frame: carto.Frame{Shape: carto.FrameRect}}})
	doc, err := carto.Open(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"water", "roads"} {
		l := carto.Layer{ID: carto.LayerID(name), Name: name, Operation: "score", Setting: "1", Strategy: "centreline", Visible: true, Board: 1, CRS: "EPSG:4326"}
		if err := doc.Do(t.Context(), carto.AddLayer{Layer: l, At: carto.Top}); err != nil {
			t.Fatal(err)
		}
	}
	l, hand := loop.Manual()
	s := &scene{fake: &fake{doc: doc, draw: draw}, t: t, hand: hand}
	s.Stage = stage.New(l, s.fake)
	s.Notify = func(n stage.Notice) { s.notices = append(s.notices, n) }
	s.OnChange(func(c stage.Change) { s.changes |= c })
	t.Cleanup(l.Close)
	return s
}

func (s *scene) wait(what string, f func() bool) {
	s.t.Helper()
	if !s.hand.Until(10*time.Second, f) {
		s.t.Fatalf("never happened: %s", what)
	}
}

// letOn lets a drawing go on, if one waits: a cancelled one may take the turn of
// the next one.
func letOn(draw chan error) {
	select {
	case draw <- nil:
	default:
	}
}

func (s *scene) title() string {
	if d := s.Drawn(); d != nil {
		return d.Map.Title
	}
	return ""
}

func TestTheTopLayerIsSelectedFirst(t *testing.T) {
	t.Parallel()
	s := newScene(t, nil)
	if l, ok := s.Selected(); !ok || l.Name != "roads" {
		t.Errorf("selected is %q", l.Name)
	}
}

func TestAnEditIsShownDrawnAndChecked(t *testing.T) {
	t.Parallel()
	s := newScene(t, nil)
	s.Edit("The title was not changed", carto.SetTitle{Title: "city"})
	s.wait("the new title is drawn", func() bool { return s.title() == "city" && !s.Stale() })
	s.wait("it is checked", func() bool { return s.Checked() != nil && s.Checked().Estimate.BurnMM == 7 })
	if s.Map().Title != "city" || !s.CanUndo() || !s.changes.Has(stage.MapChanged) || !s.changes.Has(stage.CheckedChanged) {
		t.Errorf("title %q, undo %v, changes %b", s.Map().Title, s.CanUndo(), s.changes)
	}
	s.Undo()
	s.wait("the old title is back", func() bool { return s.title() == "town" })
	s.Redo()
	s.wait("the new one too", func() bool { return s.title() == "city" })
}

func TestEditsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	s := newScene(t, nil)
	var order []int
	for i := range 50 {
		s.Do("", func(context.Context) error { return nil }, func() { order = append(order, i) })
	}
	s.wait("all are made", func() bool { return len(order) == 50 })
	if !slices.IsSorted(order) {
		t.Errorf("edits came in the order %v", order)
	}
}

// The keys of undo may be faster than the disk.
func TestUndoTakesBackWhatIsStillOnItsWay(t *testing.T) {
	t.Parallel()
	s := newScene(t, nil)
	for range 3 {
		s.Undo() // of what the test made the map of, and once more than that
	}
	s.wait("an empty map", func() bool { return len(s.Map().Layers) == 0 && !s.CanUndo() })
	s.Edit("", carto.SetTitle{Title: "city"})
	s.Undo()
	s.wait("the edit is made and taken back", func() bool { return s.CanRedo() })
	s.Redo()
	s.Redo()
	done := false
	s.Do("", func(context.Context) error { return nil }, func() { done = true })
	s.wait("all is done", func() bool { return done })
	if s.Map().Title != "city" || s.CanRedo() || len(s.notices) > 0 {
		t.Errorf("the map is called %q, notices: %+v", s.Map().Title, s.notices)
	}
}

func TestAFailedEditIsTold(t *testing.T) {
	t.Parallel()
	s := newScene(t, nil)
	s.Edit("The layer was not removed", carto.RemoveLayer{Layer: "sea"}, func() { t.Error("it went on after a failure") })
	s.wait("a notice comes", func() bool { return len(s.notices) == 1 })
	if n := s.notices[0]; n.Title != "The layer was not removed" || n.Text == "" {
		t.Errorf("the notice says %q: %q", n.Title, n.Text)
	}
}

func TestALateDrawingIsDropped(t *testing.T) {
	t.Parallel()
	draw := make(chan error)
	s := newScene(t, draw)
	s.Edit("", carto.SetTitle{Title: "city"})
	s.wait("the edit is made", func() bool { return s.Map().Title == "city" })
	s.wait("the map is drawn", func() bool { letOn(draw); return s.Drawn() != nil })
	if s.title() != "city" || s.Stale() {
		t.Errorf("shown is the drawing of %q, stale %v", s.title(), s.Stale())
	}
}

func TestADrawingIsStoppedAndBegunAgain(t *testing.T) {
	t.Parallel()
	draw := make(chan error)
	s := newScene(t, draw)
	if !s.Drawing() || !s.Stale() {
		t.Fatal("a new map is not being drawn")
	}
	s.StopDrawing()
	if s.Drawing() || !s.Stale() || len(s.notices) > 0 {
		t.Errorf("after stopping: drawing %v, stale %v, notices %v", s.Drawing(), s.Stale(), s.notices)
	}
	s.DrawAgain()
	s.wait("it is drawn after all", func() bool { letOn(draw); return !s.Stale() })
}

func TestAMapThatCannotBeDrawnSaysWhy(t *testing.T) {
	t.Parallel()
	draw := make(chan error, 1)
	draw <- errors.New("layers are knocked out under each other")
	s := newScene(t, draw)
	s.wait("the error is known", func() bool { return s.DrawError() != nil })
	if s.Drawing() || !s.Stale() {
		t.Errorf("drawing %v, stale %v", s.Drawing(), s.Stale())
	}
}

func TestWhatIsTriedIsDrawnAndDropped(t *testing.T) {
	t.Parallel()
	s := newScene(t, nil)
	s.Try("roads", map[string]string{"width": "3"})
	s.wait("the try is drawn", func() bool { return s.title() == "tried 3" })
	s.Try("roads", map[string]string{"width": "wide"}) // refused: the last one stays
	s.EndTry()
	s.wait("the map itself is drawn", func() bool { return s.title() == "town" })
	if s.CanUndo() != s.fake.CanUndo() || s.Map().Title != "town" {
		t.Error("trying changed the map")
	}
}

func TestTheSelectionFollowsTheLayers(t *testing.T) {
	t.Parallel()
	s := newScene(t, nil)
	s.Select("roads", 1, 2)
	s.Edit("", carto.RemoveLayer{Layer: "roads"})
	s.wait("another layer is selected", func() bool { l, _ := s.Selected(); return l.Name == "water" })
	if len(s.SelectedFeatures()) > 0 {
		t.Error("shapes of a layer that is gone are selected")
	}
}

func TestJobsComeAndGo(t *testing.T) {
	t.Parallel()
	s := newScene(t, nil)
	stopped := false
	j := s.Begin("Reading", func() { stopped = true })
	fixed := s.Begin("Writing", nil)
	j.Set(0.5)
	fixed.Stop()
	j.Stop()
	if !stopped || j.Fraction() != 0.5 || !j.CanStop() || fixed.CanStop() || len(s.Jobs()) != 2 {
		t.Errorf("stopped %v, fraction %v, jobs %d", stopped, j.Fraction(), len(s.Jobs()))
	}
	j.End()
	fixed.End()
	if len(s.Jobs()) != 0 {
		t.Error("a job stays after its end")
	}
}

func TestProblemsAreSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		kind stage.Kind
		text string
	}{
		{errors.New("the file is damaged"), stage.KindError, "The file is damaged."},
		{&workshop.Error{Code: workshop.CodeCredits, Err: errors.New("2 credits are missing")}, stage.KindCredits, "2 credits are missing."},
		{context.Canceled, stage.KindInfo, "It was not done."},
	} {
		if n := stage.Problem("It was not done", c.err); n.Kind != c.kind || n.Text != c.text {
			t.Errorf("%v: kind %d, %q", c.err, n.Kind, n.Text)
		}
	}
}
