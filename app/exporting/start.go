package exporting

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// start exports what is ticked.
func (d *Dialog) start() {
	q := d.order.quote()
	if d.run != nil || len(q.places) == 0 || !q.priced || q.missing > 0 || len(d.order.blocked()) > 0 {
		return
	}
	asked := d.order
	asked.layers, asked.formats = slices.Clone(asked.layers), slices.Clone(asked.formats)
	asked.ticked = maps.Clone(asked.ticked)
	run := newRun(asked, q, d.folder, d.now())
	d.run, d.said = run, nil
	path := d.stage.Open().Path()
	x := d.order.export(path, d.folder)
	d.last = d.order.choice(d.folder)
	d.keep(path, d.last)
	news := &news{}
	news.arrived = func() { d.loop.UI("export", func() { d.told(run, news.take()) }) }
	x.Progress = news.add
	d.stop = d.loop.Start(func(ctx context.Context) {
		out, err := d.shop.Export(ctx, x)
		d.loop.UI("exported", func() { d.finish(run, out, err) })
	})
	d.job = d.stage.Begin("Exporting "+d.stage.Map().Title, d.stop)
	d.update()
	d.started = d.now() // what is clicked from here on was seen
}

// twice is the longest time between the clicks of a double click.
const twice = 500 * time.Millisecond

// keepWorking closes the dialog while the export goes on, but not by the second
// click of a double click on the button that began it, whose place it takes.
func (d *Dialog) keepWorking() {
	if d.now().Sub(d.started) >= twice {
		d.Close()
	}
}

// keep remembers the choice for the next time.
func (d *Dialog) keep(path string, c Choice) {
	if d.options.Memory == nil {
		return
	}
	d.loop.Go(func(ctx context.Context) {
		if err := d.options.Memory.KeepExport(ctx, path, c); err != nil {
			d.loop.UI("memory", func() { d.stage.Notify(stage.Problem("The choice is not remembered", err)) })
		}
	})
}

// told takes in how far the run is.
func (d *Dialog) told(run *run, all []workshop.ExportProgress) {
	if run != d.run || run.over() {
		return
	}
	for _, p := range all {
		run.told(p)
	}
	d.job.Set(run.whole)
	d.update()
}

// finish takes in what the run came to, and says it.
func (d *Dialog) finish(run *run, out workshop.Exported, err error) {
	run.finish(out, err)
	d.job.End()
	d.job, d.stop = nil, nil
	notice := run.outcome(d.now())
	notice.Actions = d.actions(run)
	if !run.begun() { // nothing happened: the maker goes on choosing
		d.run = nil
		d.say(notice)
		d.reprice()
	} else {
		if !d.shown {
			d.stage.Notify(notice)
		}
		if !run.plain() { // else the receipt says it all
			if len(run.failed()) == 0 {
				notice.Actions = nil // the receipt opens the folder
			}
			d.said = &notice
		}
		d.view.receive(run)
	}
	if d.options.Spent != nil {
		d.options.Spent()
	}
	d.update()
	if !d.shown && d.forget != nil {
		d.forget()
		d.forget = nil
	}
}

// actions are what a notice about the end of a run offers.
func (d *Dialog) actions(run *run) []stage.Action {
	if !run.begun() {
		if _, ok := run.missing(); ok && d.options.GetCredits != nil {
			return []stage.Action{{Label: "Get credits", Do: d.options.GetCredits}}
		}
		return nil
	}
	if len(run.failed()) > 0 {
		return []stage.Action{
			{Label: "Try again", Do: func() { d.tryAgain(run) }},
			{Label: "What it said", Do: func() { d.explain("What the formats said", run.said()) }},
		}
	}
	if len(run.files()) > 0 {
		return []stage.Action{{Label: "Open folder", Do: func() { d.showFolder(run.folder) }}}
	}
	return nil
}

// tryAgain leads back to the choice with what was not made ticked, so that the
// maker sees what it costs now.
func (d *Dialog) tryAgain(run *run) {
	if d.Running() {
		return
	}
	d.again()
	d.order.clear()
	for p, f := range run.cells {
		if f.stand == notMade || f.stand == kept {
			d.order.tick(p, true)
		}
	}
	d.Show()
	d.update()
}

// again leads back to the choice, with the same ticks.
func (d *Dialog) again() {
	if d.Running() {
		return
	}
	d.run, d.said = nil, nil
	d.view.dropProofs()
	d.readMap()
	d.reprice()
}

// cancel ends what is not made yet.
func (d *Dialog) cancel() {
	if d.stop != nil {
		d.stop()
	}
}

// news gathers how far a run is until the UI thread has time for it.
type news struct {
	arrived func() // is told of the first since they were taken

	mu      sync.Mutex
	waiting []workshop.ExportProgress
}

// add takes news from the run. Of a job that goes on only the last counts.
func (n *news) add(p workshop.ExportProgress) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if last := len(n.waiting) - 1; last >= 0 && n.waiting[last].Job == p.Job && !n.waiting[last].Ended {
		n.waiting[last] = p
		return
	}
	n.waiting = append(n.waiting, p)
	if len(n.waiting) == 1 {
		n.arrived()
	}
}

func (n *news) take() []workshop.ExportProgress {
	n.mu.Lock()
	defer n.mu.Unlock()
	all := n.waiting
	n.waiting = nil
	return all
}
