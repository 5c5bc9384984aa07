package layerlist

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/workshop"
)

// machine is the section of what the map is burned with and on: its times,
// limits and beam width go by them.
type machine struct {
	stage *stage.Stage
	root  fyne.CanvasObject
	fold  *fold

	machine, material *parts.Select
	bed, kerf, note   *parts.Text

	machines  []workshop.Machine // as in the menu, after "not chosen"
	materials []workshop.Material
	all       []workshop.Material
}

// notChosen ends the first entry of both menus.
const notChosen = "not chosen"

func newMachine(s *stage.Stage, tips *parts.Tips) *machine {
	p := &machine{stage: s, bed: parts.NewText(""), kerf: parts.NewText(""), note: parts.NewCaption("")}
	p.machine = parts.NewSelect([]string{"Machine: " + notChosen}, func(i int) {
		id := workshop.NoMachine
		if i > 0 {
			id = p.machines[i-1].ID
		}
		s.Use(id, "")
	})
	p.material = parts.NewSelect([]string{"Material: " + notChosen}, func(i int) {
		id := workshop.NoMachine
		if i > 0 {
			id = p.materials[i-1].ID
		}
		s.Use("", id)
	})
	for _, t := range []*parts.Text{p.bed, p.kerf} {
		t.Align = fyne.TextAlignTrailing
	}
	p.note.Cut = true
	row := func(label, tip string, field fyne.CanvasObject) fyne.CanvasObject {
		name := container.NewStack(parts.NewText(label), parts.NewHint(&parts.Tip{Tips: tips, Name: tip}))
		return container.New(besideLabel{}, name, field)
	}
	rows := container.New(narrow{},
		p.machine,
		p.material,
		row("Bed", "How large a board the machine takes.", p.bed),
		row("Beam width", "What a cut takes away. Layers that are cut allow for it, unless they say otherwise.", p.kerf),
		p.note,
	)
	p.fold = newFold("Machine", tips, container.New(layout.NewCustomPaddedLayout(0, look.Grid, 2*look.Grid, 2*look.Grid), rows))
	p.root = container.NewVBox(rule(), p.fold.root)
	s.Loop().Go(func(ctx context.Context) {
		c, err := s.Open().Machines(ctx)
		if err != nil {
			return // the check tells of what can't be read
		}
		s.Loop().UI("machines", func() { p.take(c) })
	})
	return p
}

// take fills the menus.
func (p *machine) take(c *workshop.Catalog) {
	p.machines, p.all = c.Machines, c.Materials
	names := []string{"Machine: " + notChosen}
	for _, m := range p.machines {
		names = append(names, m.Name)
	}
	p.machine.SetOptions(names)
	p.show()
}

// show takes over what the last check was made for.
func (p *machine) show() {
	checked := p.stage.Checked()
	if checked == nil {
		return
	}
	s := checked.Setup
	p.offer(s)
	if !s.MachineChosen {
		p.fold.setText("none chosen")
		p.bed.SetText("any")
		p.kerf.SetText("none")
		p.note.SetText("Times are for " + s.Machine.Name + ".")
		p.material.Disable()
		return
	}
	p.material.Enable()
	p.fold.setText(s.Machine.Name)
	p.bed.SetText(words.Size(s.Machine.BedWidth, s.Machine.BedHeight))
	switch {
	case !s.MaterialChosen:
		p.kerf.SetText("none")
		p.note.SetText("Times are for " + s.Material.Name + ".")
	default:
		p.kerf.SetText(words.Length(s.Kerf))
		p.note.SetText("")
		if s.Machine.Starting || s.Material.Starting {
			p.note.SetText("Starting values: burn a test card.")
		}
	}
}

// offer shows the choice, and the materials that the machine can work.
func (p *machine) offer(s workshop.Setup) {
	if len(p.machines) == 0 {
		return
	}
	p.materials = p.materials[:0:0]
	names := []string{"Material: " + notChosen}
	for _, m := range p.all {
		if slices.Contains(m.Kinds(), string(s.Machine.Kind)) {
			p.materials = append(p.materials, m)
			names = append(names, m.Name)
		}
	}
	p.material.SetOptions(names)
	p.machine.Reflect(0)
	p.material.Reflect(0)
	if s.MachineChosen {
		p.machine.Reflect(1 + slices.IndexFunc(p.machines, func(m workshop.Machine) bool { return m.ID == s.Machine.ID }))
	}
	if s.MaterialChosen {
		p.material.Reflect(1 + slices.IndexFunc(p.materials, func(m workshop.Material) bool { return m.ID == s.Material.ID }))
	}
}
