package start

import (
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stagetest"
)

// TestPictures draws the page as the window shows it, for people to look at:
// MAPWRIGHT_PICTURES=/tmp go test -run Pictures
func TestPictures(t *testing.T) {
	if os.Getenv("MAPWRIGHT_PICTURES") == "" {
		t.Skip("MAPWRIGHT_PICTURES names no folder")
	}
	save := func(s *scene, name string) {
		for range 50 { // what is drawn beside the UI thread
			s.hand.Run()
			time.Sleep(20 * time.Millisecond)
		}
		stagetest.Save(t, name, s.win.Canvas().Capture())
	}
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		s := newScene(t, mode, whole, remembered)
		s.page.middle.named()
		s.page.middle.world.ShowFrame()
		save(s, "start-world-"+string(mode))
		s.page.middle.show(tabCoordinates)
		s.page.form.frames.Select(1)
		s.page.form.turn.SetValue(20)
		s.page.fit()
		save(s, "start-coordinates-"+string(mode))
		s.page.middle.show(tabFile)
		save(s, "start-file-empty-"+string(mode))
		s.page.ShowNewFrom(munich)
		s.until("the file", func() bool { return s.page.file != nil })
		save(s, "start-file-"+string(mode))
		s.win.Resize(fyne.NewSize(1280, 664))
		save(s, "start-small-"+string(mode))
	}
}
