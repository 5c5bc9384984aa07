package parts

import (
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
)

// barHeight is the thickness of a bar.
const barHeight float32 = 6

// Progress is a thin bar with what is going on above it, and how far it is.
type Progress struct {
	widget.BaseWidget
	label string
	done  float64
	color fyne.ThemeColorName
}

// NewProgress gives a bar at nought; without a label it is the bar alone.
func NewProgress(label string) *Progress {
	p := &Progress{label: label, color: theme.ColorNamePrimary}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows what is going on and how far it is, from 0 to 1.
func (p *Progress) Set(label string, done float64) {
	done = math.Max(0, math.Min(1, done))
	if label != p.label || percent(done) != percent(p.done) {
		p.label, p.done = label, done
		p.Refresh()
	}
}

// Done gives how far it is, from 0 to 1.
func (p *Progress) Done() float64 { return p.done }

// SetColor draws the bar in another colour, as of success.
func (p *Progress) SetColor(c fyne.ThemeColorName) {
	p.color = c
	p.Refresh()
}

// percent rounds down, so that 100 % is not said before the end.
func percent(done float64) int { return int(done*100 + 1e-9) }

// CreateRenderer draws the bar.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	label, share := NewText(""), NewBold("")
	label.Cut = true
	track, bar := round(barHeight/2), round(barHeight/2)
	paint := func() {
		label.SetText(p.label)
		share.SetText(strconv.Itoa(percent(p.done)) + " %")
		label.Hidden, share.Hidden = p.label == "", p.label == ""
		track.FillColor, bar.FillColor = look.Color(look.Track), look.Color(p.color)
		bar.Hidden = p.done == 0
	}
	layout := func(size fyne.Size) {
		y := (size.Height - barHeight) / 2
		if p.label != "" {
			own := share.MinSize()
			Place(share, size.Width-own.Width, 0, own.Width, own.Height)
			Place(label, 0, 0, size.Width-own.Width-look.Grid, own.Height)
			y = own.Height + look.Grid/2
		}
		Place(track, 0, y, size.Width, barHeight)
		Place(bar, 0, y, max(barHeight, size.Width*float32(p.done)), barHeight)
	}
	least := func() fyne.Size {
		if p.label == "" {
			return fyne.NewSize(64, barHeight)
		}
		return fyne.NewSize(160, share.MinSize().Height+look.Grid/2+barHeight)
	}
	return Draw(p, least, layout, paint, label, share, track, bar)
}
