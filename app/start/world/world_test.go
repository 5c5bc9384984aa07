package world

import (
	"math"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/paulmach/orb"
	"go.uber.org/goleak"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/assets"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestTheWorldIsThere: the outlines are part of the program, so a maker without
// a network can choose a place.
func TestTheWorldIsThere(t *testing.T) {
	t.Parallel()
	o, err := read(assets.World)
	if err != nil {
		t.Fatal(err)
	}
	if len(o.countries) != 242 {
		t.Errorf("%d countries", len(o.countries))
	}
	for name, p := range map[string]orb.Point{
		"Iceland": {-19, 65}, "Germany": {11.57, 48.14}, "Lesotho": {28.3, -29.6}, "South Africa": {24, -29}, "": {-40, 30},
	} {
		if got := o.at(toPlane(p)); got != name {
			t.Errorf("at %v is %q, want %q", p, got, name)
		}
	}
}

// TestACutFileIsAnError: a broken build must be found, not shown as an empty sea.
func TestACutFileIsAnError(t *testing.T) {
	t.Parallel()
	if _, err := read(assets.World[:len(assets.World)/2]); err == nil {
		t.Error("half a file is read")
	}
	if _, err := read([]byte("no gzip")); err == nil {
		t.Error("a text is read")
	}
	for n := range 12 {
		r := &reader{data: []byte{5, 'a'}[:min(n, 2)]}
		_ = r.text()
		r.ring()
		if !r.short {
			t.Errorf("%d bytes are enough", n)
		}
	}
}

// TestThePlaneAndBack: what is dragged must come back as the degrees it is of.
func TestThePlaneAndBack(t *testing.T) {
	t.Parallel()
	for lat := -84.0; lat <= 84; lat += 7 {
		if got := toDegrees(toPlane(orb.Point{33, lat})); math.Abs(got[1]-lat) > 1e-9 || got[0] != 33 {
			t.Errorf("%g comes back as %v", lat, got)
		}
	}
}

// frameAround is a board of 4:3 on the plane, with its middle at 10,0.
func frameAround(center orb.Point, width float64) Frame {
	f := Frame{Center: toDegrees(center), Size: "1 × 1 km", On: "on wood"}
	corners := []orb.Point{{-4, -3}, {4, -3}, {4, 3}, {-4, 3}}
	for i, a := range corners {
		b := corners[(i+1)%4]
		for k := range 8 {
			s := float64(k) / 8
			p := orb.Point{center[0] + (a[0]+(b[0]-a[0])*s)*width/8, center[1] + (a[1]+(b[1]-a[1])*s)*width/8}
			f.Board = append(f.Board, toDegrees(p))
		}
	}
	f.Outline = f.Board
	return f
}

type report struct {
	center orb.Point
	grow   float64
}

func newMap(t *testing.T) (m *Map, hand *loop.Hand, reports *[]report, ended *int) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme{Mode: look.Light})
	l, hand := loop.Manual()
	t.Cleanup(l.Close)
	m = New(l)
	reports, ended = &[]report{}, new(int)
	m.OnFrame = func(center orb.Point, grow float64) { *reports = append(*reports, report{toPlane(center), grow}) }
	m.OnEnd = func() { *ended++ }
	clip := container.NewClip(m)
	clip.ExtendBaseWidget(clip)
	w := test.NewTempWindow(t, clip)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(800, 600))
	m.SetFrame(frameAround(orb.Point{10, 0}, 8))
	m.ShowFrame()
	if !hand.Until(30*time.Second, func() bool { return m.picture != nil && m.pictured == m.spot }) {
		t.Fatal("the world is not drawn")
	}
	return m, hand, reports, ended
}

func drag(m *Map, from, to orb.Point) {
	a, b := m.toScreen(from), m.toScreen(to)
	m.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: b}, Dragged: fyne.NewDelta(b.X-a.X, b.Y-a.Y)})
	m.DragEnd()
}

func near(a, b orb.Point) bool { return math.Hypot(a[0]-b[0], a[1]-b[1]) < 0.02 }

// TestDragsOfTheFrame: each drag gives the frame that the hand asked for.
func TestDragsOfTheFrame(t *testing.T) {
	m, _, reports, ended := newMap(t)
	for i, c := range []struct {
		name     string
		from, to orb.Point
		want     report
	}{
		{"moving", orb.Point{11, 1}, orb.Point{13, 2}, report{orb.Point{12, 1}, 1}},
		{"a corner, opposite stays", orb.Point{14, 3}, orb.Point{18, 6}, report{orb.Point{12, 1.5}, 1.5}},
		{"a side, opposite stays", orb.Point{6, 0}, orb.Point{2, 0}, report{orb.Point{8, 0}, 1.5}},
		{"a corner across its opposite", orb.Point{14, 3}, orb.Point{0, -9}, report{orb.Point{6.08, -2.94}, 0.02}},
		{"a new one, to the lower right", orb.Point{4, 6}, orb.Point{8, 4}, report{orb.Point{6, 4.5}, 0.5}},
		{"a new one, to the upper left", orb.Point{4, -6}, orb.Point{2, -5.7}, report{orb.Point{3, -5.25}, 0.25}},
	} {
		drag(m, c.from, c.to)
		if len(*reports) != i+1 || *ended != i+1 {
			t.Fatalf("%s: %d reports, %d ends", c.name, len(*reports), *ended)
		}
		if got := (*reports)[i]; !near(got.center, c.want.center) || math.Abs(got.grow-c.want.grow) > 0.01 {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if got := (*reports)[len(*reports)-1]; !near(got.center, orb.Point{10.8, 0}) || got.grow != 1 {
		t.Errorf("the arrow key made %+v", got)
	}
}

// TestLookingAround: the hand keeps what it holds, and looking changes no frame.
func TestLookingAround(t *testing.T) {
	m, hand, reports, ended := newMap(t)
	m.SetTool(ToolPan)
	held := orb.Point{10, 0}
	to := m.toScreen(held).AddXY(60, -40)
	drag(m, held, m.toPlane(to))
	if got := m.toScreen(held); math.Hypot(float64(got.X-to.X), float64(got.Y-to.Y)) > 0.5 {
		t.Errorf("what was held is at %v, not %v", got, to)
	}
	at := fyne.NewPos(200, 150)
	before, zoom := m.toPlane(at), m.Zoom()
	m.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: at}, Scrolled: fyne.NewDelta(0, 20)})
	if after := m.toPlane(at); !near(before, after) || m.Zoom() <= zoom {
		t.Errorf("under the pointer is %v, was %v; zoom %g, was %g", after, before, m.Zoom(), zoom)
	}
	for range 40 {
		m.ZoomBy(3)
	}
	if m.spot.scale != mostScale {
		t.Errorf("the scale is %g", m.spot.scale)
	}
	for range 80 {
		m.TypedRune('-')
	}
	if math.Abs(m.Zoom()-1) > 1e-9 {
		t.Errorf("the zoom is %g", m.Zoom())
	}
	if len(*reports) != 0 || *ended != 0 {
		t.Error("the frame was moved")
	}
	if !hand.Until(30*time.Second, func() bool { return m.pictured == m.spot }) {
		t.Error("the last look is not drawn")
	}
}

// TestAGrownFrameComesIntoView: a board of another shape must not lie below what
// floats over the world, and a frame that shows whole moves nothing.
func TestAGrownFrameComesIntoView(t *testing.T) {
	m, _, _, _ := newMap(t)
	before := m.spot
	m.KeepFrame()
	if m.spot != before {
		t.Errorf("a frame in view moved the world from %+v to %+v", before, m.spot)
	}
	m.SetFrame(frameAround(orb.Point{10, 0}, 14))
	m.KeepFrame()
	box, _ := m.frameBox()
	if share := (box.Max[0] - box.Min[0]) * m.spot.scale / float64(m.size.Width); math.Abs(share-fill) > 0.01 {
		t.Errorf("the grown frame takes %.2f of the width, not %.2f", share, fill)
	}
}

// TestAcrossTheDateLine: Fiji is dragged like any other place.
func TestAcrossTheDateLine(t *testing.T) {
	m, _, reports, _ := newMap(t)
	m.SetFrame(frameAround(orb.Point{179, -18}, 8))
	m.ShowFrame()
	drag(m, orb.Point{179, -18}, orb.Point{181, -18})
	if got := (*reports)[0].center; !near(got, orb.Point{-179, -18}) {
		t.Errorf("the centre is %v", got)
	}
}

// TestTheOverviewLeadsThere: a tap on the small world shows that place.
func TestTheOverviewLeadsThere(t *testing.T) {
	m, _, _, _ := newMap(t)
	o := NewOverview(m.loop, m)
	p := fyne.NewPos(overviewWidth/2, (0.5-overviewTop)*overviewWidth) // 0,0
	o.Tapped(&fyne.PointEvent{Position: p})
	if !near(m.spot.center, orb.Point{0, 0}) {
		t.Errorf("it shows %v", m.spot.center)
	}
}

// BenchmarkPaint is what a look at another part of the world costs beside the
// UI thread.
func BenchmarkPaint(b *testing.B) {
	o, err := read(assets.World)
	if err != nil {
		b.Fatal(err)
	}
	c := colors{}
	c.land.A, c.border.A = 255, 255
	for b.Loop() {
		if _, err := o.paint(b.Context(), 812, 784, spot{orb.Point{10, 30}, 2.3}, c); err != nil {
			b.Fatal(err)
		}
	}
}
