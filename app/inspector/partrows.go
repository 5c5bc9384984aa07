package inspector

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2/container"

	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

func (f *partForm) tip(text string) *parts.Tip { return &parts.Tip{Tips: f.tips, Name: text} }

func (f *partForm) add(key string, field *partField) {
	field.key = key
	f.fields = append(f.fields, field)
}

// addText is the row of what a part says. Emptied, it says again what it says by
// itself.
func (f *partForm) addText(p partShown) {
	f.say = newSayField(
		func(text string) { f.set(map[string]string{"text": text}) },
		func(text string) { f.try(map[string]string{"text": text}) },
		f.stage.EndTry)
	f.say.SetPlaceHolder(p.Usual)
	field := newPartField("text", f.say, f.tips, func() { f.set(map[string]string{"text": ""}) })
	say := f.say
	field.read = func(all []partShown) bool {
		text := all[0].Text
		if text == "" && all[0].Class != workshop.PartScale && all[0].Class != workshop.PartCoordinates {
			text = all[0].Usual
		}
		say.SetPlaceHolder(all[0].Usual)
		say.set(text)
		return all[0].Text != "" && all[0].Usual != ""
	}
	f.add("text", field)
}

// addNumber is the row of a number. Key is the part's key, and value what a part
// says and whether it is its own.
func (f *partForm) addNumber(key string, n parts.Number, value func(partShown) (float64, bool), stored func(float64) string) {
	number := parts.NewNumberField(n, 0, func(v float64) { f.set(map[string]string{key: stored(v)}) })
	number.OnChanging = func(v float64) { f.try(map[string]string{key: stored(v)}) }
	field := newPartField(key, number, f.tips, func() { f.set(map[string]string{key: ""}) })
	field.read = func(all []partShown) bool {
		v, own := value(all[0])
		if v != number.Value() {
			number.SetValue(v)
		}
		return own
	}
	f.add(key, field)
}

// addSize is the row of the size, which is the layer's where a part has none.
func (f *partForm) addSize(o workshop.Option, class string) {
	as := display(o)
	f.addNumber("size", parts.Number{
		Label: words.PartSize(class), Unit: o.Unit, Min: o.Min, Max: o.Max, From: as.from, To: as.to, Step: as.step, Tip: f.tip(o.Help),
	}, func(p partShown) (float64, bool) {
		if own := p.Keys["size"]; own != "" {
			return number(own), true
		}
		layers, _ := value(p.layer, o.Key, o.Default)
		return number(layers), false
	}, written)
}

// addEdge is the row of how far holes lie from the edge.
func (f *partForm) addEdge() {
	f.addNumber("edge", parts.Number{
		Label: "From the edge", Unit: "mm", Max: carto.MaxBoardSize, To: 30, Step: 0.5,
		Tip: f.tip("How far the middle of a hole lies from the edges that it is near to."),
	}, func(p partShown) (float64, bool) { return p.Edge, false }, written)
}

// addInset is the row of how much smaller the piece is than the frame.
func (f *partForm) addInset() {
	f.addNumber("inset", parts.Number{
		Label: "Inside the frame", Unit: "mm", Max: carto.MaxBoardSize, To: 30, Step: 0.5,
		Tip: f.tip("How far inside the frame the border is cut. With room for the beam the piece gets its true size."),
	}, func(p partShown) (float64, bool) { own := p.Keys["inset"]; return number(own), own != "" }, written)
}

// addPlace are the rows of where on the piece a part lies.
func (f *partForm) addPlace(p partShown) {
	anchors := workshop.PartAnchors()
	names := make([]string, len(anchors))
	for i, a := range anchors {
		names[i] = words.Place(a)
	}
	choice, row := newPartChoice("Place", f.tip("Where on the piece it lies. Its distances below are measured from there."), names, func(i int) {
		f.set(map[string]string{"place": anchors[i]})
	})
	field := newPartField("place", row, f.tips, nil)
	field.read = func(all []partShown) bool {
		choice.Reflect(slices.Index(anchors, all[0].Anchor()))
		return false
	}
	f.add("place", field)
	boards := f.stage.Map().Boards
	along, up := words.Offset(p.Anchor())
	f.addOffset(along, boards.Width, func(p partShown) float64 { return p.Offset.X }, func(v float64) string { return written(v) + "," })
	f.addOffset(up, boards.Height, func(p partShown) float64 { return p.Offset.Y }, func(v float64) string { return "," + written(v) })
}

// addOffset is the row of how far inside the piece a part lies, along a side of
// a length.
func (f *partForm) addOffset(label string, length float64, of func(partShown) float64, stored func(float64) string) {
	from, to := 0.0, length/2
	if !strings.HasPrefix(label, "From") { // the middle, on both sides of it
		from = -to
	}
	f.addNumber("offset", parts.Number{
		Label: label, Unit: "mm", Min: -carto.MaxBoardSize, Max: carto.MaxBoardSize, From: from, To: to, Step: 0.5,
	}, func(p partShown) (float64, bool) { return of(p), false }, stored)
}

// addOperation are the rows of what the machine does with parts.
func (f *partForm) addOperation(all []partShown) {
	usual := workshop.PartOperation(all[0].Class, all[0].layer.Operation)
	operations := words.Operations()
	names := []string{"Usual: " + lower(words.Operation(usual))}
	for _, o := range operations {
		names = append(names, words.Operation(o))
	}
	choice, row := newPartChoice("Burned as", f.tip("What the machine does with it, where that is not what the layer does."), names, func(i int) {
		keys := map[string]string{"operation": "", "setting": ""}
		if i > 0 {
			keys["operation"] = string(operations[i-1])
		}
		f.set(keys)
	})
	field := newPartField("operation", row, f.tips, func() { f.set(map[string]string{"operation": "", "setting": ""}) })
	field.read = func(all []partShown) bool {
		own := artwork.Operation(all[0].Keys["operation"])
		choice.Reflect(slices.Index(operations, own) + 1)
		return own != ""
	}
	f.add("operation", field)
	o := f.operation(all[0])
	if settings := artwork.Settings(o); len(settings) > 1 {
		f.addSetting(o, settings)
	}
}

// addSetting is the row of which of an operation's settings parts have.
func (f *partForm) addSetting(o artwork.Operation, settings []string) {
	segments := make([]parts.Segment, len(settings))
	for i, id := range settings {
		segments[i].Label = settingLabel(o, id)
	}
	choice := parts.NewSegmented(segments, func(i int) { f.set(map[string]string{"setting": settings[i]}) })
	field := newPartField("setting", container.NewStack(choice), f.tips, func() { f.set(map[string]string{"setting": ""}) })
	field.read = func(all []partShown) bool {
		own := all[0].Keys["setting"]
		choice.Reflect(slices.Index(settings, f.setting(all[0], o, settings)))
		return own != ""
	}
	f.add("setting", field)
}

// setting is which of the settings a part has.
func (f *partForm) setting(p partShown, o artwork.Operation, settings []string) string {
	switch own := p.Keys["setting"]; {
	case own != "":
		return own
	case p.Keys["operation"] != "" && o != workshop.PartOperation(p.Class, p.layer.Operation):
		return settings[0]
	case p.Class == workshop.PartBorder:
		return "outer"
	case p.Class == workshop.PartHole:
		return "inner"
	}
	return p.layer.Setting
}
