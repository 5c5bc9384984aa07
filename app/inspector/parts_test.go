package inspector

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

const credit = "© OpenStreetMap contributors"

// furnished is a map with the layer "Frame and text" alone, which is selected, and
// the credit line that its data asks for.
func furnished(t *testing.T) (*stagetest.Scene, *Inspector, fyne.Window) {
	t.Helper()
	s := stagetest.New(t, carto.SetTitle{Title: "Munich"}, carto.SetAttribution{Lines: []string{credit}})
	if _, err := s.Desk.AddFurniture(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Stage.Edit("", carto.SetTitle{Title: "Munich"}) // tells the stage
	s.Until("the layer", func() bool { return len(s.Stage.Map().Layers) == 1 })
	s.Stage.Select(s.Stage.Map().Layers[0].ID)
	i, w, _ := inspectorOf(t, s, look.Light, size)
	s.Until("the parts", func() bool { return len(i.layer.parts.rows) == 5 })
	return s, i, w
}

// part reads the one part of a class from the map.
func part(t *testing.T, s *stagetest.Scene, class string) workshop.Part {
	t.Helper()
	all, err := s.Desk.Parts(t.Context(), s.Stage.Map().Layers[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(p workshop.Part) bool { return p.Class == class })
	if i < 0 {
		return workshop.Part{}
	}
	return all[i]
}

// row finds a part in the list by its name.
func (p *partList) row(t *testing.T, name string) *partRow {
	t.Helper()
	for _, r := range p.rows {
		if r.name.Text == name {
			return r
		}
	}
	t.Fatalf("no part is called %s", name)
	return nil
}

// choose selects a part by its name and waits for its form.
func (p *partList) choose(t *testing.T, s *stagetest.Scene, name string) {
	t.Helper()
	if !p.row(t, name).row.Selected() {
		test.Tap(p.row(t, name).row)
	}
	s.Until("the form of "+name, func() bool { return p.form.root.Visible() && p.form.title.Text == name })
}

// has tells which fields a form has.
func (f *partForm) has() string {
	var keys []string
	for _, field := range f.fields {
		keys = append(keys, field.key)
	}
	return strings.Join(keys, " ")
}

// field finds a field of a form; n counts those of a key.
func field[T fyne.CanvasObject](t *testing.T, f *partForm, key string, n int) (found T) {
	t.Helper()
	for _, row := range f.fields {
		if row.key != key {
			continue
		}
		if n--; n >= 0 {
			continue
		}
		if found, ok := stagetest.Find(row, func(T) bool { return true }); ok {
			return found
		}
	}
	t.Fatalf("%s has no such field", key)
	return found
}

// enter types a number into a field.
func enter(t *testing.T, f *parts.NumberField, text string) {
	t.Helper()
	type typed interface {
		SetText(text string)
		FocusLost()
	}
	for _, o := range test.LaidOutObjects(f) {
		if e, ok := o.(typed); ok {
			e.SetText(text)
			e.FocusLost()
			return
		}
	}
	t.Fatal("a number can't be typed")
}

func TestEachPartHasItsForm(t *testing.T) {
	s, i, _ := furnished(t)
	list := i.layer.parts
	for _, c := range []string{"Scale", "Coordinates", "Text", "Holes in the corners"} {
		menuItem(t, list, c).Action()
	}
	s.Until("the new parts", func() bool { return len(list.rows) == 9 })
	for name, want := range map[string]string{
		"Border":      "inset operation setting",
		"Title":       "text size place offset offset operation setting",
		"Scale bar":   "size place offset offset operation setting",
		"North arrow": "size place offset offset operation setting",
		"4 holes":     "size edge operation setting",
		"Credit line": "text size place offset offset operation setting",
		"Scale":       "text size place offset offset operation setting",
		"Coordinates": "text size place offset offset operation setting",
		"Text":        "text size place offset offset operation setting",
	} {
		list.choose(t, s, name)
		if got := list.form.has(); got != want {
			t.Errorf("%s has %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"Border", "Title", "Scale bar", "North arrow", "Credit line", "Scale", "Coordinates", "Holes in the corners"} {
		if !menuItem(t, list, name).Disabled {
			t.Errorf("a second %s is offered", name)
		}
	}
	if menuItem(t, list, "Text").Disabled || menuItem(t, list, "One hole").Disabled {
		t.Error("there is one text and no more")
	}
}

func menuItem(t *testing.T, p *partList, label string) *fyne.MenuItem {
	t.Helper()
	for _, item := range p.menu().Items {
		if item.Label == label {
			return item
		}
	}
	t.Fatalf("%s is not offered", label)
	return nil
}

func TestATitleIsWrittenDrawnAtOnceAndUndone(t *testing.T) {
	s, i, w := furnished(t)
	list := i.layer.parts
	list.choose(t, s, "Title")
	s.Settled()
	before := s.Stage.Drawn().Figures[i.layer.shown.ID].LengthMM
	w.Canvas().Focus(list.form.say)
	list.form.say.SetText("Our home in Munich")
	s.Until("it is drawn while it is typed", func() bool {
		return !s.Stage.Stale() && s.Stage.Drawn().Figures[i.layer.shown.ID].LengthMM > before*1.1
	})
	if p := part(t, s, workshop.PartTitle); p.Text != "" {
		t.Errorf("typing wrote %q", p.Text)
	}
	list.form.say.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.Until("it is written", func() bool { return part(t, s, workshop.PartTitle).Text == "Our home in Munich" })
	s.Until("the list says so", func() bool { return list.row(t, "Title").says.Text == "Our home in Munich" })
	s.Stage.Undo()
	s.Until("the map's name again", func() bool { return list.form.say.Text == "Munich" })
	list.form.say.SetText("wrong")
	list.form.say.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	s.Stage.Edit("", carto.SetTitle{Title: "Monaco"})
	s.Until("the title follows the map", func() bool { return list.form.say.Text == "Monaco" })
}

// Who has typed a title and presses Ctrl E means the export with that title.
func TestTheWindowsKeysWorkWhileATitleIsTyped(t *testing.T) {
	s, i, w := furnished(t)
	list := i.layer.parts
	list.choose(t, s, "Title")
	export := &desktop.CustomShortcut{KeyName: fyne.KeyE, Modifier: fyne.KeyModifierControl}
	asked := 0
	w.Canvas().AddShortcut(export, func(fyne.Shortcut) { asked++ })
	typeInto(w, list.form.say, "Home")
	list.form.say.TypedShortcut(export)
	if asked != 1 {
		t.Errorf("the window was asked %d times", asked)
	}
	s.Until("the title is taken", func() bool { return part(t, s, workshop.PartTitle).Text == "Home" })
}

func TestWhatIsTypedIsKeptWhenAnotherPartIsChosen(t *testing.T) {
	s, i, _ := furnished(t)
	list := i.layer.parts
	list.choose(t, s, "Title")
	list.form.say.SetText("Home")
	list.choose(t, s, "Scale bar")
	s.Until("the title is kept", func() bool { return part(t, s, workshop.PartTitle).Text == "Home" })
}

func TestAPartIsPlacedSizedAndBurnedOtherwise(t *testing.T) {
	s, i, _ := furnished(t)
	list := i.layer.parts
	list.choose(t, s, "Scale bar")
	field[*parts.Select](t, list.form, "place", 0).Select(2)
	s.Until("it is at the top right", func() bool { return part(t, s, workshop.PartScaleBar).Anchor() == "top-right" })
	s.Until("the form measures from there", func() bool {
		return strings.Contains(texts(list.form.rows), "From the right") && strings.Contains(texts(list.form.rows), "From the top")
	})
	enter(t, field[*parts.NumberField](t, list.form, "offset", 0), "12")
	s.Until("12 mm from the right", func() bool { return part(t, s, workshop.PartScaleBar).Offset == artwork.Point{X: 12, Y: 7} })
	enter(t, field[*parts.NumberField](t, list.form, "offset", 1), "20.5")
	s.Until("20.5 mm from the top", func() bool { return part(t, s, workshop.PartScaleBar).Offset == artwork.Point{X: 12, Y: 20.5} })
	enter(t, field[*parts.NumberField](t, list.form, "size", 0), "80")
	s.Until("up to 80 mm long", func() bool { return part(t, s, workshop.PartScaleBar).Keys["size"] == "80" })
	field[*parts.Select](t, list.form, "operation", 0).Select(2)
	s.Until("scored", func() bool { return part(t, s, workshop.PartScaleBar).Keys["operation"] == "score" })
	s.Until("the settings of scores", func() bool { return strings.Contains(texts(list.form.rows), "Score 2") })
	field[*parts.Segmented](t, list.form, "setting", 0).Select(1)
	s.Until("the second score", func() bool { return part(t, s, workshop.PartScaleBar).Keys["setting"] == "2" })
	for range 6 {
		s.Stage.Undo()
	}
	s.Until("each was one step", func() bool { return !s.Stage.CanUndo() || part(t, s, workshop.PartScaleBar).Anchor() == "bottom-left" })
	if p := part(t, s, workshop.PartScaleBar); p.Keys["size"] != "" || p.Keys["operation"] != "" || p.Anchor() != "bottom-left" {
		t.Errorf("after undoing it is %+v", p)
	}
}

// texts is all that can be read in an object.
func texts(o fyne.CanvasObject) string {
	var all []string
	for _, one := range test.LaidOutObjects(o) {
		if text, ok := one.(*parts.Text); ok {
			all = append(all, text.Text)
		}
	}
	return strings.Join(all, " | ")
}

func TestHolesAreChangedTogether(t *testing.T) {
	s, i, _ := furnished(t)
	list := i.layer.parts
	menuItem(t, list, "Holes in the corners").Action()
	s.Until("the holes are chosen", func() bool { return list.form.root.Visible() && list.form.title.Text == "4 holes" })
	enter(t, field[*parts.NumberField](t, list.form, "size", 0), "6")
	enter(t, field[*parts.NumberField](t, list.form, "edge", 0), "8")
	s.Until("all of them", func() bool {
		all, err := s.Desk.Parts(t.Context(), s.Stage.Map().Layers[0].ID)
		n := 0
		for _, p := range all {
			if p.Class == workshop.PartHole && p.Keys["size"] == "6" && p.Edge == 8 {
				n++
			}
		}
		return err == nil && n == 4
	})
	test.Tap(list.form.remove)
	s.Until("they are taken away", func() bool { return len(list.rows) == 5 })
	s.Stage.Undo()
	s.Until("and back", func() bool { return len(list.rows) == 6 })
}

func TestAPartIsSwitchedOffAndOn(t *testing.T) {
	s, i, _ := furnished(t)
	list := i.layer.parts
	test.Tap(list.row(t, "North arrow").eye)
	s.Until("it is off", func() bool {
		return !part(t, s, workshop.PartNorthArrow).Shown() && !list.row(t, "North arrow").shows()
	})
	test.Tap(list.row(t, "North arrow").eye)
	s.Until("it is on", func() bool { return part(t, s, workshop.PartNorthArrow).Shown() && list.row(t, "North arrow").shows() })
}

func TestWhoTakesTheCreditLineAwayIsWarned(t *testing.T) {
	s, i, _ := furnished(t)
	list := i.layer.parts
	if list.warn.Visible() {
		t.Fatal("there is a warning while the line is on the piece")
	}
	list.choose(t, s, "Credit line")
	enter(t, field[*parts.NumberField](t, list.form, "size", 0), "2.5")
	s.Until("it is restyled", func() bool { return part(t, s, workshop.PartCredit).Keys["size"] == "2.5" })
	test.Tap(list.form.remove)
	s.Until("the warning", func() bool { return list.warn.Visible() })
	s.Until("a notice", func() bool { return len(s.Notices) == 1 })
	if n := s.Notices[0]; n.Kind != stage.KindWarning || !strings.Contains(n.Text, "ODbL") || len(n.Actions) != 1 {
		t.Errorf("%+v", n)
	}
	list.putBack()
	s.Until("it is back", func() bool { return !list.warn.Visible() && part(t, s, workshop.PartCredit).Usual == credit })
	test.Tap(list.row(t, "Credit line").eye)
	s.Until("the warning again", func() bool { return list.warn.Visible() && len(s.Notices) == 2 })
	s.Notices[1].Actions[0].Do()
	s.Until("it is undone", func() bool { return !list.warn.Visible() })
}

func TestAPartChosenOnTheBoardHasItsFormUnderShape(t *testing.T) {
	s, i, _ := furnished(t)
	title := part(t, s, workshop.PartTitle)
	s.Stage.Select(s.Stage.Map().Layers[0].ID, title.ID)
	i.ShowShape()
	s.Until("the form", func() bool { return i.shape.part.root.Visible() && i.shape.name.Text == "Title" })
	if i.shape.fields.Visible() || i.shape.remove.Visible() {
		t.Error("a part is shown as a shape of the map")
	}
	i.shape.part.say.SetText("Home")
	i.shape.part.say.FocusLost()
	s.Until("it is written", func() bool { return part(t, s, workshop.PartTitle).Text == "Home" })
}

// TestPicturesOfParts draws the forms for people to look at.
func TestPicturesOfParts(t *testing.T) {
	s, i, w := furnished(t)
	menuItem(t, i.layer.parts, "Holes in the corners").Action()
	s.Until("the holes", func() bool { return len(i.layer.parts.rows) == 6 })
	s.Settled()
	for _, name := range []string{"Border", "Title", "Scale bar", "4 holes", "Credit line"} {
		i.layer.parts.choose(t, s, name)
		stagetest.Save(t, "part-"+strings.ReplaceAll(strings.ToLower(name), " ", "-"), w.Canvas().Capture())
	}
	test.Tap(i.layer.parts.form.remove)
	s.Until("the warning", func() bool { return i.layer.parts.warn.Visible() })
	stagetest.Save(t, "part-warning", w.Canvas().Capture())
	s.Stage.Undo()
	s.Settled()
	dark, small, _ := inspectorOf(t, s, look.Dark, fyne.NewSize(288, 632))
	s.Until("the parts", func() bool { return len(dark.layer.parts.rows) == 6 })
	dark.layer.parts.choose(t, s, "Title")
	stagetest.Save(t, "part-dark", small.Canvas().Capture())
}
