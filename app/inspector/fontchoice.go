package inspector

import (
	"context"
	"path"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// fontChoice is the choice of a font: those of the program, a file, and those
// that are installed on the computer, which are looked for when the menu is
// first to open.
type fontChoice struct {
	win    fyne.Window
	stage  *stage.Stage
	option workshop.Option
	chosen func(string)

	field    *parts.Select
	values   []string // of the lines of the menu
	families []string
	value    string
	looked   bool // the families are known
	looking  bool
}

func newFontChoice(win fyne.Window, s *stage.Stage, o workshop.Option, chosen func(string)) *fontChoice {
	c := &fontChoice{win: win, stage: s, option: o, chosen: chosen, value: o.Default}
	c.field = parts.NewSelect(nil, func(i int) { c.take(c.values[i]) })
	c.field.Before = c.look
	c.fill()
	return c
}

// fill makes the lines of the menu. A file that the layer names, or a font that
// is not installed, stands with those of the program.
func (c *fontChoice) fill() {
	values := slices.Clone(c.option.Enum)
	if !slices.Contains(values, c.value) && !slices.Contains(c.families, c.value) {
		values = append(values, c.value)
	}
	own := len(values)
	c.values = slices.Concat(values, c.families)
	names := make([]string, len(c.values))
	for i, v := range c.values {
		names[i] = c.name(v)
	}
	c.field.SetOptions(names)
	c.field.SetAction("Choose a file…", own, c.choose)
	c.field.Reflect(slices.Index(c.values, c.value))
}

// name is how a font is shown: a file without the way to it.
func (c *fontChoice) name(value string) string {
	if slices.Contains(c.option.Enum, value) {
		return choice(c.option.Key, value)
	}
	return path.Base(strings.ReplaceAll(value, `\`, "/"))
}

// set shows what the layer says.
func (c *fontChoice) set(value string) {
	if value != c.value {
		c.value = value
		c.fill()
	}
}

func (c *fontChoice) take(value string) {
	c.value = value
	c.chosen(value)
}

// look finds the fonts of the computer and opens the menu.
func (c *fontChoice) look(open func()) {
	if c.looked {
		open()
		return
	}
	if c.looking {
		return
	}
	c.looking = true
	c.stage.Loop().Go(func(ctx context.Context) {
		families, err := c.stage.Open().FontFamilies(ctx)
		c.stage.Loop().UI("fonts", func() {
			c.looking = false
			if err != nil {
				c.stage.Notify(stage.Problem("The fonts of this computer were not found", err))
			} else {
				c.looked, c.families = true, families
				c.fill()
			}
			open()
		})
	})
}

// choose asks for a font's file.
func (c *fontChoice) choose() {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err == nil && file == nil {
			return
		}
		var at string
		if err == nil {
			at = file.URI().Path()
			err = file.Close()
		}
		if err != nil {
			c.stage.Notify(stage.Problem("The file was not opened", err))
			return
		}
		c.read(at)
	}, c.win)
	d.SetFilter(storage.NewExtensionFileFilter(workshop.FontEndings()))
	d.SetView(dialog.ListView)
	d.SetTitleText("Choose a font")
	d.SetConfirmText("Choose")
	d.Resize(fyne.NewSize(900, 620))
	d.Show()
}

// read takes a file where it holds a font.
func (c *fontChoice) read(file string) {
	c.stage.Loop().Go(func(ctx context.Context) {
		value, err := c.stage.Open().FontFile(ctx, file)
		c.stage.Loop().UI("font's file", func() {
			if err != nil {
				c.stage.Notify(stage.Problem("The font can't be used", err))
				return
			}
			c.take(value)
			c.fill()
		})
	})
}
