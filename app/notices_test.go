package app

import (
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/stage"
)

// TestTheLastWordOfATopicStandsAlone: nobody may read that the program is
// offline beside the news that it has synced.
func TestTheLastWordOfATopicStandsAlone(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{Mode: look.Light})
	l, _ := loop.Manual()
	defer l.Close()
	n := newNotices(l)
	n.show(stage.Notice{Kind: stage.KindOffline, Title: "Offline", Topic: "contact"})
	n.show(stage.Notice{Kind: stage.KindWarning, Title: "Something else"})
	if len(n.list.Objects) != 2 {
		t.Fatalf("%d notices are shown, want 2", len(n.list.Objects))
	}
	n.show(stage.Notice{Kind: stage.KindWarning, Title: "Synced", Topic: "contact"})
	if len(n.list.Objects) != 2 || len(n.past) != 3 {
		t.Errorf("%d notices are shown and %d kept, want 2 and 3", len(n.list.Objects), len(n.past))
	}
	n.drop("contact")
	n.drop("contact")
	if len(n.list.Objects) != 1 {
		t.Errorf("%d notices are left, want the one of no topic", len(n.list.Objects))
	}
}
