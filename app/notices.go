package app

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
)

const (
	// stays is how long a notice that asks for nothing stays.
	stays = 9 * time.Second
	// mostNotices is how many are shown at once; older ones go.
	mostNotices = 3
	// mostKept is how many can be read again.
	mostKept = 50
)

// notices float above the page. Those that report a failure or offer something
// stay until they are taken away.
type notices struct {
	loop   *loop.Loop
	object fyne.CanvasObject
	list   *fyne.Container
	past   []told
	topics map[string]fyne.CanvasObject // the shown notice of each topic
	offers map[fyne.CanvasObject]*bench // the shown notices that offer something to do with a map
	stays  time.Duration
}

// told is a notice and when it came.
type told struct {
	at time.Time
	stage.Notice
}

func newNotices(l *loop.Loop) *notices {
	n := &notices{loop: l, list: container.NewVBox(), topics: map[string]fyne.CanvasObject{}, offers: map[fyne.CanvasObject]*bench{}, stays: stays}
	n.object = container.New(layout.NewCustomPaddedLayout(topHeight+16, 0, 0, 0),
		container.NewVBox(container.NewHBox(layout.NewSpacer(), n.list, layout.NewSpacer())))
	return n
}

// pictures are icon and colour of each kind.
var pictures = map[stage.Kind]struct {
	icon  string
	color fyne.ThemeColorName
}{
	stage.KindDone:      {"check", theme.ColorNameSuccess},
	stage.KindInfo:      {"info", look.Info},
	stage.KindWarning:   {"warning", theme.ColorNameWarning},
	stage.KindError:     {"stop-sign", theme.ColorNameError},
	stage.KindCredits:   {"credit", theme.ColorNameError},
	stage.KindOffline:   {"offline", theme.ColorNameWarning},
	stage.KindPlugin:    {"plugin", theme.ColorNameError},
	stage.KindRecovered: {"undo", theme.ColorNamePrimary},
}

// drop takes the notice of a topic away, if one is shown.
func (n *notices) drop(topic string) {
	if card, ok := n.topics[topic]; ok {
		delete(n.topics, topic)
		n.list.Remove(card)
		n.list.Refresh()
	}
}

// show shows a notice, in the place of the one of its topic.
func (n *notices) show(notice stage.Notice) { n.showOf(nil, notice) }

// leave takes away what offers something to do with a map that is put away.
func (n *notices) leave(b *bench) {
	for card, of := range n.offers {
		if of == b {
			delete(n.offers, card)
			n.list.Remove(card)
		}
	}
	n.list.Refresh()
}

// showOf shows a notice that came from a map; nil is none.
func (n *notices) showOf(b *bench, notice stage.Notice) {
	n.past = append(n.past, told{time.Now(), notice})
	n.past = n.past[max(0, len(n.past)-mostKept):]
	p := pictures[notice.Kind]
	var card fyne.CanvasObject
	drop := func() {
		delete(n.offers, card)
		n.list.Remove(card)
		n.list.Refresh()
	}
	body := parts.Notice{Icon: p.icon, Color: p.color, Title: notice.Title, Text: notice.Text}
	for _, a := range notice.Actions {
		body.Actions = append(body.Actions, parts.Action{Label: a.Label, Do: func() { drop(); a.Do() }})
	}
	shut := parts.NewSmallIconButton("close", nil, drop)
	card = parts.NewCard(container.NewBorder(nil, nil, nil, container.NewVBox(shut), body.Body()), 2*look.Grid)
	if b != nil && len(notice.Actions) > 0 {
		n.offers[card] = b
	}
	n.drop(notice.Topic)
	n.list.Add(card)
	if notice.Topic != "" {
		n.topics[notice.Topic] = card
	}
	if extra := len(n.list.Objects) - mostNotices; extra > 0 {
		n.list.Objects = n.list.Objects[extra:]
	}
	n.list.Refresh()
	if len(notice.Actions) == 0 && (notice.Kind == stage.KindDone || notice.Kind == stage.KindInfo) {
		n.loop.Go(func(ctx context.Context) {
			timer := time.NewTimer(n.stays)
			defer timer.Stop()
			select {
			case <-ctx.Done():
			case <-timer.C:
				n.loop.UI("notice", drop)
			}
		})
	}
}
