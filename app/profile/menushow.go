package profile

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/internal/workshop"
)

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
