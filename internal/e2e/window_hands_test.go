package e2e

import (
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// settings puts the settings of a shop in place.
func (s *shop) settings(text string) {
	s.t.Helper()
	if err := os.MkdirAll(s.data, 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.data, "settings.json"), []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// tick clicks a cell of the grid of the export dialog, once it stands still.
func (s *screen) tick(layer, format string) {
	s.t.Helper()
	var x, y float64
	s.until("the dialog lists "+layer+" and "+format, func() bool {
		head, row := s.above(format), s.above(layer)
		if len(head) == 0 || len(row) == 0 {
			return false
		}
		// The box stands at the left of its cell, below the head's first letter.
		lastX, lastY := x, y
		x, y = head[0].X-head[0].Width/2+9, row[0].Y
		return x == lastX && y == lastY
	})
	s.clickAt(x, y)
}

// above finds a text in what lies above the window.
func (s *screen) above(text string) (found []shown) {
	for _, o := range s.find(text) {
		if o.Above > 0 {
			found = append(found, o)
		}
	}
	return found
}

// corner finds the figure in the account corner.
func (s *screen) corner(text string) (shown, bool) {
	for _, o := range s.find(text) {
		if o.Y < 56 && o.X > float64(s.width)-260 {
			return o, true
		}
	}
	return shown{}, false
}

// figure waits until the corner shows what can be spent.
func (s *screen) figure(text string) shown {
	s.t.Helper()
	var found shown
	s.until("the corner shows "+text, func() (ok bool) { found, ok = s.corner(text); return ok })
	return found
}

// reads waits until a sentence can be read, be it broken into lines or not.
func (s *screen) reads(sentence string) {
	s.t.Helper()
	s.until("the screen reads "+sentence, func() bool { return strings.Contains(s.text(), sentence) })
}

// text is all that can be read, as one line.
func (s *screen) text() string {
	var all []string
	for _, o := range s.look() {
		if strings.HasPrefix(o.Kind, "*canvas") {
			all = append(all, strings.TrimSpace(o.Text))
		}
	}
	return strings.Join(all, " ")
}

// layer waits until the list of layers shows one, and gives its name's place.
func (s *screen) layer(name string) shown {
	s.t.Helper()
	var found shown
	s.until("the list shows the layer "+name, func() bool {
		for _, o := range s.find(name) {
			if o.X < leftColumn && o.Above == 0 {
				found = o
				return true
			}
		}
		return false
	})
	return found
}

// leftColumn is how wide the list of layers is.
const leftColumn = 264

// beside gives what is shown with a text on the height of something else.
func (s *screen) beside(at shown, text string) shown {
	s.t.Helper()
	var found shown
	s.until(text+" is beside "+at.Text, func() bool {
		for _, o := range s.find(text) {
			if math.Abs(o.Y-at.Y) < 20 {
				found = o
				return true
			}
		}
		return false
	})
	return found
}

// order waits until layers are listed in an order, top first.
func (s *screen) order(names ...string) {
	s.t.Helper()
	s.until("the layers are in the order "+strings.Join(names, " "), func() bool {
		last := -1.0
		for _, name := range names {
			at := -1.0
			for _, o := range s.find(name) {
				if o.X < leftColumn && o.Above == 0 {
					at = o.Y
				}
			}
			if at <= last {
				return false
			}
			last = at
		}
		return true
	})
}

// doubleClickAt clicks a place twice, as fast as a hand does.
func (s *screen) doubleClickAt(x, y float64) {
	s.t.Helper()
	dx, dy := s.origin()
	s.must("xdotool", "mousemove", strconv.Itoa(dx+int(x)), strconv.Itoa(dy+int(y)))
	time.Sleep(60 * time.Millisecond) // as a hand does: Fyne hears the move first
	s.must("xdotool", "click", "--repeat", "2", "--delay", "60", "1")
}

// pixels is what the screen shows around a place, as eyes see it.
func (s *screen) pixels(at shown, by float64) image.Image {
	s.t.Helper()
	dx, dy := s.origin()
	w, h := int(at.Width+2*by), int(at.Height+2*by)
	x, y := dx+int(at.X-at.Width/2-by), dy+int(at.Y-at.Height/2-by)
	file := filepath.Join(s.t.TempDir(), "pixels.png")
	area := strconv.Itoa(w) + "x" + strconv.Itoa(h) + "+" + strconv.Itoa(x) + "+" + strconv.Itoa(y)
	s.must("import", "-window", "root", "-crop", area, "+repage", file)
	f, err := os.Open(file)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	img, err := png.Decode(f)
	if err != nil {
		s.t.Fatal(err)
	}
	return img
}

// has tells whether a colour can be seen in or near something.
func (s *screen) has(at shown, by float64, want color.RGBA) bool {
	s.t.Helper()
	img := s.pixels(at, by)
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, _ := img.At(x, y).RGBA()
			if near(r>>8, want.R) && near(g>>8, want.G) && near(bl>>8, want.B) {
				return true
			}
		}
	}
	return false
}

// blue tells whether something in the middle of the sheet is blue, as scored
// lines are on the map and nothing is that a laser burns.
func (s *screen) blue() bool {
	s.t.Helper()
	w, h := float64(s.width), float64(s.height)
	img := s.pixels(shown{X: w / 2, Y: h / 2, Width: w / 3, Height: h / 3}, 0)
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if r, _, bl, _ := img.At(x, y).RGBA(); bl>>8 > r>>8+60 {
				return true
			}
		}
	}
	return false
}

// near tells whether two shares of a colour look the same.
func near(a uint32, b uint8) bool { return max(a, uint32(b))-min(a, uint32(b)) <= 6 }

// The colours of the light theme that say something in the corner.
var (
	errorRed = color.RGBA{0xB3, 0x26, 0x1E, 0xFF}
	syncDot  = color.RGBA{0xC2, 0x6A, 0x00, 0xFF}
)

// dies waits until the program has killed itself at a fault point.
func (s *screen) dies() {
	s.t.Helper()
	select {
	case <-s.ended:
	case <-time.After(90 * time.Second):
		s.shot("stuck")
		s.t.Fatalf("the program lives on\n%s", s.output())
	}
}

// quiet checks that the program has said nothing that a person must not see.
// Of Fyne's own complaints two are let pass: it looks for folders that a bare
// system does not name, and it may read its settings while it writes them.
func (s *screen) quiet() {
	s.t.Helper()
	for _, line := range strings.Split(s.output(), "\n") {
		ours := strings.Contains(line, "Fyne error") &&
			!strings.Contains(line, "Getting favorite locations") && !strings.Contains(line, "Preferences load error")
		if ours || strings.Contains(line, "panic") {
			s.t.Errorf("the program said:\n%s", s.output())
			return
		}
	}
}
