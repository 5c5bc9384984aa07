package parts

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// The sizes of badges and marks, in Fyne's pixels.
const (
	Large float32 = 24
	Small float32 = 16
)

// Badge tells an operation by shape, letter and colour: a disc C, a hollow
// square S, a square E, a hexagon R, a dashed ring G.
type Badge struct {
	widget.BaseWidget
	operation artwork.Operation
	size      float32
}

// NewBadge gives the badge of an operation, Large or Small.
func NewBadge(o artwork.Operation, size float32) *Badge {
	b := &Badge{operation: o, size: size}
	b.ExtendBaseWidget(b)
	return b
}

// SetOperation shows another operation.
func (b *Badge) SetOperation(o artwork.Operation) {
	if o != b.operation {
		b.operation = o
		b.Refresh()
	}
}

// CreateRenderer draws the badge.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	square, shape := round(0), icon()
	letter := newLetter()
	paint := func() {
		own := look.OnBadge(b.operation)
		square.Hidden, shape.Hidden = true, true
		square.CornerRadius, square.StrokeWidth = b.size/5, 0
		letter.Color = look.Color(theme.ColorNameForegroundOnError) // the same on each badge's colour
		switch b.operation {
		case artwork.Cut:
			square.Hidden, square.CornerRadius = false, b.size/2
			square.FillColor = look.Color(own)
		case artwork.Score:
			square.Hidden = false
			square.FillColor = look.Color(theme.ColorNameInputBackground)
			square.StrokeColor, square.StrokeWidth = look.Color(own), 1.5
			letter.Color = look.Color(own)
		case artwork.Engrave:
			square.Hidden, square.CornerRadius = false, b.size/10
			square.FillColor = look.Color(own)
			square.StrokeColor, square.StrokeWidth = look.Color(look.BadgeEdge), 1
			letter.Color = look.Color(look.OnEngrave)
		case artwork.Relief:
			setIcon(shape, "shape-hexagon", own)
		default:
			setIcon(shape, "shape-ring", own)
			letter.Color = look.Color(own)
		}
		letter.Text = initial(b.operation)
		letter.TextSize = b.size * 0.56
	}
	layout := func(size fyne.Size) {
		x, y := (size.Width-b.size)/2, (size.Height-b.size)/2
		edge(square, x, y, b.size, b.size)
		Place(shape, x, y, b.size, b.size)
		Place(letter, x, y, b.size, b.size)
	}
	least := func() fyne.Size { return fyne.NewSquareSize(b.size) }
	return Draw(b, least, layout, paint, square, shape, letter)
}

func newLetter() *canvas.Text {
	return &canvas.Text{TextStyle: fyne.TextStyle{Bold: true}, Alignment: fyne.TextAlignCenter}
}

func initial(o artwork.Operation) string {
	if o == "" {
		return ""
	}
	return strings.ToUpper(string(o[:1]))
}
