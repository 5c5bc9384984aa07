package start

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// file is map data that was chosen, with its extent.
type file struct {
	workshop.SourceFile
	box orb.Bound
}

// bring is how the file is added to the map: by its preset, or as one layer.
func (f *file) bring() *workshop.Import {
	i := &workshop.Import{Source: f.Path}
	if len(f.Presets) > 0 {
		i.Preset = f.Presets[0]
	}
	return i
}

// title is what a map of a file is called until the person says otherwise.
func (f *file) title() string {
	name, _, _ := strings.Cut(filepath.Base(f.Path), ".")
	return name
}

// filePanel chooses a place by a file of map data.
type filePanel struct {
	page *Page

	strip *fyne.Container // right of the tabs: which file
	what  *parts.Text
	again *parts.Button
	card  *parts.Card // over the world: asks for one, or tells why not
	body  *fyne.Container
	title *parts.Text
	text  *widget.RichText
	words *widget.TextSegment
	ask   *parts.Button
	stop  context.CancelFunc // of the reading
	turn  int
	on    bool // the tab is chosen
	bad   bool // the card tells of an error
}

func newFilePanel(p *Page) *filePanel {
	f := &filePanel{page: p, what: parts.NewText(""), title: parts.NewHeading("")}
	f.what.Cut = true
	f.again = parts.NewSmallButton(parts.Bordered, "Choose another", f.choose)
	f.strip = container.NewBorder(nil, nil, nil, container.NewCenter(f.again), container.New(layout.NewCustomPaddedLayout(9, 9, 0, 12), f.what))
	f.words = &widget.TextSegment{Style: widget.RichTextStyleParagraph}
	f.words.Style.ColorName = look.Text2
	f.text = widget.NewRichText(f.words)
	f.text.Wrapping = fyne.TextWrapWord
	f.ask = parts.NewButton(parts.Primary, "", func() {
		if f.stop != nil {
			f.stop()
			return
		}
		f.choose()
	})
	f.body = container.New(layout.NewCustomPaddedVBoxLayout(look.Grid),
		f.title, container.New(wide{380}, flush(f.text)), container.NewHBox(f.ask))
	f.card = parts.NewCard(f.body, 2*look.Grid)
	f.reflect()
	return f
}

// wide is as wide as it says, whatever its content would take.
type wide struct{ width float32 }

func (w wide) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

func (w wide) MinSize(o []fyne.CanvasObject) fyne.Size {
	o[0].Resize(fyne.NewSize(w.width, o[0].MinSize().Height)) // so that its height is of this width
	return fyne.NewSize(w.width, o[0].MinSize().Height)
}

func (f *filePanel) show(on bool) {
	f.on = on
	f.reflect()
}

// reflect shows what the panel has to say.
func (f *filePanel) reflect() {
	chosen := f.page.file != nil
	if f.on && (f.stop != nil || f.bad || !chosen) {
		f.card.Show()
	} else {
		f.card.Hide()
	}
	if f.on && chosen {
		f.strip.Show()
	} else {
		f.strip.Hide()
	}
	switch {
	case f.stop != nil || f.bad: // said already
	case !chosen:
		f.say("Drop map data here", "Its extent becomes the place, and its streets, houses and water can be the first layers. Mapwright reads "+strings.Join(workshop.SourceKinds(), " and ")+".", "Choose a file")
	default:
		f.what.SetText(filepath.Base(f.page.file.Path) + " · " + f.page.file.Kind + ", " + bytesOf(f.page.file.Bytes))
	}
	if m := f.page.middle; m != nil {
		relayout(m.floats)
		relayout(f.body)
		relayout(m.strip)
	}
}

func (f *filePanel) say(title, text, button string) {
	f.title.SetText(title)
	f.words.Text = text
	f.text.Refresh()
	f.ask.SetLabel(button)
}

func (f *filePanel) choose() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err == nil && r != nil {
			path := r.URI().Path()
			if err = r.Close(); err == nil {
				f.load(path)
			}
		}
		if err != nil {
			f.page.options.Notify(stage.Problem("The file was not opened", err))
		}
		f.page.form.settle()
	}, f.page.win)
	d.SetFilter(storage.NewExtensionFileFilter(workshop.SourceEndings()))
	d.SetView(dialog.ListView)
	d.SetTitleText("Map data of the place")
	d.Resize(fyne.NewSize(900, 620))
	d.Show()
}

// load looks at a file and measures it, beside the UI thread.
func (f *filePanel) load(path string) {
	if f.stop != nil {
		f.stop()
	}
	f.turn++
	turn, p := f.turn, f.page
	f.bad = false
	f.stop = p.loop.Start(func(ctx context.Context) {
		got := &file{}
		var err error
		if got.SourceFile, err = p.shop.LookAtSource(ctx, path); err == nil {
			got.box, err = p.shop.SourceExtent(ctx, path)
		}
		p.loop.UI("file measured", func() {
			if turn == f.turn {
				f.loaded(path, got, err)
			}
		})
	})
	f.say("Reading "+filepath.Base(path), "Its extent is being measured.", "Cancel")
	f.reflect()
}

func (f *filePanel) loaded(path string, got *file, err error) {
	f.stop = nil
	p := f.page
	switch {
	case errors.Is(err, context.Canceled):
	case err != nil:
		f.bad = true
		f.say(filepath.Base(path)+" was not taken", sentence(err), "Choose another file")
		if !f.on {
			p.middle.show(tabFile)
		}
	default:
		p.file = got
		p.middle.world.SetPlace(&got.box)
		p.form.propose(got.title())
		p.form.take(got)
		p.put(place{box: got.box})
		p.middle.world.ShowFrame()
	}
	p.form.settle()
	f.reflect()
}

// take offers what a file can give to start with.
func (f *form) take(got *file) {
	if len(got.Presets) > 0 {
		f.filled.say("City from a file", "streets, houses, water")
	} else {
		f.filled.say("Shapes of the file", "one layer")
	}
	f.empty.set(false)
	f.filled.set(true)
	f.say("", theme.ColorNameForeground)
}

// settle goes back to an empty board where no file was chosen after all.
func (f *form) settle() {
	if f.page.file == nil && f.page.middle.filed.stop == nil {
		f.empty.set(true)
		f.filled.set(false)
	}
}
