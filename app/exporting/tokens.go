package exporting

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// tokens shows the credits of a run one by one: spent, held while their file is
// written, to come, and those that are left. More are one bar.
type tokens struct {
	widget.BaseWidget
	tally
}

// tally counts credits by what is becoming of them.
type tally struct {
	spent, held, come, all int
	chosen                 bool // nothing is started: spent is what would be
}

// mostTokens is how many are drawn one by one.
const mostTokens = 20

const token float32 = 14

func newTokens() *tokens {
	t := &tokens{}
	t.ExtendBaseWidget(t)
	return t
}

// set shows other numbers.
func (t *tokens) set(n tally) {
	if t.tally != n {
		t.tally = n
		t.Refresh()
	}
}

// CreateRenderer draws the tokens.
func (t *tokens) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	track, bar := rounded(3), rounded(3)
	objects := []fyne.CanvasObject{track, bar}
	var discs, halves [mostTokens]*canvas.Rectangle
	var ticks [mostTokens]*glyph
	for i := range discs {
		discs[i], halves[i], ticks[i] = rounded(token/2), plain(), newGlyph()
		halves[i].TopLeftCornerRadius, halves[i].BottomLeftCornerRadius = token/2, token/2
		objects = append(objects, discs[i], halves[i], ticks[i].Image)
	}
	paint := func() {
		green := look.Color(theme.ColorNamePrimary)
		for i, d := range discs {
			shown := t.all <= mostTokens && i < t.all
			d.Hidden, halves[i].Hidden = !shown, true
			d.FillColor, d.StrokeWidth, d.StrokeColor = look.Color(theme.ColorNameButton), 1, look.Color(theme.ColorNameInputBorder)
			tick := ""
			switch {
			case i < t.spent:
				d.FillColor, d.StrokeColor = green, green
				if !t.chosen {
					tick = "check"
				}
			case i < t.spent+t.held:
				d.FillColor, d.StrokeColor, d.StrokeWidth = color.Transparent, green, 1.5
				halves[i].Hidden, halves[i].FillColor = !shown, green
			case i < t.spent+t.held+t.come:
				d.FillColor, d.StrokeColor, d.StrokeWidth = color.Transparent, green, 1.5
			}
			if !shown {
				tick = ""
			}
			ticks[i].set(tick, theme.ColorNameForegroundOnPrimary)
		}
		track.Hidden = t.all <= mostTokens
		bar.Hidden = track.Hidden || t.spent == 0
		track.FillColor, bar.FillColor = look.Color(look.Track), green
	}
	layout := func(size fyne.Size) {
		step := min(token+6, (size.Width-token)/float32(max(1, t.all-1)))
		for i := range discs {
			x := float32(i) * step
			in := discs[i].StrokeWidth / 2
			parts.Place(discs[i], x+in, in, token-2*in, token-2*in)
			parts.Place(halves[i], x, 0, token/2, token)
			parts.Place(ticks[i], x+2, 2, token-4, token-4)
		}
		parts.Place(track, 0, 4, size.Width, 6)
		parts.Place(bar, 0, 4, max(6, size.Width*float32(t.spent)/float32(max(1, t.all))), 6)
	}
	return parts.Draw(t, func() fyne.Size { return fyne.NewSize(token, token) }, layout, paint, objects...)
}
