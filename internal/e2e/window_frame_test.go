package e2e

import (
	"encoding/json"
	"fmt"
	"image/color"
	"math"
	"path/filepath"
	"testing"
	"time"
)

// pine is what the outline of a selection is drawn in, by theme.
var pine = map[string]color.RGBA{"light": {0x0B, 0x64, 0x57, 0xFF}, "dark": {0x5C, 0xC8, 0xB3, 0xFF}}

// TestAFrameForThePieceInTheWindow: a maker gives a map its frame, writes the
// title, puts the scale bar elsewhere by hand, thinks better of it, and exports
// the piece.
func TestAFrameForThePieceInTheWindow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		theme         string
		width, height int
	}{{"light", 1440, 900}, {"dark", 1280, 720}} {
		t.Run(c.theme, func(t *testing.T) {
			t.Parallel()
			shop := newShop(t)
			m := shop.hamlet()
			shop.settings(fmt.Sprintf(`{"theme":%q,"width":%d,"height":%d}`, c.theme, c.width, c.height))
			s := newScreen(t, c.width, c.height)
			s.open(shop, "Points *", m)

			s.click("Add a layer")
			s.clickAbove("Frame and text")
			s.layer("Frame and text")
			s.see("Parts")
			for _, part := range []string{"Border", "Title", "Scale bar", "North arrow"} {
				s.right(part)
			}
			s.shot("1-added")

			at := s.right("Title")
			s.clickAt(at.X, at.Y)
			s.see("Height of*")
			// The title in its field, below the list that says it too.
			entry := s.right("hamlet")
			for _, o := range s.find("hamlet") {
				if o.X > float64(s.width)-312 && o.Y > entry.Y {
					entry = o
				}
			}
			s.clickAt(entry.X, entry.Y)
			s.keys("ctrl+a")
			s.write("Our hamlet")
			s.keys("Return")
			s.until("the list says the title", func() bool { return len(s.find("Our hamlet")) > 1 })
			s.shot("2-title")

			at = s.right("Scale bar")
			s.clickAt(at.X, at.Y)
			s.right("Longest")
			before := s.outlined(c.theme)
			s.shot("3-chosen")
			s.drag(before.X, before.Y, before.X+70, before.Y-120)
			s.until("the outline is where it was dragged to", func() bool {
				now, ok := s.outline(c.theme)
				return ok && math.Abs(now.X-before.X-70) < 14 && math.Abs(now.Y-before.Y+120) < 14
			})
			moved := shop.part(m, "scale-bar")
			s.shot("4-dragged")
			s.click("Undo")
			s.until("the outline is where it was", func() bool {
				now, ok := s.outline(c.theme)
				return ok && math.Abs(now.X-before.X) < 2 && math.Abs(now.Y-before.Y) < 2
			})
			if back := shop.part(m, "scale-bar"); back.At == moved.At {
				t.Errorf("the scale bar is still at %v", back.At)
			}
			s.shot("5-undone")

			s.keys("ctrl+e")
			s.see("Export")
			s.tick("Frame and text", "SVG")
			s.see("Burn length and time")
			s.gone("reckoning…")
			s.reads(" m · ")
			s.shot("6-price")
			s.click("Export * for 1 credit")
			s.see("in place")
			s.shot("7-receipt")
			s.keys("Escape")
			s.close()
			s.quiet()
			if title := shop.part(m, "title"); title.Text != "Our hamlet" || !title.Own {
				t.Errorf("the map's title is %+v", title)
			}
			if files, _ := filepath.Glob(shop.path("*.svg")); len(files) != 1 {
				t.Errorf("no file came: %v", shop.tree("."))
			}
		})
	}
}

// right waits until the inspector shows a text.
func (s *screen) right(text string) shown {
	s.t.Helper()
	var found shown
	s.until("the inspector shows "+text, func() bool {
		for _, o := range s.find(text) {
			if o.X > float64(s.width)-312 && o.Above == 0 {
				found = o
				return true
			}
		}
		return false
	})
	return found
}

// outlined waits until the sheet outlines a selection that stands still, and
// gives the middle of its outline.
func (s *screen) outlined(theme string) shown {
	s.t.Helper()
	var at shown
	s.until("the selection is outlined", func() bool {
		now, ok := s.outline(theme)
		still := ok && now == at
		at = now
		return still
	})
	return at
}

// outline finds the outline of what is selected on the sheet, right of the
// tools and above the zoom.
func (s *screen) outline(theme string) (at shown, ok bool) {
	s.t.Helper()
	const tools = 90
	left, right, top, bottom := float64(leftColumn+tools), float64(s.width-330), 76.0, float64(s.height-100)
	img := s.pixels(shown{X: (left + right) / 2, Y: (top + bottom) / 2, Width: right - left, Height: bottom - top}, 0)
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	want := pine[theme]
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			r, g, b, _ := img.At(x, y).RGBA()
			if near(r>>8, want.R) && near(g>>8, want.G) && near(b>>8, want.B) {
				x0, y0 = min(x0, float64(x)), min(y0, float64(y))
				x1, y1 = max(x1, float64(x)), max(y1, float64(y))
			}
		}
	}
	if x1-x0 < 20 || y1-y0 < 5 {
		time.Sleep(50 * time.Millisecond)
		return shown{}, false
	}
	return shown{X: left + (x0+x1)/2, Y: top + (y0+y1)/2, Width: x1 - x0, Height: y1 - y0}, true
}

// partJSON is a part of the layer "Frame and text", as the command line tells.
type partJSON struct {
	Part string
	Text string
	Own  bool `json:"own_text"`
	At   [2]float64
}

// part gives the first part of a class.
func (s *shop) part(gpkg, class string) partJSON {
	s.t.Helper()
	var out struct{ Parts []partJSON }
	if err := json.Unmarshal([]byte(s.must("layer", "parts", gpkg, "--json").stdout), &out); err != nil {
		s.t.Fatal(err)
	}
	for _, p := range out.Parts {
		if p.Part == class {
			return p
		}
	}
	s.t.Fatalf("there is no %s: %+v", class, out)
	return partJSON{}
}
