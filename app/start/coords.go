package start

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"github.com/paulmach/orb"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/internal/carto"
)

// coords chooses a place by numbers: the sides of a box, or a centre and a
// scale.
type coords struct {
	page   *Page
	card   *parts.Card
	rows   *fyne.Container // on the card
	how    *parts.Segmented
	box    [4]*parts.NumberField // west, south, east, north
	center [2]*parts.NumberField // longitude, latitude
	scale  *parts.NumberField
	bad    *parts.Text
}

func newCoords(p *Page) *coords {
	c := &coords{page: p, bad: parts.NewText("")}
	c.bad.SetColor(theme.ColorNameError)
	c.bad.Hide()
	field := func(label, unit string, least, most, step, value float64, committed func(float64)) *parts.NumberField {
		return parts.NewNumberField(parts.Number{Label: label, Unit: unit, Min: least, Max: most, Step: step, NoSlider: true}, value, committed)
	}
	boxed := func(float64) { c.boxed() }
	centred := func(float64) { c.centred() }
	const fine = 0.0001
	c.box = [4]*parts.NumberField{
		field("West", "°", -180, 180, fine, firstPlace.Min[0], boxed), field("South", "°", -90, 90, fine, firstPlace.Min[1], boxed),
		field("East", "°", -180, 180, fine, firstPlace.Max[0], boxed), field("North", "°", -90, 90, fine, firstPlace.Max[1], boxed),
	}
	c.center = [2]*parts.NumberField{
		field("Longitude", "°", -180, 180, fine, 0, centred), field("Latitude", "°", -90, 90, fine, 0, centred),
	}
	c.scale = field("Scale 1 :", "", carto.MinScale, carto.MaxScale, 1, 1, centred)
	sides := container.NewVBox(c.box[0], c.box[1], c.box[2], c.box[3])
	middle := container.NewVBox(c.center[0], c.center[1], c.scale)
	middle.Hide()
	c.how = parts.NewSegmented([]parts.Segment{{Label: "Sides"}, {Label: "Centre and scale"}}, func(i int) {
		if i == 0 {
			sides.Show()
			middle.Hide()
		} else {
			sides.Hide()
			middle.Show()
		}
		c.bad.Hide()
		c.reflect()
		c.relayout()
	})
	c.rows = container.New(layout.NewCustomPaddedVBoxLayout(look.Grid), c.how, sides, middle, c.bad)
	c.card = parts.NewCard(c.rows, look.Grid*1.5)
	c.card.Hide()
	return c
}

// reflect shows the numbers of the place as it is.
func (c *coords) reflect() {
	if !c.card.Visible() || !c.page.usable {
		return
	}
	p := c.page
	box := p.place.box
	if p.place.view != nil {
		if t, err := p.view.Transform(p.form.boards()); err == nil {
			box = t.Cover()
		}
	}
	for i, v := range []float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]} {
		c.box[i].SetValue(v)
	}
	c.center[0].SetValue(p.view.Center[0])
	c.center[1].SetValue(p.view.Center[1])
	c.scale.SetValue(p.view.Scale)
}

// boxed takes the sides.
func (c *coords) boxed() {
	v := func(i int) float64 { return c.box[i].Value() }
	box := orb.Bound{Min: orb.Point{v(0), v(1)}, Max: orb.Point{v(2), v(3)}}
	switch {
	case v(0) >= v(2):
		c.say("West has to be less than east.")
	case v(1) >= v(3):
		c.say("South has to be less than north.")
	default:
		c.put(place{box: box})
	}
}

// centred takes the centre and the scale.
func (c *coords) centred() {
	view := carto.View{
		Center: orb.Point{c.center[0].Value(), c.center[1].Value()},
		Scale:  c.scale.Value(),
	}
	c.put(place{view: &view, boards: c.page.form.boards(), exact: true})
}

func (c *coords) put(to place) {
	c.bad.Hide()
	c.page.put(to)
	c.page.middle.world.ShowFrame()
	c.page.middle.named()
	c.relayout()
}

func (c *coords) say(text string) {
	c.bad.SetText(text)
	c.bad.Show()
	c.relayout()
}

// relayout makes the card as large as what it shows.
func (c *coords) relayout() {
	relayout(c.page.middle.floats)
	relayout(c.rows)
}
