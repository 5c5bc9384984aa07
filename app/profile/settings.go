package profile

import (
	"context"
	"image"

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

// themes are the looks in the order in which they are offered.
var themes = []workshop.Theme{workshop.ThemeSystem, workshop.ThemeLight, workshop.ThemeDark}

// preferences is the sheet of the settings.
type preferences struct {
	c       *Corner
	sheet   *sheet
	mode    *parts.Segmented
	name    *entry
	face    *avatar
	wrong   *widget.Label
	remove  *button
	picture string
	shown   image.Image
}

// OpenSettings shows the settings: the look of the window and the profile. A
// look is tried at once; the profile is kept with Save.
func (c *Corner) OpenSettings() { c.preferences() }

func (c *Corner) preferences() *preferences {
	p := &preferences{c: c, picture: c.settings.Picture, shown: c.picture}
	leave := func() { p.sheet.close() }
	p.mode = parts.NewSegmented([]parts.Segment{{Label: "As the computer"}, {Label: "Light"}, {Label: "Dark"}}, nil)
	for i, t := range themes {
		if t == c.settings.Theme {
			p.mode.Reflect(i)
		}
	}
	p.mode.OnChange = func(i int) { c.changeSettings(func(s *workshop.Settings) { s.Theme = themes[i] }) }
	p.name = newEntry("as others call you", leave)
	p.name.SetText(c.settings.Name)
	p.name.OnChanged = func(string) { p.showFace() }
	p.name.OnSubmitted = func(string) { p.save() }
	p.face = newAvatar(56)
	p.wrong = widget.NewLabel("")
	p.wrong.Importance, p.wrong.Wrapping = widget.DangerImportance, fyne.TextWrapWord
	p.wrong.Hide()
	p.remove = newButton("Remove", widget.LowImportance, func() { p.use("", nil) }, leave)
	choose := newButton("Choose a picture…", widget.MediumImportance, p.choose, leave)
	body := stack(
		parts.NewBold("Look"), space(6), container.NewHBox(p.mode), space(18),
		parts.NewBold("Profile"), space(6),
		container.New(layout.NewCustomPaddedHBoxLayout(look.Grid), p.face, container.NewCenter(choose), container.NewCenter(p.remove)), p.wrong, space(8),
		parts.NewCaption("Name"), space(2), p.name, space(6),
		parts.NewCaption("Name and picture stay on this computer."))
	p.sheet = newSheet(c.win, 460, "Settings", body,
		newButton("Close", widget.MediumImportance, leave, leave),
		newButton("Save", widget.HighImportance, p.save, leave))
	p.showFace()
	p.sheet.show()
	return p
}

func (p *preferences) showFace() {
	_, email := p.c.person()
	p.face.set(initials(p.name.Text, email), p.shown)
	setShown(p.remove, p.picture != "")
}

// choose asks for a picture.
func (p *preferences) choose() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			p.refuse(err)
			return
		}
		if r == nil {
			return // none was chosen
		}
		path := r.URI().Path()
		if err := r.Close(); err != nil {
			p.refuse(err)
			return
		}
		p.load(path)
	}, p.c.win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".png", ".jpg", ".jpeg", ".PNG", ".JPG", ".JPEG"}))
	d.Show()
}

// load reads the picture beside the UI thread and shows it, or why it can't.
func (p *preferences) load(path string) {
	p.c.loop.Go(func(context.Context) {
		img, err := loadPicture(path)
		p.c.loop.UI("profile picture", func() {
			if err != nil {
				p.refuse(err)
				return
			}
			p.use(path, img)
		})
	})
}

func (p *preferences) use(path string, img image.Image) {
	p.picture, p.shown = path, img
	p.wrong.Hide()
	p.showFace()
	p.sheet.Refresh()
}

func (p *preferences) refuse(err error) {
	p.wrong.SetText(sentence(err))
	p.wrong.Show()
	p.sheet.Refresh()
}

func (p *preferences) save() {
	name, picture := p.name.Text, p.picture
	p.sheet.close()
	p.c.changeSettings(func(s *workshop.Settings) { s.Name, s.Picture = name, picture })
}

// changeSettings writes settings beside the UI thread and uses them.
func (c *Corner) changeSettings(change func(*workshop.Settings)) {
	c.loop.Go(func(ctx context.Context) {
		s, err := c.shop.ChangeSettings(ctx, change)
		c.loop.UI("settings", func() {
			if err != nil {
				c.o.Notify(stage.Problem("The settings were not kept", err))
				return
			}
			if s.Note != "" {
				c.o.Notify(stage.Notice{Kind: stage.KindWarning, Title: "The settings are new", Text: s.Note})
			}
			c.useSettings(s)
		})
	})
}
