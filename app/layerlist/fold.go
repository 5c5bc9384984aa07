package layerlist

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// fold is a section whose content can be put away. What it is about stays in
// its head.
type fold struct {
	root    *fyne.Container
	line    *fyne.Container // of the head
	chevron *parts.IconButton
	text    *parts.Text
	content fyne.CanvasObject
	open    bool
	opened  func() // told when the content shows
}

func newFold(title string, tips *parts.Tips, content fyne.CanvasObject) *fold {
	f := &fold{content: content, text: parts.NewCaption(""), opened: func() {}}
	f.chevron = parts.NewSmallIconButton("chevron-right", &parts.Tip{Tips: tips, Name: "Show or hide the figures"}, func() { f.SetOpen(!f.open) })
	name := parts.NewBold(title)
	f.line = container.NewHBox(f.chevron, container.NewCenter(name), layout.NewSpacer(), container.NewCenter(f.text))
	head := parts.NewRow(container.New(layout.NewCustomPaddedLayout(0, 0, look.Grid/2, 2*look.Grid), container.NewVBox(layout.NewSpacer(), f.line, layout.NewSpacer())), nil)
	head.OnTapped = func() { f.SetOpen(!f.open) }
	f.root = container.NewVBox(head, content)
	content.Hide()
	return f
}

// setText says what the section is about.
func (f *fold) setText(text string) {
	if text != f.text.Text {
		f.text.SetText(text)
		f.line.Refresh()
	}
}

// SetOpen shows the content or puts it away.
func (f *fold) SetOpen(open bool) {
	if open == f.open {
		return
	}
	f.open = open
	if open {
		f.chevron.SetIcon("chevron-down")
		f.content.Show()
		f.opened()
	} else {
		f.chevron.SetIcon("chevron-right")
		f.content.Hide()
	}
	f.root.Refresh()
}
