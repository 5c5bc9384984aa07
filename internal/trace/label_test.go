package trace

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// called gives a feature a name.
func called(name string, f carto.Feature) carto.Feature {
	f.Name = name
	return f
}

// inkOf is the box around a layer.
func inkOf(l *artwork.Layer) artwork.Box {
	b := artwork.EmptyBox()
	for _, s := range l.Shapes {
		b = b.Union(s.Bounds())
	}
	return b
}

func TestNamesStandWhereTheMakerWantsThem(t *testing.T) {
	t.Parallel()
	for position, want := range map[string]func(b artwork.Box) bool{
		"auto": func(b artwork.Box) bool { return b.Min.X > 50 && b.Min.Y > 50 },
		"centre": func(b artwork.Box) bool {
			return math.Abs(b.Min.X+b.Max.X-100) < 0.1 && math.Abs(b.Min.Y+b.Max.Y-100) < 0.1
		},
		"above": func(b artwork.Box) bool { return math.Abs(b.Min.Y-51) < 0.1 && b.Min.X < 50 && b.Max.X > 50 },
		"below": func(b artwork.Box) bool { return math.Abs(b.Max.Y-49) < 0.1 && b.Min.X < 50 && b.Max.X > 50 },
		"left":  func(b artwork.Box) bool { return math.Abs(b.Max.X-49) < 0.1 },
		"right": func(b artwork.Box) bool { return math.Abs(b.Min.X-51) < 0.1 },
	} {
		b := newTable(t, carto.FrameRect)
		b.layer("x", artwork.Engrave, "label", map[string]string{"position": position}, called("Ort", b.spot(50, 50)))
		l, _ := b.trace("x")
		if ink := inkOf(l); !want(ink) {
			t.Errorf("%s: the name of a point at 50, 50 lies in %v", position, ink)
		}
	}
}

func TestTheStyleFollowsTheOperation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		op           artwork.Operation
		style        string
		fill, closed bool
	}{
		{artwork.Engrave, "auto", true, true},
		{artwork.Engrave, "single-line", false, false},
		{artwork.Score, "auto", false, false},
		{artwork.Score, "outlined", false, true},
	} {
		b := newTable(t, carto.FrameRect)
		b.layer("x", c.op, "label", map[string]string{"style": c.style}, called("HEIM", b.spot(50, 50)))
		l, report := b.trace("x")
		if len(l.Shapes) == 0 || len(report.Notes) > 0 {
			t.Fatalf("%s, %s: %d shapes, notes %+v", c.op, c.style, len(l.Shapes), report.Notes)
		}
		for _, s := range l.Shapes {
			if s.Fill != c.fill || s.Paths[0].Closed != c.closed {
				t.Errorf("%s, %s: a shape is filled %v, closed %v", c.op, c.style, s.Fill, s.Paths[0].Closed)
			}
		}
	}
}

// One street in pieces, drawn by several hands, has its name once.
func TestPiecesOfAStreetShareOneName(t *testing.T) {
	t.Parallel()
	count := func(features ...carto.Feature) int {
		b := newTable(t, carto.FrameRect)
		b.layer("x", artwork.Engrave, "label", nil, features...)
		w, err := b.scene().drawn(t.Context(), "x")
		if err != nil {
			t.Fatal(err)
		}
		return len(settledOf(t, w))
	}
	b := newTable(t, carto.FrameRect)
	if n := count(called("Ring", b.way("", 10, 50, 50, 50)), called("Ring", b.way("", 90, 50, 50, 50))); n != 1 {
		t.Errorf("a street of two pieces has its name %d times", n)
	}
	if n := count(called("Ring", b.way("", 10, 50, 90, 50)), called("Ring", b.way("", 10, 52, 90, 52))); n != 1 {
		t.Errorf("a street of two carriageways has its name %d times", n)
	}
	if n := count(called("Ring", b.way("", 10, 50, 90, 50)), called("Damm", b.way("", 10, 60, 90, 60))); n != 2 {
		t.Errorf("two streets have %d names", n)
	}
}

func TestNamesInAreasShrinkBreakOrGo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		width, height float64
		size          float64 // of the capitals, mm; 0 for none
		lines         int
	}{
		"wide":   {60, 30, 4, 1},
		"square": {24, 24, 4, 2},
		"small":  {14, 14, 2.6, 2},
		"tiny":   {6, 4, 0, 0},
	} {
		b := newTable(t, carto.FrameRect)
		b.layer("x", artwork.Engrave, "label", map[string]string{"size": "4", "min-size": "2"},
			called("Unterer Weiher", b.patch(rect(10, 10, 10+c.width, 10+c.height))))
		w, err := b.scene().drawn(t.Context(), "x")
		if err != nil {
			t.Fatal(err)
		}
		places := settledOf(t, w)
		if c.size == 0 {
			l, report := b.trace("x")
			notes := report.Of(KindNoRoom)
			if len(places) != 0 || len(l.Shapes) != 0 || len(notes) != 1 || !strings.Contains(notes[0].Message, "Unterer Weiher") {
				t.Errorf("%s: %d places, notes %+v", name, len(places), report.Notes)
			}
			continue
		}
		if len(places) != 1 || len(places[0].Texts) != c.lines || math.Abs(places[0].Size()-c.size) > 0.4 {
			t.Errorf("%s: %d places, want %d lines %g mm high", name, len(places), c.lines, c.size)
			for _, p := range places {
				t.Logf("%d lines, %g mm", len(p.Texts), p.Size())
			}
			continue
		}
		l, _ := b.trace("x")
		ink := inkOf(l)
		if ink.Min.X < 10 || ink.Min.Y < 10 || ink.Max.X > 10+c.width || ink.Max.Y > 10+c.height {
			t.Errorf("%s: the name leaves its area: %v", name, ink)
		}
	}
}

func TestWhatIsWrittenCanBeChosen(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		options map[string]string
		want    string
	}{
		"a name":          {nil, "Gruß"},
		"in capitals":     {map[string]string{"case": "upper"}, "GRUSS"},
		"an attribute":    {map[string]string{"text": "ref"}, "B 12"},
		"no such key":     {map[string]string{"text": "ele"}, ""},
		"single-line too": {map[string]string{"style": "single-line"}, "Gruß"},
	} {
		b := newTable(t, carto.FrameRect)
		f := called("Gruß", b.spot(50, 50))
		f.Attributes = map[string]string{"ref": "B 12"}
		b.layer("x", artwork.Engrave, "label", c.options, f)
		w, err := b.scene().drawn(t.Context(), "x")
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, p := range settledOf(t, w) {
			got += p.Texts[0].String
		}
		if got != c.want {
			t.Errorf("%s: wrote %q, want %q", name, got, c.want)
		}
	}
}

// Letters are to be read, and what is not written is to be told.
func TestLabelsTellWhatTheyCouldNotWrite(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("chinese", artwork.Engrave, "label", nil, called("唐人街", b.spot(50, 50)), called("Ort", b.spot(30, 30)))
	b.layer("arabic", artwork.Score, "label", nil, called("شارع", b.spot(50, 70)))
	b.layer("small", artwork.Engrave, "label", map[string]string{"size": "1"}, called("Ort", b.spot(70, 20)))
	b.layer("nameless", artwork.Engrave, "label", nil, b.spot(80, 80))
	_, report := b.job()
	for kind, says := range map[NoteKind]string{
		KindNoLetters: "唐 (U+5510)", KindReplaced: "شارع", KindSmallText: "1 mm", KindEmpty: "no name",
	} {
		notes := report.Of(kind)
		if len(notes) != 1 || !strings.Contains(notes[0].Message, says) {
			t.Errorf("%s: got %+v, want one note that says %q", kind, notes, says)
		}
	}
}

// Letters on a dark ground can't be read without the ground left free.
func TestLayersBelowLeaveNamesFree(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("ground", artwork.Engrave, "filled", nil, b.patch(rect(10, 10, 90, 70)))
	b.layer("line", artwork.Score, "centreline", nil, b.way("", 10, 50, 90, 50))
	b.layer("names", artwork.Engrave, "label", map[string]string{"position": "centre", "size": "6", "halo": "1"}, called("HEIM", b.spot(50, 50)))
	art, _ := b.job()
	ink := inkOf(&art.Layers[2])
	if n := len(art.Layers[0].Shapes); n != 1 {
		t.Errorf("the ground shows in %d pieces: specks between the letters", n)
	}
	if free := 4800 - filledMM(art.Layers[0]); free < 0.8*(ink.Width()+2)*(ink.Height()+2) || free > (ink.Width()+2)*(ink.Height()+2) {
		t.Errorf("%g mm² are left free around letters of %g × %g mm with a halo of 1", free, ink.Width(), ink.Height())
	}
	for _, s := range art.Layers[1].Shapes {
		if box := s.Bounds(); box.Min.X < ink.Min.X && box.Max.X > ink.Max.X {
			t.Error("a scored line runs through the letters")
		}
	}
	innocent(t, art)
}

// A bit of a street between two words is read as a hyphen, and one at the end of
// a name as a full stop.
func TestNoScrapOfAStreetIsReadAsASign(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("street", artwork.Engrave, "filled", map[string]string{"width": "0.8"}, b.way("", 20, 30, 80, 30))
	b.layer("rail", artwork.Score, "centreline", nil, b.way("", 20, 50, 80, 50))
	b.layer("yard", artwork.Engrave, "filled", map[string]string{"min-area": "0"}, b.patch(rect(45, 30, 45.8, 33.2)))
	b.layer("names", artwork.Engrave, "label", map[string]string{"position": "centre", "size": "4"},
		called("Old Lane", b.way("", 20, 30, 80, 30)), called("New Line", b.way("", 20, 50, 80, 50)))
	art, _ := b.job()
	for _, l := range art.Layers {
		switch l.Name {
		case "yard":
			if len(l.Shapes) > 0 {
				t.Errorf("a scrap of %g mm² is left beside the name", filledMM(l))
			}
		case "street", "rail":
			if len(l.Shapes) != 2 {
				t.Errorf("the %s comes in %d pieces, not in one at each end of its name", l.Name, len(l.Shapes))
			}
		}
	}
}

func TestNamesKeepOffLayers(t *testing.T) {
	t.Parallel()
	trace := func(avoid string) int {
		b := newTable(t, carto.FrameRect)
		options := map[string]string{"position": "centre", "avoid": avoid}
		b.layer("low", artwork.Score, "centreline", nil, b.way("", 25, 10, 25, 90))
		b.layer("names", artwork.Engrave, "label", options,
			called("Unten", b.spot(25, 50)), called("Mitte", b.spot(50, 50)), called("Oben", b.spot(75, 50)))
		b.layer("high", artwork.Engrave, "filled", nil, b.patch(rect(70, 45, 80, 55)))
		b.layer("titles", artwork.Engrave, "label", map[string]string{"position": "centre"}, called("Titel", b.spot(50, 50)))
		w, err := b.scene().taker(t.Context(), "names")
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, name := range []string{"Unten", "Mitte", "Oben"} {
			if !slices.ContainsFunc(w.notes, func(n Note) bool { return strings.Contains(n.Message, name) }) {
				n++
			}
		}
		return n
	}
	for avoid, want := range map[string]int{"no": 3, "above": 1, "all": 0, "low": 2, "high, titles": 1} {
		if got := trace(avoid); got != want {
			t.Errorf("avoid %s: %d of 3 names are written, want %d", avoid, got, want)
		}
	}
}
