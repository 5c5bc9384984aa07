package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
)

// Action is a button: what it says and what it does.
type Action struct {
	Label string
	Do    func()
}

// Notice says what happened, to what, and what can be done.
type Notice struct {
	Icon    string              // a name of look.Icon
	Color   fyne.ThemeColorName // the icon's
	Title   string
	Text    string
	Actions []Action // at most two; the first is the one to take
}

// NoticeWidth is how wide a notice is at least.
const NoticeWidth float32 = 416

// widestTitle is how wide its title is at most: a file may have any name.
const widestTitle float32 = 640

// Card gives the notice on a floating card.
func (n Notice) Card() *Card { return NewCard(n.Body(), 2*look.Grid) }

// Body gives the notice without a surface.
func (n Notice) Body() fyne.CanvasObject {
	title := NewBold(Shorten(n.Title, widestTitle))
	text := NewParagraph(n.Text, look.Text2)
	inner := look.Size(theme.SizeNameInnerPadding)
	text.Resize(fyne.NewSize(NoticeWidth-noticeLayout{}.lead()+2*inner, 0)) // its least height is that of its width
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(look.Grid))
	for i, a := range n.Actions {
		if i == 0 {
			buttons.Add(NewSmallButton(Primary, a.Label, a.Do))
		} else {
			buttons.Add(NewSmallButton(Plain, a.Label, a.Do))
		}
	}
	pic := widget.NewIcon(look.Tinted(n.Icon, n.Color))
	objects := []fyne.CanvasObject{pic, title, text}
	if len(n.Actions) > 0 {
		objects = append(objects, buttons)
	}
	return container.New(noticeLayout{}, objects...)
}

// noticeLayout puts the icon left of title, text and buttons. The paragraph
// brings Fyne's inner padding, which would make its lines stand off.
type noticeLayout struct{}

func (noticeLayout) lead() float32 { return look.IconSize + look.Grid + 4 }

func (l noticeLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	inner := look.Size(theme.SizeNameInnerPadding)
	Place(o[0], 0, 0, look.IconSize, look.IconSize)
	left := l.lead()
	Place(o[1], left, 2, size.Width-left, o[1].MinSize().Height)
	y := 2 + o[1].MinSize().Height + 4
	o[2].Resize(fyne.NewSize(size.Width-left+2*inner, o[2].Size().Height)) // its height follows
	h := o[2].MinSize().Height
	Place(o[2], left-inner, y-inner, size.Width-left+2*inner, h)
	if len(o) > 3 {
		Place(o[3], left, y+h-2*inner+look.Grid, o[3].MinSize().Width, o[3].MinSize().Height)
	}
}

func (l noticeLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	inner := look.Size(theme.SizeNameInnerPadding)
	size := fyne.NewSize(max(NoticeWidth, l.lead()+o[1].MinSize().Width), 2+o[1].MinSize().Height+4)
	size.Height += o[2].MinSize().Height - 2*inner
	if len(o) > 3 {
		size.Width = max(size.Width, l.lead()+o[3].MinSize().Width)
		size.Height += look.Grid + o[3].MinSize().Height
	}
	return size
}
