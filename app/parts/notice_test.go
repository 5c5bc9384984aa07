package parts_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// A notice about a file with a long name must not make the window wider than
// the screen.
func TestALongTitleOfANoticeKeepsTheWindowAsItIs(t *testing.T) {
	var long, short fyne.CanvasObject
	window(t, look.Light, func() fyne.CanvasObject {
		long = parts.Notice{Icon: "info", Title: strings.Repeat("extract-", 30) + ".osm.pbf was not added", Text: "It is empty."}.Body()
		short = parts.Notice{Icon: "info", Title: "Added munich-centre-2020-with-all-its-suburbs-and-villages.osm.pbf"}.Body()
		return long
	})
	if w := long.MinSize().Width; w > 800 {
		t.Errorf("it is %g wide", w)
	}
	if w := short.MinSize().Width; w <= parts.NoticeWidth {
		t.Errorf("a usual file has no room for its name in %g", w)
	}
}
