package app

import (
	"fmt"
	"image/color"
	"math"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// status is the row below: scale, where the pointer is, how much there is to
// burn, and what is being worked on.
type status struct {
	bench  *bench
	object fyne.CanvasObject

	scale, place, mm, nodes, burn *parts.Text
	job                           *parts.Text
	bar                           *widget.ProgressBar
	stop                          *parts.IconButton
	running                       *fyne.Container

	toDegrees carto.Transform
	known     bool
}

const statusHeight = 32

// jobWidth is how much of the row the name of a job takes at most.
const jobWidth = 240

func newStatus(b *bench) *status {
	s := &status{bench: b}
	value := func() *parts.Text { return parts.NewCaption("") }
	s.scale, s.place, s.mm, s.nodes, s.burn, s.job = value(), value(), value(), value(), value(), value()
	s.bar = widget.NewProgressBar()
	s.bar.TextFormatter = func() string { return "" }
	s.stop = parts.NewSmallIconButton("close", &parts.Tip{Tips: b.window.tips, Name: "Stop it"}, func() {
		if jobs := b.stage.Jobs(); len(jobs) > 0 {
			jobs[len(jobs)-1].Stop()
		}
	})
	s.running = container.NewHBox(
		container.NewCenter(container.NewGridWrap(fyne.NewSize(110, 6), s.bar)), s.stop)
	gap := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedLayout(0, 0, 0, 12), container.NewCenter(o))
	}
	row := container.NewHBox(gap(s.scale), gap(s.mm), gap(s.place), layout.NewSpacer(),
		gap(s.nodes), gap(s.burn), container.NewCenter(s.job), s.running)
	height := canvas.NewRectangle(color.Transparent)
	height.SetMinSize(fyne.NewSize(1, statusHeight))
	s.object = newRows(widget.NewSeparator(),
		container.NewStack(newBack(theme.ColorNameHeaderBackground), height, container.New(layout.NewCustomPaddedLayout(0, 0, 16, 12), row)), nil)
	b.stage.OnChange(s.update)
	s.update(^stage.Change(0))
	return s
}

func (s *status) update(c stage.Change) {
	st := s.bench.stage
	if c.Has(stage.MapChanged) {
		m := st.Map()
		s.scale.SetText("Scale 1 : " + thousands(int(math.Round(m.View.Scale))))
		t, err := m.View.Transform(m.Boards)
		s.toDegrees, s.known = t, err == nil
	}
	if c.Has(stage.DrawnChanged) && st.Drawn() != nil {
		vertices := 0
		for _, f := range st.Drawn().Figures {
			vertices += f.Vertices
		}
		s.nodes.SetText("Points " + thousands(vertices))
	}
	if c.Has(stage.CheckedChanged) && st.Checked() != nil {
		s.burn.SetText("Burn " + words.Time(st.Checked().Estimate.Seconds))
	}
	if c.Has(stage.JobsChanged) {
		s.jobs(st.Jobs())
	}
}

func (s *status) jobs(jobs []*stage.Job) {
	if len(jobs) == 0 {
		s.job.SetText("No jobs running")
		s.running.Hide()
		return
	}
	j := jobs[len(jobs)-1]
	text := fmt.Sprintf("%s  %.0f %%", parts.Shorten(j.Name(), jobWidth), 100*j.Fraction())
	if len(jobs) > 1 {
		text += fmt.Sprintf(" (and %d more)", len(jobs)-1)
	}
	s.job.SetText(text)
	s.bar.SetValue(j.Fraction())
	enable(s.stop, j.CanStop())
	s.running.Show()
}

// point tells where the pointer is.
func (s *status) point(at artwork.Point, over bool) {
	if !over || !s.known {
		s.mm.SetText("")
		s.place.SetText("")
		return
	}
	s.mm.SetText(fmt.Sprintf("X %.1f  Y %.1f mm", at.X, at.Y))
	p := s.toDegrees.Inverse(at.X, at.Y)
	s.place.SetText(degrees(p[1], "N", "S") + "  " + degrees(p[0], "E", "W"))
}

func degrees(v float64, positive, negative string) string {
	if v < 0 {
		return fmt.Sprintf("%.5f° %s", -v, negative)
	}
	return fmt.Sprintf("%.5f° %s", v, positive)
}

// thousands writes a number with commas.
func thousands(n int) string {
	digits := strconv.Itoa(n)
	var parts []string
	for len(digits) > 3 {
		parts = append([]string{digits[len(digits)-3:]}, parts...)
		digits = digits[:len(digits)-3]
	}
	return strings.Join(append([]string{digits}, parts...), ",")
}
