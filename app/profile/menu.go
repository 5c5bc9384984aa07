package profile

import (
	"context"
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/internal/workshop"
)

// menuWidth is how wide the menu is, in Fyne's pixels.
const menuWidth float32 = 348

// lastCharges is how many charges the menu lists.
const lastCharges = 3

// menu is what opens below the corner. Its parts are made once; showing other
// facts changes their texts.
type menu struct {
	c      *Corner
	float  *floating
	body   *fyne.Container
	scroll *container.Scroll

	face         *avatar
	name, email  *parts.Text
	warning      *warning
	sum, unit    *parts.Text
	plan         *parts.Text
	grant, renew *parts.Text
	here, sync   *line
	waits        *fyne.Container // around sync
	month, used  *parts.Text
	days         *bars
	charges      []*chargeRow
	band         *band
	sums         []fyne.CanvasObject // sections that are there only with an account
	devices      *item
	plans        *item
	signIn       []fyne.CanvasObject
	signOut      *item
	builtIn      *item

	busy     string // what is being done: sync, renew
	syncSaid string // what came of it
	account  workshop.Account
	usage    workshop.Usage
	last     []workshop.Charge
	stop     context.CancelFunc
}

// OpenMenu opens the menu below the corner, and asks the account server.
func (c *Corner) OpenMenu() {
	if c.menu != nil {
		c.CloseMenu()
		return
	}
	m := &menu{c: c, stop: func() {}}
	c.menu = m
	m.build()
	m.float = newFloating(c.win, m.scroll)
	m.float.place = m.place
	m.float.closed = func() {
		m.stop()
		c.menu = nil
		c.Refresh()
	}
	m.show()
	m.load()
	m.float.show()
	c.Refresh()
	c.Update()
}

// CloseMenu closes the menu, where it is open.
func (c *Corner) CloseMenu() {
	if c.menu != nil {
		c.menu.float.close()
	}
}

// leave closes the menu before something else opens.
func (m *menu) leave(open func()) func() {
	return func() {
		m.float.close()
		open()
	}
}

func (m *menu) escape() { m.float.close() }

func (m *menu) build() {
	c := m.c
	m.face = newAvatar(40)
	m.name, m.email = parts.NewBold(""), parts.NewCaption("")
	m.name.Cut, m.email.Cut = true, true
	head := container.NewBorder(nil, nil, container.New(gap{0, 8}, m.face), nil, middle(stack(m.name, m.email)))

	m.warning = newWarning(func() { c.mend() }, m.escape)
	m.sum, m.unit, m.plan = parts.NewBold(""), parts.NewText("credits"), parts.NewText("")
	m.sum.SizeName, m.unit.Color, m.unit.SizeName = look.SizePrice, look.Text2, theme.SizeNameSubHeadingText
	m.grant, m.renew = parts.NewCaption(""), parts.NewCaption("")
	total := stack(
		apart(container.NewHBox(m.sum, low(m.unit)), low(m.plan)),
		apart(m.grant, m.renew))
	m.here = newLine("computer", func() { c.takeMore() }, m.escape)
	m.sync = newLine("sync", func() { c.SyncNow() }, m.escape)
	m.waits = padded(m.sync.Container, 4, 0)
	both := stack(space(12), padded(m.here.Container, 0, 0), space(10), m.waits, space(12))

	m.month, m.used, m.days = parts.NewBold(""), parts.NewText(""), newBars()
	usage := stack(apart(m.month, m.used), space(10), m.days, space(4))
	for range lastCharges {
		r := newChargeRow()
		m.charges = append(m.charges, r)
		usage.Add(r.Container)
	}
	m.band = newBand(m.leave(c.ChoosePlan), m.escape)

	m.devices = newItem("out", "Plan and devices", m.leave(func() { c.openPage("/plan") }), m.escape)
	m.plans = newItem("layers", "Plans", m.leave(c.ChoosePlan), m.escape)
	m.signOut = newItem("", "Sign out", m.leave(c.SignOut), m.escape)
	m.builtIn = newItem("", "Use the built-in account", m.leave(c.useBuiltIn), m.escape)
	past := newItem("clock", "Past exports", m.leave(c.pastExports), m.escape)
	past.aside = "the same again is free"
	m.signIn = []fyne.CanvasObject{
		newItem("", "Sign in…", m.leave(c.SignIn), m.escape),
		newItem("", "Create account…", m.leave(c.CreateAccount), m.escape),
	}
	m.sums = []fyne.CanvasObject{
		widget.NewSeparator(), padded(total, 12, 12),
		widget.NewSeparator(), both,
		widget.NewSeparator(), padded(usage, 12, 8), m.band.Container,
	}
	m.body = stack(padded(head, 16, 14), m.warning.Container)
	for _, o := range m.sums {
		m.body.Add(o)
	}
	for _, o := range []fyne.CanvasObject{
		widget.NewSeparator(), space(6), past, m.plans, m.devices,
		newItem("help", "What are credits?", m.leave(c.WhatAreCredits), m.escape),
		newItem("settings", "Settings", m.leave(c.OpenSettings), m.escape),
		space(6), widget.NewSeparator(), space(4), m.signIn[0], m.signIn[1], m.signOut, m.builtIn, space(4),
	} {
		m.body.Add(o)
	}
	m.scroll = container.NewVScroll(m.body)
}

// place puts the menu below the corner, as high as it needs or the window has.
func (m *menu) place(room, _ fyne.Size) (fyne.Position, fyne.Size) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(m.c)
	x := max(look.Grid, min(at.X+m.c.Size().Width, room.Width-look.Grid)-menuWidth)
	y := at.Y + m.c.Size().Height + look.Grid/2
	return fyne.NewPos(x, y), fyne.NewSize(menuWidth, min(m.body.MinSize().Height, room.Height-y-look.Grid))
}

// load reads what only the menu shows, beside the UI thread.
func (m *menu) load() {
	m.stop()
	c, now, builtIn := m.c, m.c.now(), m.c.facts.builtIn()
	if c.facts.session() == workshop.SessionNone {
		return
	}
	m.stop = c.loop.Start(func(ctx context.Context) {
		usage, err := c.shop.Usage(ctx, now)
		if err != nil {
			return // the corner says why the purse can't be read
		}
		last, err := c.shop.History(ctx, lastCharges)
		if err != nil {
			return
		}
		var account workshop.Account
		if builtIn { // a server's plans are on its page
			if account, err = c.shop.AccountStatus(ctx); err != nil {
				account = workshop.Account{}
			}
		}
		c.loop.UI("account menu", func() {
			m.usage, m.last, m.account = usage, last, account
			if c.menu == m {
				m.show()
			}
		})
	})
}

// openPage opens a page of the account server.
func (c *Corner) openPage(path string) {
	u, err := url.Parse(c.facts.purse.Contact.Server + path)
	if err != nil {
		return // the address was used to sign in
	}
	c.open(u)
}
