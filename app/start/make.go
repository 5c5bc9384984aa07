package start

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// most is how many maps of one name are numbered.
const most = 99

// make makes the map.
func (f *form) make() {
	p := f.page
	if f.stop != nil {
		return
	}
	title := strings.TrimSpace(f.name.Text)
	switch {
	case title == "":
		f.wrong("Give the map a name.")
		return
	case f.width.Bad() || f.height.Bad() || f.margin.Bad() || f.turn.Bad():
		f.say("A number is marked in red: it can't be used.", theme.ColorNameError)
		return
	case !p.usable:
		return // the note tells why
	case f.filled.chosen && p.file == nil:
		f.say("Choose the file that the city comes from, or start with an empty board.", theme.ColorNameError)
		return
	}
	boards, view := p.form.boards(), p.view
	n := workshop.NewMap{
		Parents: true, View: &view, Width: boards.Width, Height: boards.Height,
		Frame: boards.Frame.Shape, Margin: boards.Margin, Title: title,
	}
	var bring *workshop.Import
	if f.filled.chosen {
		bring = p.file.bring()
	}
	paths := []string{f.path(0)}
	if !f.mine { // a proposed name is numbered, a written one is not changed
		for i := 2; i <= most; i++ {
			paths = append(paths, f.path(i))
		}
	}
	f.button.SetLabel("Making …")
	f.stop = p.loop.Start(func(ctx context.Context) {
		var made workshop.Made
		var err error
		for _, n.Path = range paths {
			made, err = p.shop.New(ctx, n)
			if !errors.Is(err, workshop.ErrMapExists) {
				break
			}
		}
		p.loop.UI("map made", func() { f.made(made, bring, err) })
	})
}

func (f *form) made(made workshop.Made, bring *workshop.Import, err error) {
	f.stop = nil
	f.button.SetLabel("Make this map")
	switch {
	case errors.Is(err, workshop.ErrMapExists):
		f.wrong("A map of this name is there already.")
	case err != nil:
		f.say(sentence(err), theme.ColorNameError)
		f.page.options.Notify(stage.Problem("The map was not made", err))
	default:
		f.mine = false
		f.page.options.Opened(made.Path, bring)
	}
}
