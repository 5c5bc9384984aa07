package profile

import (
	"context"

	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// do asks the shop for something that changes the credits, beside the UI thread,
// and shows what came of it. done is told on the UI thread; the menu shows that
// it goes on.
func (c *Corner) do(what string, ask func(context.Context) (workshop.Purse, error), done func(before, after facts, err error)) {
	if c.menu != nil {
		c.menu.busy, c.menu.syncSaid = what, ""
		c.menu.show()
	}
	turn := c.next()
	c.loop.Go(func(ctx context.Context) {
		f := c.gather(ctx, ask)
		c.loop.UI(what, func() {
			if c.menu != nil {
				c.menu.busy = ""
			}
			before, err := c.facts, f.err
			f.err = nil // it is told by done
			c.show(turn, f)
			done(before, c.facts, err)
			if c.menu != nil {
				c.menu.show()
				c.menu.load()
			}
		})
	})
}

// SyncNow settles with the account server. What came of it stands in the menu,
// or in a notice where the menu is closed.
func (c *Corner) SyncNow() {
	if c.menu != nil && c.menu.busy != "" {
		return
	}
	c.do("sync", c.shop.Sync, func(before, after facts, err error) {
		n := synced(after.purse.Balance, max(0, before.waiting-after.waiting))
		if err != nil {
			n = stage.Problem("It was not synced", err)
		}
		switch {
		case c.menu == nil:
			c.o.Notify(n)
		case err != nil:
			c.menu.syncSaid = sentence(err)
		case before.waiting > after.waiting:
			c.menu.syncSaid = count(before.waiting-after.waiting, "export") + " settled just now"
		default:
			c.menu.syncSaid = "synced just now"
		}
	})
}

// Renew starts the credits of this computer anew after they were frozen.
func (c *Corner) Renew() {
	c.do("renew", c.shop.Renew, func(_, after facts, err error) {
		if err != nil {
			c.o.Notify(stage.Problem("The credits were not renewed", err))
			return
		}
		c.o.Notify(stage.Notice{Kind: stage.KindDone, Title: "Renewed", Text: syncedText(after.purse.Balance, 0)})
	})
}

// trouble is what keeps this computer from exporting, and the way out.
func (c *Corner) trouble() (text, act string) {
	f := c.facts
	switch {
	case f.err != nil && !f.known:
		return sentence(f.err), "Try again"
	case f.session() == workshop.SessionOver:
		return overText(f), "Sign in"
	case f.session() == workshop.SessionNone:
		return "Nobody is signed in at " + host(f.purse.Contact.Server) + ". Sign in to export.", "Sign in"
	case f.purse.Balance.Frozen != "":
		return frozenText(f), "Renew"
	case f.stale():
		return "Go online once to export. " + leaseText(f.purse.Balance, c.now()), "Try now"
	default:
		return "", ""
	}
}

// mend takes the way out of the trouble.
func (c *Corner) mend() {
	f := c.facts
	switch {
	case f.session() == workshop.SessionOver, f.session() == workshop.SessionNone:
		c.CloseMenu()
		c.SignIn()
	case f.purse.Balance.Frozen != "":
		c.Renew()
	case f.stale():
		c.SyncNow()
	default:
		c.Update()
	}
}
