// Package profile is the corner at the top right of the window: the profile
// picture with the credits that this computer can spend, and its menu, which
// leads to the plan, what was used, syncing, signing in and the settings. It
// shows what the workshop knows of the credits and decides nothing about them.
package profile

import (
	"context"
	"image"
	"net/url"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Shop is what the corner asks of the workshop; *workshop.Workshop is one.
type Shop interface {
	Wallet(ctx context.Context) (workshop.Purse, error)
	Credits(ctx context.Context) (workshop.Purse, error)
	Sync(ctx context.Context) (workshop.Purse, error)
	Reserve(ctx context.Context, n int) (workshop.Purse, error)
	Renew(ctx context.Context) (workshop.Purse, error)
	History(ctx context.Context, limit int) ([]workshop.Charge, error)
	Usage(ctx context.Context, moment time.Time) (workshop.Usage, error)
	AccountStatus(ctx context.Context) (workshop.Account, error)
	ChangePlan(ctx context.Context, plan string) (workshop.Account, error)
	SignInAt(ctx context.Context, server, email, password string) (workshop.Account, error)
	SignUpAt(ctx context.Context, server, email, password string) (workshop.Account, error)
	ForgetServer(ctx context.Context) (workshop.SignedOut, error)
	Settings(ctx context.Context) (workshop.Settings, error)
	ChangeSettings(ctx context.Context, change func(*workshop.Settings)) (workshop.Settings, error)
}

var _ Shop = (*workshop.Workshop)(nil)

// Options are what the corner needs of the window. The zero value works.
type Options struct {
	// Notify shows a notice.
	Notify func(stage.Notice)
	// Operation finds the operation of a layer, by its name and the title of
	// its map, where that map is open.
	Operation func(layer, title string) (artwork.Operation, bool)
	// OpenURL opens an address outside of the window; nil asks the system to.
	OpenURL func(*url.URL) error
	// SetTheme gives the window another look; nil does it.
	SetTheme func(look.Mode)
	// Clock is the system's by default.
	Clock func() time.Time
	// Every is how often the account server is asked, a minute by default.
	Every time.Duration
}

// Corner is the account corner. Its methods are called on the UI thread, and so
// are its listeners.
type Corner struct {
	widget.BaseWidget
	press

	win  fyne.Window
	loop *loop.Loop
	shop Shop
	o    Options

	facts    facts
	settings workshop.Settings
	picture  image.Image // of settings.Picture, nil where there is none
	turn     int         // of the last question to the shop
	applied  int         // of the last answer that is shown
	asking   bool
	again    bool
	told     map[string]bool // notes of a recovery
	menu     *menu           // nil while it is closed
}

// New gives the corner. It shows at once what this computer knows, then asks
// the account server, and goes on to ask until the loop is closed.
func New(win fyne.Window, l *loop.Loop, shop Shop, o Options) *Corner {
	c := &Corner{win: win, loop: l, shop: shop, o: o, told: map[string]bool{}}
	if c.o.Notify == nil {
		c.o.Notify = func(stage.Notice) {}
	}
	if c.o.Clock == nil {
		c.o.Clock = time.Now
	}
	if c.o.Every == 0 {
		c.o.Every = time.Minute
	}
	if c.o.OpenURL == nil {
		c.o.OpenURL = fyne.CurrentApp().OpenURL
	}
	if c.o.SetTheme == nil {
		c.o.SetTheme = func(m look.Mode) { fyne.CurrentApp().Settings().SetTheme(look.Theme{Mode: m}) }
	}
	c.tapped = c.OpenMenu
	c.ExtendBaseWidget(c)
	c.begin()
	return c
}

func (c *Corner) now() time.Time { return c.o.Clock() }

// begin shows what is known, and then what the server says.
func (c *Corner) begin() {
	turn := c.next()
	c.asking = true
	c.loop.Go(func(ctx context.Context) {
		s, err := c.shop.Settings(ctx)
		c.loop.UI("settings", func() {
			if err != nil {
				c.o.Notify(stage.Problem("The settings were not read", err))
				return
			}
			if s.Note != "" {
				c.o.Notify(stage.Notice{Kind: stage.KindWarning, Title: "The settings were not read", Text: s.Note})
			}
			c.useSettings(s)
		})
		f := c.gather(ctx, c.shop.Wallet)
		c.loop.UI("wallet", func() {
			c.asking, c.again = false, false
			c.show(turn, f)
			c.Update()
		})
	})
	c.loop.Every(c.o.Every, func(context.Context) { c.loop.UI("ask the account", c.Update) })
}

// Purse is what is known of the credits.
func (c *Corner) Purse() workshop.Purse { return c.facts.purse }

// Update asks the account server, and shows what it says: after an export, for
// instance. Asking again before the answer is there asks once more after it.
func (c *Corner) Update() {
	if c.asking {
		c.again = true
		return
	}
	c.asking = true
	turn := c.next()
	c.loop.Go(func(ctx context.Context) {
		f := c.gather(ctx, c.shop.Credits)
		c.loop.UI("credits", func() {
			c.asking = false
			c.show(turn, f)
			if c.again {
				c.again = false
				c.Update()
			}
		})
	})
}

// next numbers a question, so that a late answer to an earlier one is not shown
// over a newer.
func (c *Corner) next() int {
	c.turn++
	return c.turn
}

// gather asks beside the UI thread. Where the question fails, what this computer
// knows is told all the same, with the error.
func (c *Corner) gather(ctx context.Context, ask func(context.Context) (workshop.Purse, error)) facts {
	f := facts{known: true}
	if f.purse, f.err = ask(ctx); f.err != nil {
		var err error
		if f.purse, err = c.shop.Wallet(ctx); err != nil {
			return facts{err: f.err}
		}
	}
	if f.purse.Balance.Unsynced == 0 {
		return f
	}
	charges, err := c.shop.History(ctx, recentCharges)
	if err != nil {
		f.err = err
	}
	for _, charge := range charges {
		if charge.Waiting && charge.State == workshop.ChargePosted {
			f.waiting++
		}
	}
	return f
}

// recentCharges is how many charges are looked through: an unlimited lease has
// at most 500 vouchers.
const recentCharges = 500

// show shows what a question brought.
func (c *Corner) show(turn int, f facts) {
	if turn < c.applied {
		for _, n := range c.recovered(f.purse) { // which no other answer tells
			c.o.Notify(n)
		}
		return
	}
	c.applied = turn
	before := c.facts
	if !f.known { // the purse can't be read: what was known stays
		f = facts{known: before.known, purse: before.purse, waiting: before.waiting, err: f.err}
		f.purse.Recovery = workshop.Purse{}.Recovery
	}
	c.facts = f
	for _, n := range c.news(before, f) {
		c.o.Notify(n)
	}
	if f.err != nil && before.err == nil && f.session() != workshop.SessionOver {
		c.o.Notify(stage.Problem("The credits were not read", f.err))
	}
	c.refreshAll()
	if c.menu != nil && before.session() != f.session() {
		c.menu.load()
	}
}

// useSettings shows the person, and gives the window its look.
func (c *Corner) useSettings(s workshop.Settings) {
	if mode := look.Mode(s.Theme); mode != look.Mode(c.settings.Theme) {
		c.o.SetTheme(mode)
	}
	if s.Picture != c.settings.Picture {
		c.picture = nil
		if path := s.Picture; path != "" {
			c.loop.Go(func(context.Context) {
				img, err := loadPicture(path)
				c.loop.UI("profile picture", func() {
					if path == c.settings.Picture && err == nil { // else the initials show
						c.picture = img
						c.refreshAll()
					}
				})
			})
		}
	}
	c.settings = s
	c.refreshAll()
}

func (c *Corner) refreshAll() {
	c.Refresh()
	if c.menu != nil {
		c.menu.show()
	}
}

// person is who the credits belong to, as the corner calls them.
func (c *Corner) person() (name, email string) {
	return c.settings.Name, c.facts.purse.Contact.Email
}

// face shows the person in an avatar.
func (c *Corner) face(a *avatar) { a.set(initials(c.person()), c.picture) }

// openFolder shows a folder outside of the window.
func (c *Corner) openFolder(folder string) {
	path := filepath.ToSlash(folder)
	if len(path) > 0 && path[0] != '/' { // C:/…
		path = "/" + path
	}
	c.open(&url.URL{Scheme: "file", Path: path})
}

func (c *Corner) open(u *url.URL) {
	if err := c.o.OpenURL(u); err != nil {
		c.o.Notify(stage.Problem("It was not opened", err))
	}
}
