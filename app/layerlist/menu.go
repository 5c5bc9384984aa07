package layerlist

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// layerMenu is what can be done with a layer, which is the selected one.
func (p *Panel) layerMenu(l carto.Layer) *fyne.Menu {
	at, last := p.list.index(l.ID), len(p.list.rows)-1
	up := fyne.NewMenuItem("Move up", p.MoveUp)
	down := fyne.NewMenuItem("Move down", p.MoveDown)
	up.Disabled, down.Disabled = at <= 0, at >= last
	show := "Show"
	if l.Visible {
		show = "Hide"
	}
	lock := "Lock"
	if l.Locked {
		lock = "Open the lock"
	}
	remove := fyne.NewMenuItem("Delete", p.Delete)
	remove.Disabled = l.Locked
	items := []*fyne.MenuItem{fyne.NewMenuItem("Rename", p.Rename)}
	if _, can := p.stage.Open().(duplicator); can {
		items = append(items, fyne.NewMenuItem("Duplicate", p.Duplicate))
	}
	items = append(items, p.operationMenu(l))
	if n := p.stage.Map().Boards.Count; n > 1 {
		items = append(items, p.boardMenu(l, n))
	}
	items = append(items,
		fyne.NewMenuItemSeparator(),
		up, down,
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(show, func() { p.setVisible(l, !l.Visible) }),
		fyne.NewMenuItem("Show only this", func() { p.onlyShow(l.ID) }),
		fyne.NewMenuItem(lock, func() { p.setLocked(l, !l.Locked) }),
		fyne.NewMenuItemSeparator(),
		remove,
	)
	return fyne.NewMenu("", items...)
}

func (p *Panel) operationMenu(l carto.Layer) *fyne.MenuItem {
	menu := fyne.NewMenuItem("Operation", nil)
	menu.ChildMenu = fyne.NewMenu("")
	for _, o := range words.Operations() {
		item := fyne.NewMenuItem(words.Operation(o), func() {
			p.stage.SetLayer(l.ID, map[string]string{"operation": string(o)})
		})
		item.Checked = o == l.Operation
		menu.ChildMenu.Items = append(menu.ChildMenu.Items, item)
	}
	return menu
}

func (p *Panel) boardMenu(l carto.Layer, boards int) *fyne.MenuItem {
	menu := fyne.NewMenuItem("Board", nil)
	menu.ChildMenu = fyne.NewMenu("")
	for n := range boards {
		number := strconv.Itoa(n + 1)
		item := fyne.NewMenuItem("Board "+number, func() {
			p.stage.SetLayer(l.ID, map[string]string{"board": number})
		})
		item.Checked = n+1 == l.Board
		menu.ChildMenu.Items = append(menu.ChildMenu.Items, item)
	}
	return menu
}

// addMenu is what can be added.
func (p *Panel) addMenu() *fyne.Menu {
	items := []*fyne.MenuItem{
		fyne.NewMenuItem("Empty layer", p.Add),
		fyne.NewMenuItem(workshop.FurnitureName, p.AddFurniture),
	}
	if p.options.AddData != nil {
		items = append(items, fyne.NewMenuItem("Map data…", p.options.AddData))
	}
	return fyne.NewMenu("", items...)
}

// mapMenu is what can be done with all layers.
func (p *Panel) mapMenu() *fyne.Menu {
	var hidden, locked, open int
	for _, l := range p.stage.Map().Layers {
		if !l.Visible {
			hidden++
		}
		if l.Locked {
			locked++
		} else {
			open++
		}
	}
	show := fyne.NewMenuItem("Show all", func() { p.onlyShow("") })
	show.Disabled = hidden == 0
	lock := fyne.NewMenuItem("Lock all", func() { p.lockAll(true) })
	lock.Disabled = open == 0
	unlock := fyne.NewMenuItem("Open all locks", func() { p.lockAll(false) })
	unlock.Disabled = locked == 0
	return fyne.NewMenu("", show, lock, unlock)
}
