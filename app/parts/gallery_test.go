package parts_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// badText types what is no number into a field.
func badText(f *parts.NumberField) {
	entry := parts.EntryOf(f)
	entry.SetText("wide")
}

// gallery shows all parts in all their states. It is made anew for each mode.
func gallery() fyne.CanvasObject {
	badges := container.NewHBox()
	for _, o := range []artwork.Operation{artwork.Cut, artwork.Score, artwork.Engrave, artwork.Relief, artwork.Guide} {
		badges.Add(parts.NewBadge(o, parts.Large))
		badges.Add(parts.NewText(string(o)))
		badges.Add(parts.NewBadge(o, parts.Small))
	}
	marks := container.NewHBox()
	for _, s := range []parts.Severity{parts.MustMend, parts.LookAt, parts.GoodToKnow} {
		marks.Add(parts.NewSeverityMark(s, parts.Large))
		marks.Add(parts.NewSeverityMark(s, parts.Small))
	}
	pills := container.NewHBox()
	for _, p := range []struct {
		text, icon string
		color      fyne.ThemeColorName
	}{
		{"Mapwright", "shield", theme.ColorNameSuccess},
		{"Signed", "shield", look.Info},
		{"Unsigned, pinned", "warning", theme.ColorNameWarning},
		{"Local", "settings", look.Text2},
		{"Blocked", "stop-sign", theme.ColorNameError},
		{"waiting", "", theme.ColorNameWarning},
	} {
		pill := parts.NewPill(p.text, p.color)
		pill.SetIcon(p.icon)
		pills.Add(pill)
	}
	buttons := container.NewHBox()
	tools := container.NewVBox()
	for i, name := range []string{"select", "pan", "point", "label"} {
		b := parts.NewIconButton(name, nil, nil)
		b.SetSelected(i == 0)
		if i == 3 {
			b.Disable()
		}
		tools.Add(b)
	}
	add := parts.NewIconButton("add-data", nil, nil)
	add.SetLabel("Add data")
	add.SetTrailing("chevron-down")
	check := parts.NewIconButton("preflight", nil, nil)
	check.SetLabel("Check")
	check.SetCount(3, parts.MustMend)
	export := parts.NewButton(parts.Primary, "Export", nil)
	export.SetIcon("export")
	buttons.Add(add)
	buttons.Add(check)
	buttons.Add(export)
	buttons.Add(parts.NewButton(parts.Plain, "Plain", nil))
	off := parts.NewButton(parts.Primary, "Disabled", nil)
	off.Disable()
	more := container.NewHBox()
	more.Add(parts.NewSmallButton(parts.Bordered, "Choose", nil))
	more.Add(parts.NewSmallButton(parts.Quiet, "Ignore", nil))
	more.Add(parts.NewSmallButton(parts.Link, "Sync now", nil))
	more.Add(off)

	segmented := parts.NewSegmented([]parts.Segment{{"map-view", "Map"}, {"laser-view", "Laser"}, {"", "Wire"}}, nil)
	number := parts.NewNumberField(parts.Number{Label: "Smallest width", Unit: "mm", Max: 2, Step: 0.05}, 0.8, nil)
	bad := parts.NewNumberField(parts.Number{Label: "Kerf", Unit: "mm", Max: 2, Step: 0.05}, 0, nil)
	badText(bad)
	row := func(name, text string, o artwork.Operation) *parts.Row {
		lines := container.New(layout.NewCustomPaddedVBoxLayout(2), parts.NewText(name), parts.NewCaption(text))
		return parts.NewRow(container.New(layout.NewCustomPaddedLayout(0, 0, 32, 8), container.New(layout.NewCustomPaddedHBoxLayout(8), container.NewCenter(parts.NewBadge(o, parts.Large)), container.NewCenter(lines))), nil)
	}
	chosen := row("roads-major", "Outline · 161 features", artwork.Score)
	chosen.SetSelected(true)

	bar := parts.NewProgress("Reading munich.osm.pbf")
	bar.Set("Reading munich.osm.pbf", 0.62)
	thin := parts.NewProgress("")
	thin.Set("", 0.97)
	thin.SetColor(theme.ColorNameSuccess)
	var operations, frames []parts.Choice
	for _, o := range []artwork.Operation{artwork.Cut, artwork.Score, artwork.Engrave, artwork.Relief, artwork.Guide} {
		operations = append(operations, parts.Choice{Label: string(o), Picture: parts.NewBadge(o, parts.Large), Disabled: o == artwork.Relief})
	}
	for _, size := range []string{"297 × 210", "300 × 200", "400 × 300"} {
		frames = append(frames, parts.Choice{Label: size, Caption: "Diode", Picture: parts.NewBadge(artwork.Engrave, parts.Large)})
	}
	operation := parts.NewCardGrid(5, 56, operations, nil)
	operation.Reflect(1)
	frame := parts.NewCardGrid(3, 72, frames, nil)
	frame.Reflect(2)
	programs := parts.NewSelect([]string{"LightBurn", "xTool"}, nil)
	programs.Reflect(0)
	closed := parts.NewSelect([]string{"LightBurn"}, nil)
	closed.Disable()

	left := container.NewVBox(
		container.NewHBox(parts.NewHeading("Mapwright"), segmented),
		parts.NewSection("Operations", parts.NewCaption("shape, letter and colour")), badges, marks, pills,
		buttons, more, number, bad, row("water", "Outline · 15 features", artwork.Cut), chosen,
		operation, frame)
	right := container.New(layout.NewCustomPaddedVBoxLayout(16),
		parts.Notice{Icon: "credit", Color: theme.ColorNameError, Title: "2 credits are missing", Text: "This export needs 6, you have 4. Nothing was started.", Actions: []parts.Action{{Label: "Get credits"}, {Label: "Untick two files"}}}.Card(),
		parts.Notice{Icon: "check", Color: theme.ColorNameSuccess, Title: "Saved again, free", Text: "buildings as SVG is unchanged since 9 November. It is in the folder where it was, and a long text like this one breaks."}.Card(),
		parts.NewCard(bar, 12), thin,
		container.NewGridWithColumns(2, programs, closed),
		container.NewHBox(parts.NewCard(tools, 4)),
	)
	return container.New(layout.NewCustomPaddedLayout(16, 16, 24, 24), container.NewHBox(
		container.New(layout.NewCustomPaddedLayout(0, 0, 0, 32), left), right))
}

// TestEveryPartLooksAsDrawn compares all parts in all states with pictures that
// a person looked at. What differs on purpose is taken with -update.
func TestEveryPartLooksAsDrawn(t *testing.T) {
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		w := window(t, mode, gallery)
		matches(t, "gallery-"+string(mode), w.Canvas().Capture())
	}
}

// TestAllPartsFollowADarkWindow switches the look while the parts stand.
func TestAllPartsFollowADarkWindow(t *testing.T) {
	w := window(t, look.Light, gallery)
	test.ApplyTheme(t, look.Theme{Mode: look.Dark})
	w.Content().Refresh()
	matches(t, "gallery-dark", w.Canvas().Capture())
}
