package exporting

import (
	"context"
	"fmt"
	"image"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/internal/workshop"
)

// receipt shows the files of a run as they come, and what they cost.
type receipt struct {
	of     *Dialog
	object *fyne.Container

	title, time *parts.Text
	bar         *parts.Progress
	files       *fyne.Container
	listed      []string // the files that it shows
	proofs      *fyne.Container
	stop        context.CancelFunc // of the drawing of proofs
	charges     *fyne.Container
	open, tell  *parts.Button
	told        *run // whose charges it shows

	head, buttons *fyne.Container
}

// flow is what is laid out anew when texts change.
func (r *receipt) flow() []*fyne.Container {
	return []*fyne.Container{r.object, r.head, r.files, r.proofs, r.buttons, r.charges}
}

func newReceipt(d *Dialog) *receipt {
	r := &receipt{of: d, title: parts.NewBold(""), time: parts.NewCaption(""), bar: parts.NewProgress("")}
	r.files = container.New(layout.NewCustomPaddedVBoxLayout(6))
	r.proofs = container.New(layout.NewCustomPaddedVBoxLayout(look.Grid))
	r.charges = container.New(layout.NewCustomPaddedVBoxLayout(2))
	r.open = parts.NewSmallButton(parts.Bordered, "Open folder", func() {
		if d.run != nil {
			d.showFolder(d.run.folder)
		}
	})
	r.open.SetIcon("folder")
	r.tell = parts.NewSmallButton(parts.Quiet, "Charge numbers", func() {
		show(r.charges, !r.charges.Visible())
		d.update()
	})
	r.charges.Hide()
	r.head = container.New(ends{gap: look.Grid}, r.title, r.time)
	r.buttons = container.New(layout.NewCustomPaddedHBoxLayout(look.Grid), r.open, r.tell)
	r.object = container.New(layout.NewCustomPaddedVBoxLayout(look.Grid), r.head, r.bar, r.files, r.buttons, r.charges, r.proofs)
	return r
}

func (r *receipt) update() {
	run := r.of.run
	show(r.object, run != nil)
	if run == nil {
		r.clear()
		return
	}
	files := run.files()
	r.title.SetText(fmt.Sprintf("%d of %s in place", len(files), count(max(run.quote.files, len(files)), "file")))
	r.time.SetText("")
	if left, ok := run.remaining(r.of.now()); ok {
		r.time.SetText(seconds(left))
	}
	r.bar.Set("", run.whole)
	show(r.bar, !run.over())
	var paths []string
	for _, f := range files {
		paths = append(paths, f.Path)
	}
	if n := len(r.listed); len(paths) < n || !slices.Equal(paths[:n], r.listed) {
		r.files.RemoveAll()
		r.listed = nil
	}
	for _, f := range files[len(r.listed):] {
		r.files.Add(fileRow(f))
	}
	r.listed = paths
	show(r.open, run.over() && len(files) > 0)
	if run.over() && r.told != run {
		r.told = run
		r.listCharges(run)
	}
	show(r.tell, run.over() && len(r.charges.Objects) > 0)
}

func fileRow(f workshop.ExportedFile) fyne.CanvasObject {
	name := parts.NewText(filepath.Base(f.Path))
	name.Cut = true
	return container.New(ends{gap: look.Grid}, lead("check", theme.ColorNameSuccess, name), parts.NewCaption(bytes(f.Bytes)))
}

// listCharges names the number of each charge, for who has to tell it.
func (r *receipt) listCharges(run *run) {
	r.charges.RemoveAll()
	for _, j := range run.ordered() {
		for _, l := range j.Layers {
			if l.Charge == "" {
				continue
			}
			what := "not spent"
			switch l.State {
			case workshop.ExportDone:
				what = count(l.Credits, "credit")
			case workshop.ExportFree:
				what = "free"
			case workshop.ExportPending:
				what = "held"
			}
			text := parts.NewCaption(l.Name + ", " + run.formatName(j.Format) + ": " + what)
			text.Cut = true
			number := parts.NewCaption(l.Charge)
			r.charges.Add(container.New(ends{gap: look.Grid}, text, number))
		}
	}
}

// most is how many files are drawn back.
const most = 3

// proofWidth and proofHeight bound a drawing, in Fyne's pixels.
const (
	proofWidth  = 300
	proofHeight = 220
)

// prove draws SVG files of a run from the disk, beside the UI thread. What
// can't be drawn is left out.
func (r *receipt) prove(run *run) {
	r.dropProofs()
	var paths []string
	for _, f := range run.files() {
		if strings.EqualFold(filepath.Ext(f.Path), ".svg") && len(paths) < most {
			paths = append(paths, f.Path)
		}
	}
	if len(paths) == 0 || !r.of.shown {
		return
	}
	scale := r.of.win.Canvas().Scale()
	w, h := int(proofWidth*scale), int(proofHeight*scale)
	l := r.of.loop
	r.stop = l.Start(func(ctx context.Context) {
		for _, path := range paths {
			img, err := proof(ctx, path, w, h)
			if err != nil {
				continue
			}
			l.UI("proof", func() {
				if r.of.run == run {
					r.proofs.Add(proofCard(path, img))
					r.of.update()
				}
			})
		}
	})
}

func proofCard(path string, img image.Image) fyne.CanvasObject {
	picture := canvas.NewImageFromImage(img)
	picture.FillMode = canvas.ImageFillContain
	size := img.Bounds().Size()
	picture.SetMinSize(fyne.NewSize(proofWidth-24, (proofWidth-24)*float32(size.Y)/float32(max(1, size.X))))
	caption := parts.NewCaption("Read back from " + filepath.Base(path))
	caption.Cut = true
	return container.New(layout.NewCustomPaddedVBoxLayout(4), container.NewStack(
		fill{name: look.Sheet, radius: look.Radius}.surface(),
		container.New(layout.NewCustomPaddedLayout(8, 8, 8, 8), picture)), caption)
}

func (r *receipt) dropProofs() {
	if r.stop != nil {
		r.stop()
		r.stop = nil
	}
	r.proofs.RemoveAll()
}

func (r *receipt) clear() {
	if len(r.listed) > 0 {
		r.files.RemoveAll()
		r.listed = nil
	}
	if r.told != nil {
		r.charges.RemoveAll()
		r.charges.Hide()
		r.told = nil
	}
}

func (s *side) prove(r *run) { s.receipt.prove(r) }

func (s *side) dropProofs() { s.receipt.dropProofs() }
