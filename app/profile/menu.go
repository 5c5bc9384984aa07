package profile

import (
	"context"
	"fmt"
	"image/color"
	"net/url"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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

// show shows what is known.
func (m *menu) show() {
	c, f := m.c, m.c.facts
	b := f.purse.Balance
	c.face(m.face)
	m.showPerson()
	text, act := c.trouble()
	m.warning.set(text, act, m.busy == "renew")
	there := f.known && f.session() != workshop.SessionNone
	for _, o := range m.sums {
		setShown(o, there)
	}
	m.sum.SetText(strconv.Itoa(b.Balance))
	m.unit.SetText("credits")
	if b.Balance == 1 {
		m.unit.SetText("credit")
	}
	if b.Unlimited {
		m.sum.SetText("∞")
		m.unit.SetText("unlimited")
	}
	m.plan.SetText(b.PlanName)
	m.grant.SetText(plan(b))
	m.renew.SetText("")
	if !b.PeriodEnd.IsZero() {
		m.renew.SetText("renews on " + day(b.PeriodEnd, c.now()))
	}
	m.showHere()
	m.showSync()
	m.showUsage()
	setShown(m.band, there && m.band.show(m.account, f))
	setShown(m.plans, f.builtIn())
	setShown(m.devices, there && !f.builtIn())
	setShown(m.signIn[0], f.session() != workshop.SessionOpen)
	setShown(m.signIn[1], f.session() == workshop.SessionNone || f.builtIn())
	setShown(m.signOut, there && !f.builtIn())
	setShown(m.builtIn, f.known && f.session() == workshop.SessionNone)
	m.body.Refresh()
	if m.float != nil {
		m.float.Refresh()
	}
}

func setShown(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}

func (m *menu) showPerson() {
	name, email := m.c.person()
	under := email
	server := m.c.facts.purse.Contact.Server
	switch {
	case m.c.facts.builtIn():
		under = "on this computer, without signing in"
	case m.c.facts.session() == workshop.SessionNone:
		under = "signed out of " + host(server)
	case name == "":
		under = host(server)
	}
	if name == "" {
		name = email
	}
	if name == "" {
		name = "Built-in account"
	}
	m.name.SetText(name)
	m.email.SetText(under)
}

func (m *menu) showHere() {
	f := m.c.facts
	b := f.purse.Balance
	title := fmt.Sprintf("%d ready offline on this computer", b.OnDevice)
	caption, link := elsewhere(b), "Take more"
	switch {
	case f.builtIn():
		title, caption, link = "All credits are on this computer", "the built-in account needs no connection", ""
	case b.Unlimited && b.Ready:
		title, link = "Ready offline on this computer", "Extend"
		caption = "until " + day(b.SpendUntil, m.c.now()) + ", then sync once"
	case b.Unlimited:
		title, caption, link = "Not ready offline on this computer", "sync once to export without a connection", "Sync"
	case b.Balance <= b.OnDevice:
		link = "Keep fewer"
		if caption == "" {
			caption = "all that you have"
		}
		if b.OnDevice == 0 {
			link = ""
		}
	}
	if f.offline() || f.session() == workshop.SessionOver || b.Frozen != "" {
		link = "" // it needs the server
	}
	m.here.set(title, caption, link, m.busy != "")
}

func (m *menu) showSync() {
	f := m.c.facts
	b := f.purse.Balance
	setShown(m.waits, !f.builtIn() || b.Unsynced > 0)
	title, caption, link := "Everything is synced", "", "Sync now"
	tone := look.Text2
	switch {
	case f.waiting > 0:
		title, tone = fmt.Sprintf("%d waiting to sync", f.waiting), look.SyncDot
	case b.Unsynced > 0:
		title, tone = "Waiting to sync", look.SyncDot
	}
	if !b.AsOf.IsZero() {
		caption = "last synced " + moment(b.AsOf, m.c.now())
	}
	if f.offline() {
		caption = "offline; " + caption
	}
	if m.syncSaid != "" {
		caption = m.syncSaid
	}
	if m.busy == "sync" {
		link = "Syncing…"
	}
	if f.session() == workshop.SessionOver {
		link = ""
	}
	m.sync.icon.SetResource(look.Tinted("sync", tone))
	m.sync.set(title, caption, link, m.busy != "")
}

func (m *menu) showUsage() {
	u := m.usage
	now := m.c.now()
	month := u.Month
	if month.IsZero() {
		month = now
	}
	m.month.SetText(month.Format("January"))
	m.used.SetText(count(u.Credits, "credit") + " used")
	if m.c.facts.purse.Balance.Unlimited {
		m.used.SetText(count(len(u.Charges), "export"))
	}
	m.days.set(u.Days, month, now)
	for i, r := range m.charges {
		setShown(r, i < len(m.last))
		if i < len(m.last) {
			m.c.showCharge(r, m.last[i])
		}
	}
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

// gap is space left and right of one object.
type gap [2]float32

func (g gap) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], g[0], 0, size.Width-g[0]-g[1], size.Height)
}

func (g gap) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(g[0]+g[1], 0)
}

func space(height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(1, height))
	return r
}

// middle puts an object into the middle of the height, over the whole width.
func middle(o fyne.CanvasObject) *fyne.Container { return container.New(middleLayout{}, o) }

// low puts an object at the bottom of the height.
func low(o fyne.CanvasObject) *fyne.Container { return container.New(middleLayout{low: true}, o) }

type middleLayout struct{ low bool }

func (l middleLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := o[0].MinSize().Height
	y := (size.Height - h) / 2
	if l.low {
		y = size.Height - h - 3
	}
	place(o[0], 0, y, size.Width, h)
}

func (middleLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }
