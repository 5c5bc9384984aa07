package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
)

// MostTokens is how many things are drawn one by one; more are drawn as a bar.
const MostTokens = 20

// Tokens shows how many of some are taken: a disc each, or one bar.
type Tokens struct {
	widget.BaseWidget
	taken, all int
}

const token float32 = 14

// NewTokens shows that so many of all are taken.
func NewTokens(taken, all int) *Tokens {
	t := &Tokens{}
	t.put(taken, all)
	t.ExtendBaseWidget(t)
	return t
}

// Set shows other numbers.
func (t *Tokens) Set(taken, all int) {
	wasTaken, wasAll := t.taken, t.all
	if t.put(taken, all); wasTaken != t.taken || wasAll != t.all {
		t.Refresh()
	}
}

func (t *Tokens) put(taken, all int) {
	t.all = max(0, all)
	t.taken = min(max(0, taken), t.all)
}

// CreateRenderer draws the tokens.
func (t *Tokens) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	discs := make([]*canvas.Circle, MostTokens)
	track, bar := round(barHeight/2), round(barHeight/2)
	objects := []fyne.CanvasObject{track, bar}
	for i := range discs {
		discs[i] = canvas.NewCircle(color.Transparent)
		objects = append(objects, discs[i])
	}
	paint := func() {
		for i, d := range discs {
			d.Hidden = t.all > MostTokens || i >= t.all
			d.FillColor, d.StrokeWidth = look.Color(theme.ColorNameButton), 1
			d.StrokeColor = look.Color(theme.ColorNameInputBorder)
			if i < t.taken {
				d.FillColor, d.StrokeWidth = look.Color(theme.ColorNamePrimary), 0
			}
		}
		track.Hidden = t.all <= MostTokens
		bar.Hidden = track.Hidden || t.taken == 0
		track.FillColor, bar.FillColor = look.Color(look.Track), look.Color(theme.ColorNamePrimary)
	}
	pitch := func(width float32) float32 {
		n := float32(max(1, t.all))
		return min(token+6, max(token/2, (width-token)/max(1, n-1)))
	}
	layout := func(size fyne.Size) {
		step, y := pitch(size.Width), (size.Height-token)/2
		for i, d := range discs {
			in := d.StrokeWidth / 2
			Place(d, float32(i)*step+in, y+in, token-2*in, token-2*in)
		}
		y = (size.Height - barHeight) / 2
		Place(track, 0, y, size.Width, barHeight)
		if t.all > 0 {
			Place(bar, 0, y, max(barHeight, size.Width*float32(t.taken)/float32(t.all)), barHeight)
		}
	}
	least := func() fyne.Size {
		if t.all > MostTokens {
			return fyne.NewSize(160, token)
		}
		return fyne.NewSize(token+float32(max(0, t.all-1))*(token/2), token)
	}
	return Draw(t, least, layout, paint, objects...)
}
