package layerlist

import (
	"fmt"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/carto"
)

// board is the section of the boards: what they measure, and how the map lies
// on them.
type board struct {
	stage *stage.Stage
	root  fyne.CanvasObject
	fold  *fold

	width, height, margin, count, scale, rotation *parts.NumberField
	frame                                         *parts.Select

	turn     *fyne.Container // which board is on show, where there are several
	number   *parts.Text
	previous *parts.IconButton
	next     *parts.IconButton
}

// frames are the shapes of a frame in the order of their field.
var frames = []struct {
	shape carto.FrameShape
	name  string
}{
	{carto.FrameRect, "Rectangle"},
	{carto.FrameCircle, "Circle"},
	{carto.FrameRoundRect, "Rounded"},
	{carto.FrameEllipse, "Ellipse"},
	{carto.FrameHexagon, "Hexagon"},
}

func newBoard(s *stage.Stage, tips *parts.Tips) *board {
	b := &board{stage: s}
	tip := func(text string) *parts.Tip { return &parts.Tip{Tips: tips, Name: text} }
	field := func(n parts.Number, value float64, set func(*carto.View, *carto.Boards, float64)) *parts.NumberField {
		f := parts.NewNumberField(n, value, func(v float64) {
			b.change(func(view *carto.View, boards *carto.Boards) { set(view, boards, v) })
		})
		f.OnChanging = func(v float64) {
			view, boards := b.now()
			set(&view, &boards, v)
			s.TryBoards(view, boards)
		}
		return f
	}
	view, boards := b.now()
	b.width = field(parts.Number{Label: "Width", Unit: "mm", Min: 1, Max: carto.MaxBoardSize, To: 1000, Step: 1, NoSlider: true},
		boards.Width, func(_ *carto.View, b *carto.Boards, v float64) { b.Width = v })
	b.height = field(parts.Number{Label: "Height", Unit: "mm", Min: 1, Max: carto.MaxBoardSize, To: 1000, Step: 1, NoSlider: true},
		boards.Height, func(_ *carto.View, b *carto.Boards, v float64) { b.Height = v })
	b.margin = field(parts.Number{
		Label: "Margin", Unit: "mm", Max: carto.MaxBoardSize / 2, To: 100, Step: 1, NoSlider: true,
		Tip: tip("The distance between the edge of the board and the frame, to which the map is cropped."),
	}, boards.Margin, func(_ *carto.View, b *carto.Boards, v float64) { b.Margin = v })
	b.count = field(parts.Number{Label: "Boards", Min: 1, Max: carto.MaxBoards, To: 10, Step: 1, NoSlider: true},
		float64(boards.Count), func(_ *carto.View, b *carto.Boards, v float64) { b.Count = int(math.Round(v)) })
	b.scale = field(parts.Number{
		Label: "Scale 1 :", Min: carto.MinScale, Max: carto.MaxScale, To: 1e6, Step: 100, NoSlider: true,
		Tip: tip("How many millimetres on the ground are one millimetre on the board."),
	}, math.Round(view.Scale), func(view *carto.View, _ *carto.Boards, v float64) { view.Scale = v })
	b.rotation = field(parts.Number{
		Label: "Rotation", Unit: "°", Min: -360, Max: 360, From: -180, To: 180, Step: 1,
		Tip: tip("Turns the map counterclockwise on the board."),
	}, view.Rotation, func(view *carto.View, _ *carto.Boards, v float64) { view.Rotation = v })

	names := make([]string, len(frames))
	for i, f := range frames {
		names[i] = f.name
	}
	b.frame = parts.NewSelect(names, func(i int) {
		b.change(func(_ *carto.View, boards *carto.Boards) { boards.Frame.Shape = frames[i].shape })
	})
	b.fold = newFold("Board", tips, b.fields())
	b.number = parts.NewText("")
	b.previous = parts.NewSmallIconButton("chevron-up", tip("Previous board"), func() { s.SetBoard(s.Board() - 1) })
	b.next = parts.NewSmallIconButton("chevron-down", tip("Next board"), func() { s.SetBoard(s.Board() + 1) })
	b.turn = container.New(layout.NewCustomPaddedLayout(look.Grid/2, look.Grid/2, 2*look.Grid, look.Grid),
		container.NewHBox(container.NewCenter(b.number), layout.NewSpacer(), b.previous, b.next))
	b.root = container.NewVBox(rule(), b.turn, b.fold.root)
	return b
}

func (b *board) fields() fyne.CanvasObject {
	frame := container.New(besideLabel{}, parts.NewText("Frame"), b.frame)
	rows := container.New(narrow{}, b.width, b.height, frame, b.margin, b.rotation, b.scale, b.count)
	return container.New(layout.NewCustomPaddedLayout(0, look.Grid, 2*look.Grid, 2*look.Grid), rows)
}

// now is the view and the boards as they are.
func (b *board) now() (carto.View, carto.Boards) {
	m := b.stage.Map()
	return m.View, m.Boards
}

// change makes what was set an edit.
func (b *board) change(set func(*carto.View, *carto.Boards)) {
	what := "The map was not turned or scaled"
	view, boards := b.now()
	if set(&view, &boards); boards != b.stage.Map().Boards {
		what = "The board was not changed"
	}
	b.stage.Change(what, func(m *carto.Map) carto.Edit {
		view, boards := m.View, m.Boards
		switch set(&view, &boards); {
		case boards != m.Boards:
			return carto.SetBoards{Boards: boards}
		case view != m.View:
			return carto.SetView{View: view}
		}
		return nil
	})
}

// show takes over what the stage says.
func (b *board) show() {
	view, boards := b.now()
	b.fold.text.SetText("1 : " + words.Number(int(math.Round(view.Scale))))
	for _, f := range []struct {
		field *parts.NumberField
		value float64
	}{
		{b.width, boards.Width},
		{b.height, boards.Height},
		{b.margin, boards.Margin},
		{b.count, float64(boards.Count)},
		{b.scale, math.Round(view.Scale)},
		{b.rotation, view.Rotation},
	} {
		if f.field.Value() != f.value {
			f.field.SetValue(f.value)
		}
	}
	for i, f := range frames {
		if f.shape == boards.Frame.Shape {
			b.frame.Reflect(i)
		}
	}
	on := b.stage.Board()
	b.number.SetText(fmt.Sprintf("Board %d of %d", on, boards.Count))
	enable(b.previous, on > 1)
	enable(b.next, on < boards.Count)
	if several := boards.Count > 1; several != b.turn.Visible() {
		b.turn.Hidden = !several
		b.turn.Refresh()
	}
}

func enable(o fyne.Disableable, on bool) {
	if on {
		o.Enable()
	} else {
		o.Disable()
	}
}

// narrow puts fields below each other, at whatever width there is: they are
// drawn well narrower than they ask for.
type narrow struct{}

func (narrow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var y float32
	for _, o := range objects {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h + look.Grid/2
	}
}

func (narrow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var h float32
	for _, o := range objects {
		h += o.MinSize().Height + look.Grid/2
	}
	return fyne.NewSize(Width-4*look.Grid, max(0, h-look.Grid/2))
}

// besideLabel puts a field to the right of its label.
type besideLabel struct{}

func (besideLabel) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := o[0].MinSize().Height
	o[0].Move(fyne.NewPos(0, (size.Height-h)/2))
	o[0].Resize(fyne.NewSize(size.Width/2, h))
	w := max(o[1].MinSize().Width, size.Width/2)
	o[1].Move(fyne.NewPos(size.Width-w, 0))
	o[1].Resize(fyne.NewSize(w, size.Height))
}

func (besideLabel) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[1].MinSize().Width, o[1].MinSize().Height)
}
