package adding

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// readShare is how much of the work is reading; making layers and writing them
// is the rest, which nobody can foretell.
const readShare = 0.9

// Run adds one file without asking. It waits for the edits before it, shows how
// far it is and can be stopped, which leaves the map as it was. What came in is
// told by a notice.
func Run(s *stage.Stage, o Options, i workshop.Import) {
	name := filepath.Base(i.Source)
	stopped, stop := context.WithCancel(context.Background())
	job := s.Begin("Adding "+name, stop)
	var (
		got    workshop.Imported
		failed error
	)
	before := layerIDs(s.Map())
	s.Do(name+" was not added", func(ctx context.Context) error {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(stopped, cancel)()
		before = layerIDs(s.Open().Map())
		percent := -1
		i.Progress = func(done, total int64) {
			if total <= 0 {
				return
			}
			if p := int(100 * min(done, total) / total); p > percent {
				percent = p
				s.Loop().UI("adding", func() { job.Set(readShare * float64(p) / 100) })
			}
		}
		if failed = ctx.Err(); failed == nil {
			got, failed = s.Open().Import(ctx, i)
		}
		return nil
	}, func() {
		stop()
		job.End()
		if failed != nil {
			s.Notify(failure(o, i, failed))
			return
		}
		added := newLayers(s.Map(), before)
		if n := len(added); n > 0 {
			s.Select(added[n-1])
		}
		// By itself: to show the layer takes long enough.
		s.Loop().UI("tell what was added", func() { s.Notify(success(s, name, got, added)) })
	})
}

func layerIDs(m *carto.Map) map[carto.LayerID]bool {
	ids := map[carto.LayerID]bool{}
	for _, l := range m.Layers {
		ids[l.ID] = true
	}
	return ids
}

// newLayers lists the layers that were not there before, bottom to top.
func newLayers(m *carto.Map, before map[carto.LayerID]bool) []carto.LayerID {
	var ids []carto.LayerID
	for _, l := range m.Layers {
		if !before[l.ID] {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// failure tells why a file was not added.
func failure(o Options, i workshop.Import, err error) stage.Notice {
	name := filepath.Base(i.Source)
	what := name + " was not added"
	switch {
	case errors.Is(err, context.Canceled):
		return stage.Notice{Kind: stage.KindInfo, Title: "Stopped", Text: what + ". The map is as it was."}
	case errors.Is(err, workshop.ErrNothingInView):
		n := stage.Notice{
			Kind: stage.KindWarning, Title: what,
			Text: "Nothing that you asked for in " + name + " lies on the board. The map is as it was.",
		}
		if o.MakeMapOf != nil {
			n.Text = "Nothing that you asked for in " + name + " lies on the board. The map is as it was. You can make another map of the place that the file is of."
			n.Actions = []stage.Action{{Label: "Make a map of that place", Do: func() { o.MakeMapOf(i.Source) }}}
		}
		return n
	default:
		n := stage.Problem(what, err)
		n.Text += " The map is as it was."
		return n
	}
}

// success tells what came in, and how it is taken back.
func success(s *stage.Stage, name string, got workshop.Imported, added []carto.LayerID) stage.Notice {
	n := stage.Notice{Kind: stage.KindDone, Title: "Added " + name, Text: told(got)}
	m := s.Map()
	n.Actions = []stage.Action{{Label: "Undo", Do: func() { takeBack(s, m, added) }}}
	if len(got.Findings) > 0 {
		n.Kind = stage.KindWarning
		n.Actions = append(n.Actions, stage.Action{Label: "What was found", Do: func() { s.Notify(findings(name, got)) }})
	}
	return n
}

// takeBack undoes the adding where it was the last edit; after others it
// removes the layers, which is an edit of its own.
func takeBack(s *stage.Stage, then *carto.Map, added []carto.LayerID) {
	if s.Map() == then {
		s.Undo()
		return
	}
	var edits carto.Batch
	for _, l := range s.Map().Layers {
		if slices.Contains(added, l.ID) {
			edits = append(edits, carto.RemoveLayer{Layer: l.ID})
		}
	}
	if len(edits) == 0 {
		s.Notify(stage.Notice{Kind: stage.KindInfo, Title: "Nothing to take back", Text: "The layers that came in are not on the map any more."})
		return
	}
	s.Edit("The layers were not removed", edits)
}

// findings lists what could not be taken as it was in a file.
func findings(name string, got workshop.Imported) stage.Notice {
	const most = 8
	text := ""
	for n, f := range got.Findings {
		if n == most {
			text += fmt.Sprintf("And %s more.", count(len(got.Findings)-most))
			break
		}
		if f.Object != "" {
			text += f.Object + ": "
		}
		text += strings.TrimSuffix(f.Message, ".") + ".\n"
	}
	return stage.Notice{Kind: stage.KindInfo, Title: "Found in " + name, Text: text}
}
