package start

import (
	"context"
	"errors"
	"image"
	_ "image/png" // thumbnails
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// left is the left of the page: ways to begin, the recent maps, and the sample.
type left struct {
	page   *Page
	object fyne.CanvasObject

	back   *parts.Row
	backTo *parts.Text
	maps   []workshop.RecentMap
	rows   *fyne.Container
	shown  []*recent
	none   *parts.Text
	sample *parts.Button
	stop   context.CancelFunc // of the reading of the recent maps
	turn   int
}

func newLeft(p *Page) *left {
	l := &left{page: p, rows: container.New(layout.NewCustomPaddedVBoxLayout(0)), backTo: parts.NewText("Back to the map")}
	l.backTo.Cut = true
	fresh := l.way("plus", parts.NewBold("New map"), "Ctrl N", p.ShowNew)
	fresh.SetSelected(true)
	l.back = l.way("undo", l.backTo, "", func() { p.options.Back() })
	l.back.Hide()
	l.none = parts.NewCaption("Maps that you make or open show here.")
	l.sample = parts.NewButton(parts.Bordered, "Open the sample map", l.makeSample)
	first := container.New(layout.NewCustomPaddedVBoxLayout(look.Grid),
		parts.NewBold("First time here?"),
		flush(parts.NewParagraph("The sample map of Munich's old town has streets, houses and water to try everything on.", look.Text2)),
		container.NewHBox(l.sample))
	head := container.New(layout.NewCustomPaddedLayout(2*look.Grid, look.Grid, 2*look.Grid, look.Grid), parts.NewHeading("Recent maps"))
	top := container.New(layout.NewCustomPaddedVBoxLayout(0), room(1, 2*look.Grid), l.back, fresh, l.way("folder", parts.NewText("Open a map"), "Ctrl O", p.ChooseMap), head)
	l.object = container.NewBorder(top,
		container.New(layout.NewCustomPaddedLayout(look.Grid, 2*look.Grid, 2*look.Grid, 2*look.Grid), newPanel(first)), nil, nil,
		container.NewVScroll(container.NewVBox(l.rows, container.New(layout.NewCustomPaddedLayout(0, 0, 2*look.Grid, 0), l.none))))
	return l
}

// way is a row that leads somewhere.
func (l *left) way(icon string, text fyne.CanvasObject, key string, tapped func()) *parts.Row {
	pic := widget.NewIcon(look.Icon(icon))
	content := container.New(layout.NewCustomPaddedLayout(0, 0, 2*look.Grid, 2*look.Grid),
		container.NewBorder(nil, nil, container.NewHBox(container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(look.IconSize), pic)), room(look.Grid/2, 1)),
			container.NewCenter(parts.NewCaption(key)), container.New(centred{}, text)))
	return parts.NewRow(content, tapped)
}

// centred puts its object into the middle of its height.
type centred struct{}

func (centred) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := o[0].MinSize().Height
	o[0].Move(fyne.NewPos(0, (size.Height-h)/2))
	o[0].Resize(fyne.NewSize(size.Width, h))
}

func (centred) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// reload reads the recent maps and their pictures, beside the UI thread.
func (l *left) reload() {
	p := l.page
	title := ""
	if p.options.OpenMap != nil && p.options.Back != nil {
		title = p.options.OpenMap()
	}
	if title == "" {
		l.back.Hide()
	} else {
		l.backTo.SetText("Back to " + title)
		l.back.Show()
	}
	if l.stop != nil {
		l.stop()
	}
	l.turn++
	turn := l.turn
	l.stop = p.loop.Start(func(ctx context.Context) {
		settings, err := p.shop.Settings(ctx)
		if err != nil || ctx.Err() != nil {
			return // the account corner tells of settings that can't be read
		}
		p.loop.UI("recent maps", func() {
			if turn == l.turn {
				l.show(settings.Recent)
			}
		})
		for _, m := range settings.Recent {
			path, err := p.shop.Thumbnail(ctx, m.Path)
			if ctx.Err() != nil {
				return
			}
			var img image.Image
			if err == nil {
				img, err = decode(path)
			}
			if err != nil {
				continue // a map that can't be drawn has no picture; opening it tells why
			}
			p.loop.UI("thumbnail", func() {
				if turn == l.turn {
					l.picture(m.Path, img)
				}
			})
		}
	})
}

func decode(path string) (image.Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	img, _, err := image.Decode(f)
	return img, errors.Join(err, f.Close())
}

// show lists maps.
func (l *left) show(maps []workshop.RecentMap) {
	same := func(a, b workshop.RecentMap) bool {
		return a.Path == b.Path && a.Title == b.Title && a.Width == b.Width && a.Height == b.Height && a.OpenedAt.Equal(b.OpenedAt)
	}
	if slices.EqualFunc(maps, l.maps, same) && len(maps) > 0 {
		return
	}
	l.maps = maps
	before := l.shown
	l.shown = nil
	l.rows.RemoveAll()
	for _, m := range maps {
		r := newRecent(l.page, m)
		for _, b := range before {
			if b.Path == m.Path {
				r.show(b.picture.Image)
			}
		}
		l.shown = append(l.shown, r)
		l.rows.Add(r.row)
	}
	if len(maps) > 0 {
		l.none.Hide()
	} else {
		l.none.Show()
	}
	// The newest folder is where the next map is likely to go.
	if f := l.page.form; !f.chosen && len(maps) > 0 {
		f.folder = filepath.Dir(maps[0].Path)
		f.rename()
	}
}

func (l *left) picture(path string, img image.Image) {
	for _, r := range l.shown {
		if r.Path == path {
			r.show(img)
		}
	}
}

// open opens a recent map, or tells that it is gone.
func (l *left) open(m workshop.RecentMap) {
	p := l.page
	p.loop.Go(func(context.Context) {
		_, err := os.Stat(m.Path)
		p.loop.UI("recent map", func() {
			switch {
			case errors.Is(err, fs.ErrNotExist):
				p.options.Notify(stage.Notice{
					Kind: stage.KindWarning, Title: m.Title + " is not there any more",
					Text:    m.Path + " was moved, renamed or deleted, or its disk is not connected.",
					Actions: []stage.Action{{Label: "Take it off the list", Do: func() { l.forget(m.Path) }}},
				})
			case err != nil:
				p.options.Notify(stage.Problem(m.Title+" was not opened", err))
			default:
				p.options.Opened(m.Path, nil)
			}
		})
	})
}

func (l *left) forget(path string) {
	p := l.page
	p.loop.Go(func(ctx context.Context) {
		_, err := p.shop.ChangeSettings(ctx, func(s *workshop.Settings) { s.Forget(path) })
		p.loop.UI("map forgotten", func() {
			if err != nil {
				p.options.Notify(stage.Problem("The list was not changed", err))
			}
			l.reload()
		})
	})
}

// makeSample opens the sample map, and makes it first if it is not there.
func (l *left) makeSample() {
	p := l.page
	l.sample.Disable()
	l.sample.SetLabel("Making the sample map …")
	path := filepath.Join(p.shop.MapsFolder(), workshop.SampleTitle+".gpkg")
	p.loop.Go(func(ctx context.Context) {
		_, err := p.shop.SampleMap(ctx, path)
		p.loop.UI("sample map", func() {
			l.sample.SetLabel("Open the sample map")
			l.sample.Enable()
			if err != nil && !errors.Is(err, workshop.ErrMapExists) {
				p.options.Notify(stage.Problem("The sample map was not made", err))
				return
			}
			p.options.Opened(path, nil)
		})
	})
}

func chooseMap(p *Page) {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err == nil && r != nil {
			path := r.URI().Path()
			if err = r.Close(); err == nil {
				p.options.Opened(path, nil)
			}
		}
		if err != nil {
			p.options.Notify(stage.Problem("The map was not opened", err))
		}
	}, p.win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".gpkg"}))
	if at, err := storage.ListerForURI(storage.NewFileURI(p.form.folder)); err == nil {
		d.SetLocation(at)
	}
	d.SetView(dialog.ListView)
	d.SetTitleText("Open a map")
	d.Resize(fyne.NewSize(900, 620))
	d.Show()
}
