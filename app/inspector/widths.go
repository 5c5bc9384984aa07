package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// fewClasses is how many classes a layer may have before the rest of them is
// folded away.
const fewClasses = 8

// widths is the section of how wide lines are drawn, by class.
type widths struct {
	stage *stage.Stage
	tips  *parts.Tips
	root  *fyne.Container
	all   *optionRow // the width of what has no class or none of its own
	rows  []*optionRow
	built func() // told when there are other rows

	of      carto.LayerID // whose classes are shown
	classes []workshop.Class
	lines   bool // the layer has lines, as far as is known
	open    bool // the folded ones are shown
}

func newWidths(s *stage.Stage, tips *parts.Tips) *widths {
	w := &widths{stage: s, tips: tips, root: newRows(), built: func() {}}
	w.all = newOptionRow(nil, s, tips, option(widthKey))
	return w
}

// show takes over a layer, and reads its classes anew where its features may
// have changed.
func (w *widths) show(l carto.Layer) {
	if !workshop.StrategyOf(l.Strategy).Widens {
		w.root.Hide()
		return
	}
	w.root.Hidden = !w.lines
	w.all.show(l)
	base, _ := value(l, widthKey, w.all.usual)
	for _, r := range w.rows {
		r.usual = base
		r.show(l)
	}
}

// take takes over what a layer holds; nil where that is not known yet.
func (w *widths) take(l carto.Layer, c *workshop.Contents) {
	if w.of != l.ID {
		w.of, w.open = l.ID, false
	}
	w.classes, w.lines = nil, false
	if c != nil {
		w.lines = c.Lines > 0
		for _, class := range c.Classes {
			if class.Lines > 0 {
				w.classes = append(w.classes, class)
			}
		}
	}
	w.build(l)
}

// build makes the rows anew.
func (w *widths) build(l carto.Layer) {
	w.rows = nil
	w.root.RemoveAll()
	if !w.lines {
		w.root.Hide()
		return
	}
	if len(w.classes) > 0 {
		w.root.Add(newClassHead())
	}
	shown := w.classes
	if len(shown) > fewClasses && !w.open {
		shown = shown[:fewClasses]
	}
	for _, c := range shown {
		r := newWidthRow(w.stage, w.tips, c)
		w.rows = append(w.rows, r)
		w.root.Add(r)
	}
	if rest := len(w.classes) - len(shown); rest > 0 {
		more := parts.NewSmallButton(parts.Link, words.Count(rest, "more class", "more classes"), func() {
			w.open = true
			w.build(l)
			if now, ok := w.stage.Layer(w.of); ok {
				w.show(now)
			}
		})
		w.root.Add(container.New(indented{}, container.NewHBox(more)))
	}
	w.root.Add(w.all)
	w.root.Show()
	w.built()
}

// newClassHead names the columns.
func newClassHead() fyne.CanvasObject {
	shapes, board := parts.NewCaption("shapes"), parts.NewCaption("on the board")
	board.Align, shapes.Align = fyne.TextAlignTrailing, fyne.TextAlignTrailing
	return container.New(indented{}, container.New(classColumns{}, parts.NewBold("Width by class"), shapes, board))
}

// newClassField is a class with how many of it there are and its width.
func newClassField(c workshop.Class, width fyne.CanvasObject) fyne.CanvasObject {
	name, n := parts.NewText(c.Name), parts.NewCaption(words.Number(c.Features))
	name.Cut = true
	n.Align = fyne.TextAlignTrailing
	return container.New(classColumns{}, name, n, width)
}

// classColumns puts name, number and width beside each other.
type classColumns struct{}

const widthColumn float32 = 96

func (classColumns) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const figures = 48
	w := size.Width - widthColumn - figures - look.Grid
	for i, at := range []struct{ x, w float32 }{{0, w}, {w, figures}, {size.Width - widthColumn, widthColumn}} {
		h := min(size.Height, o[i].MinSize().Height)
		o[i].Move(fyne.NewPos(at.x, (size.Height-h)/2))
		o[i].Resize(fyne.NewSize(at.w, h))
	}
}

func (classColumns) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, max(look.TargetSize, o[2].MinSize().Height))
}

// indented begins beside the gutter.
type indented struct{}

func (indented) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(gutter, 0))
	o[0].Resize(fyne.NewSize(size.Width-gutter, size.Height))
}

func (indented) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, o[0].MinSize().Height)
}
