package exporting

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// burns tells how far and how long the machine burns for each job: a format
// with its layers, which are traced together. Formats of the same layers share
// a line.
type burns struct {
	of     *Dialog
	object *fyne.Container
	lines  *fyne.Container
	what   *widget.RichText // what the times are for
	whole  *fyne.Container
	said   string
	shown  []burnLine

	known map[string]reckoned // by the layers of a job
	m     *carto.Map          // that they are of
	asked string              // what is being reckoned
	stop  context.CancelFunc
	turn  int
}

// reckoned is what a job comes to, or why nobody knows.
type reckoned struct {
	estimate workshop.Estimate
	failed   bool
}

// burnLine is a job as it is shown.
type burnLine struct{ name, text string }

// jobLayers are the layers that formats take together.
type jobLayers struct {
	formats []string // their names
	layers  []carto.LayerID
}

// key is the same for the same layers.
func (j jobLayers) key() string {
	var b strings.Builder
	for _, id := range j.layers {
		b.WriteString(string(id) + "\n")
	}
	return b.String()
}

func newBurns(d *Dialog) *burns {
	b := &burns{of: d, known: map[string]reckoned{}, what: parts.NewParagraph("", look.Text2)}
	b.whole = container.New(outdent{}, b.what)
	b.lines = container.New(layout.NewCustomPaddedVBoxLayout(4))
	b.object = container.New(layout.NewCustomPaddedVBoxLayout(4), b.lines, b.whole)
	return b
}

// jobs lists the ticked formats by the layers that they take.
func (o *order) jobs() []jobLayers {
	var jobs []jobLayers
	for i := range o.formats {
		var ids []carto.LayerID
		for _, l := range o.in(o.formats[i].id) {
			ids = append(ids, l.id)
		}
		if len(ids) == 0 {
			continue
		}
		name := o.formats[i].name
		same := slices.IndexFunc(jobs, func(j jobLayers) bool { return slices.Equal(j.layers, ids) })
		if same >= 0 {
			jobs[same].formats = append(jobs[same].formats, name)
			continue
		}
		jobs = append(jobs, jobLayers{[]string{name}, ids})
	}
	return jobs
}

// update shows what is known of the ticked jobs, and reckons the rest.
func (b *burns) update() {
	jobs := b.of.order.jobs()
	b.forget()
	show(b.object, b.of.run == nil && len(jobs) > 0)
	if b.of.run != nil {
		b.halt()
		return
	}
	b.reckon(jobs)
	lines := make([]burnLine, len(jobs))
	for i, j := range jobs {
		lines[i] = burnLine{"Burn length and time", "reckoning…"}
		if len(jobs) > 1 {
			lines[i].name = "Burn of " + list(j.formats)
		}
		if k, ok := b.known[j.key()]; ok {
			lines[i].text = words.Length(k.estimate.BurnMM) + " · " + words.Time(k.estimate.Seconds)
			if k.failed {
				lines[i].text = "not known"
			}
		}
	}
	if slices.Equal(lines, b.shown) {
		return
	}
	b.shown = lines
	b.lines.RemoveAll()
	for _, l := range lines {
		name := parts.NewText(l.name)
		name.Cut = true
		b.lines.Add(container.New(ends{gap: look.Grid}, name, parts.NewBold(l.text)))
	}
}

// forget drops what is known of another state of the map, or for another
// machine, which the stage tells as one.
func (b *burns) forget() {
	if c := b.of.stage.Checked(); c != nil {
		b.say(words.TimedFor(c.Setup))
	}
	if m := b.of.stage.Map(); m != b.m {
		clear(b.known)
		b.halt()
		b.m = m
	}
}

func (b *burns) say(text string) {
	if text != b.said {
		b.said = text
		b.what.Segments = parts.NewParagraph(text, look.Text2).Segments
		b.what.Refresh()
	}
}

func (b *burns) halt() {
	if b.stop != nil {
		b.stop()
		b.stop = nil
	}
	b.turn++
	b.asked = ""
}

// reckon finds beside the UI thread what is not known yet, one job after the
// other.
func (b *burns) reckon(jobs []jobLayers) {
	jobs = slices.DeleteFunc(slices.Clone(jobs), func(j jobLayers) bool { _, ok := b.known[j.key()]; return ok })
	var asked strings.Builder
	for _, j := range jobs {
		asked.WriteString(j.key() + "\n")
	}
	if asked.String() == b.asked {
		return
	}
	b.halt()
	b.asked = asked.String()
	if len(jobs) == 0 {
		return
	}
	turn, open := b.turn, b.of.stage.Open()
	b.stop = b.of.loop.Start(func(ctx context.Context) {
		for _, j := range jobs {
			e, err := open.Time(ctx, j.layers)
			if ctx.Err() != nil {
				return
			}
			b.of.loop.UI("burn time", func() {
				if turn == b.turn {
					b.take(j, reckoned{e, err != nil})
				}
			})
		}
	})
}

// take takes over what a job comes to.
func (b *burns) take(j jobLayers, k reckoned) {
	b.known[j.key()] = k
	b.asked = strings.Replace(b.asked, j.key()+"\n", "", 1)
	b.of.update()
}

// flow is what is laid out anew when texts change.
func (b *burns) flow() []*fyne.Container {
	flow := []*fyne.Container{b.object, b.lines, b.whole}
	for _, o := range b.lines.Objects {
		if c, ok := o.(*fyne.Container); ok {
			flow = append(flow, c)
		}
	}
	return flow
}
