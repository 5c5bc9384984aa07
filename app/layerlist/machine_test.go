package layerlist

import (
	"slices"
	"testing"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/workshop"

	"fyne.io/fyne/v2"
)

func TestTheMachineIsChosenWithItsMaterial(t *testing.T) {
	s, p, _ := three(t)
	b := p.burner
	s.Until("the machines", func() bool { return len(b.machines) > 5 && s.Stage.Checked() != nil })
	if b.machine.Selected() != 0 || !b.material.Disabled() || b.fold.text.Text != "none chosen" {
		t.Errorf("without a choice there is %d, %q", b.machine.Selected(), b.fold.text.Text)
	}
	p2 := slices.IndexFunc(b.machines, func(m workshop.Machine) bool { return m.ID == "xtool-p2" })
	b.machine.Select(1 + p2)
	setup := func() workshop.Setup {
		if c := s.Stage.Checked(); c != nil {
			return c.Setup
		}
		return workshop.Setup{}
	}
	s.Until("the machine", func() bool { return setup().MachineChosen && setup().Machine.ID == "xtool-p2" })
	if b.bed.Text == "any" || b.material.Disabled() {
		t.Errorf("the bed is %q", b.bed.Text)
	}
	plywood := slices.IndexFunc(b.materials, func(m workshop.Material) bool { return m.ID == "birch-plywood-3mm" })
	b.material.Select(1 + plywood)
	s.Until("the material", func() bool { return setup().MaterialChosen })
	if b.kerf.Text == "none" || b.material.Selected() != 1+plywood || b.machine.Selected() != 1+p2 {
		t.Errorf("the beam is %q, the menus show %d and %d", b.kerf.Text, b.machine.Selected(), b.material.Selected())
	}
	b.machine.Select(0)
	s.Until("no machine", func() bool { return s.Stage.Checked() != nil && !setup().MachineChosen })
	if b.material.Selected() != 0 || !b.material.Disabled() {
		t.Error("a material stays without a machine")
	}
	if len(s.Notices) > 0 {
		t.Errorf("%+v", s.Notices)
	}
}

func TestMachinePicture(t *testing.T) {
	s := stagetest.Munich(t, "../../assets/sample/munich-centre-2020.osm.pbf")
	p, w := panelOf(t, s, look.Light, fyne.NewSize(272, 812))
	s.Stage.Use("xtool-p2", "birch-plywood-3mm")
	s.Until("the machine", func() bool { return s.Stage.Checked() != nil && s.Stage.Checked().Setup.MachineChosen })
	p.burner.fold.SetOpen(true)
	if p.board.fold.open {
		t.Error("the board's figures leave no room for the layers")
	}
	w.Resize(fyne.NewSize(272, 811))
	stagetest.Save(t, "machine", w.Canvas().Capture())
}
