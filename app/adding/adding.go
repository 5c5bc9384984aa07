// Package adding brings files of map data onto the open map: it asks what is
// wanted of them, reads them beside the UI thread, and tells what came in. It
// reads no file itself.
package adding

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// Shop tells what a file is; *workshop.Workshop does.
type Shop interface {
	LookAtSource(ctx context.Context, path string) (workshop.SourceFile, error)
}

// Options say who helps with adding.
type Options struct {
	Shop Shop // required
	// MakeMapOf makes a new map of the place of a file that lies beside the
	// open one. Without it that is not offered.
	MakeMapOf func(path string)
}

// Choose asks for a file of map data and adds it.
func Choose(win fyne.Window, s *stage.Stage, o Options) {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil {
			s.Notify(stage.Problem("The file was not opened", err))
			return
		}
		if file == nil {
			return
		}
		path := file.URI().Path()
		if err := file.Close(); err != nil {
			s.Notify(stage.Problem("The file was not opened", err))
			return
		}
		Add(win, s, o, path)
	}, win)
	d.SetFilter(storage.NewExtensionFileFilter(workshop.SourceEndings()))
	d.SetView(dialog.ListView)
	d.SetTitleText("Add data")
	d.SetConfirmText("Add")
	d.Resize(fyne.NewSize(900, 620))
	d.Show()
}

// Add adds files of map data one after the other, as they were chosen or
// dropped. What can't be read is told, and the others are added.
func Add(win fyne.Window, s *stage.Stage, o Options, paths ...string) {
	s.Loop().Go(func(ctx context.Context) {
		files := make([]workshop.SourceFile, 0, len(paths))
		refused := map[string]error{}
		var order []string
		for _, path := range paths {
			file, err := o.Shop.LookAtSource(ctx, path)
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				refused[path] = err
				order = append(order, path)
				continue
			}
			files = append(files, file)
		}
		s.Loop().UI("files looked at", func() {
			for _, path := range order {
				s.Notify(stage.Problem(filepath.Base(path)+" was not added", refused[path]))
			}
			q := &queue{win: win, stage: s, options: o, files: files, of: len(files)}
			q.next()
		})
	})
}

// queue asks for one file after the other.
type queue struct {
	win     fyne.Window
	stage   *stage.Stage
	options Options
	files   []workshop.SourceFile // still to be asked for
	of      int                   // files in all
}

func (q *queue) next() {
	if len(q.files) == 0 {
		return
	}
	file := q.files[0]
	q.files = q.files[1:]
	show(q, file)
}

// take adds a file, and with rest all that wait, in the same way.
func (q *queue) take(file workshop.SourceFile, w wish, rest bool) {
	Run(q.stage, q.options, w.of(file))
	if !rest {
		q.next()
		return
	}
	for _, f := range q.files {
		own := w
		if w.layer != "" {
			own.layer = baseName(f.Path)
		}
		if len(f.Presets) == 0 {
			own.preset = ""
			if own.layer == "" {
				own.layer = baseName(f.Path)
			}
		}
		Run(q.stage, q.options, own.of(f))
	}
	q.files = nil
}
