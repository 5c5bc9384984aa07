package pages

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
)

// notices are what a page may say was just done, by the word in its address.
var notices = map[string]string{
	"welcome": "Your account is ready. Sign in with it in Mapwright on your computer.",
	"ended":   "That session has ended. It is signed out.",
	"over":    "That session was over already.",
}

func (c *call) notice() string { return notices[c.URL.Query().Get("done")] }

type planPage struct {
	Plans []account.Plan
	// Available is what no computer has taken.
	Available int
}

func (s *site) plan(c *call) error {
	plans, err := s.Server.Session(c.person.session.Account).Plans(c.Context())
	if err != nil {
		return err
	}
	return c.show(http.StatusOK, "plan", page{
		Title: "Plan", Notice: c.notice(), Body: planPage{Plans: plans, Available: c.person.Available},
	})
}

// chargesAPage is how many charges the list shows at once.
const chargesAPage = 25

type usagePage struct {
	Charges []charge
	// Before is where this part of the list begins, Next the following one;
	// both are empty at the ends.
	Before, Next string
}

// charge is one of the list of charges, in the words of the page.
type charge struct {
	ID, Repeats account.ChargeID
	// Format is the plugin's id, Version its version.
	Format, Version, Computer string
	State                     chargeState
	Credits                   int
	At                        time.Time
}

// chargeState is what became of a charge; Class names its colours.
type chargeState struct{ Name, Class string }

func chargeOf(e *account.UsageEntry) charge {
	c := charge{ID: e.Charge, Repeats: e.Repeats, Computer: nameOf(e.DeviceName), At: e.At.Time()}
	c.Format, c.Version, _ = strings.Cut(e.Plugin, "@")
	switch {
	case e.Refunded:
		c.State = chargeState{"refunded", "info"}
	case e.State == account.Void:
		c.State = chargeState{"not made", "quiet"}
	case e.State == account.Hold:
		c.State, c.Credits = chargeState{"waiting", "warning"}, e.Amount
	case e.Repeats != "":
		c.State = chargeState{"free again", "success"}
	default:
		c.State, c.Credits = chargeState{"done", "plain"}, e.Amount
	}
	return c
}

func (s *site) usage(c *call) error {
	before := c.URL.Query().Get("before")
	list, err := s.Server.Session(c.person.session.Account).Usage(c.Context(), before, chargesAPage)
	if account.CodeOf(err) == account.CodeInvalid {
		return errPlace
	}
	if err != nil {
		return err
	}
	body := usagePage{Before: before, Next: list.Next, Charges: make([]charge, len(list.Entries))}
	for i := range list.Entries {
		body.Charges[i] = chargeOf(&list.Entries[i])
	}
	return c.show(http.StatusOK, "usage", page{Title: "Usage", Body: body})
}

// device is a computer of the account.
type device struct {
	Name string
	// Key tells two computers of one name apart.
	Key        string
	Credits    int
	EnrolledAt time.Time
	Frozen     bool
}

func (s *site) devices(c *call) error {
	list, err := s.Server.Devices(c.Context(), c.person.session.Account)
	if err != nil {
		return err
	}
	holds := map[account.DeviceKey]int{}
	for _, e := range c.person.Escrow {
		holds[e.Device] = e.Credits
	}
	body := make([]device, len(list))
	for i, d := range list {
		body[i] = device{
			Name: nameOf(d.Name), Key: d.Key.String()[:8], Credits: holds[d.Key],
			EnrolledAt: d.EnrolledAt, Frozen: d.FrozenAt != 0,
		}
	}
	return c.show(http.StatusOK, "devices", page{Title: "Devices", Body: body})
}

// session is one that the person opened.
type session struct {
	accountserver.SessionRecord
	// Web is one of a browser, Here the one of this request.
	Web, Here bool
}

func (s *site) sessions(c *call) error {
	list, err := s.Server.Sessions(c.Context(), c.person.session.Account)
	if err != nil {
		return err
	}
	body := make([]session, len(list))
	for i, r := range list {
		body[i] = session{SessionRecord: r, Web: r.Kind == accountserver.SessionWeb, Here: r.ID == c.person.session.ID}
	}
	here := func(s session) bool { return s.Here }
	if i := slices.IndexFunc(body, here); i > 0 { // this one first
		this := body[i]
		body = slices.Insert(slices.Delete(body, i, i+1), 0, this)
	}
	return c.show(http.StatusOK, "sessions", page{Title: "Sessions", Notice: c.notice(), Body: body})
}

// revoke ends one session. Who ends the present one is signed out.
func (s *site) revoke(c *call) error {
	id, err := accountserver.ParseSessionID(c.PostForm.Get("session"))
	if err != nil {
		return errForm
	}
	err = s.Server.RevokeSession(c.Context(), c.person.session.Account, id)
	switch {
	case account.CodeOf(err) == account.CodeUnknownSession:
		return c.redirect(sessionsPath + "?done=over")
	case err != nil:
		return err
	case id == c.person.session.ID:
		c.dropCookie(sessionCookie)
		return c.redirect(signInPath)
	default:
		return c.redirect(sessionsPath + "?done=ended")
	}
}

// credits explains them, to anybody.
func (s *site) credits(c *call) error {
	return c.show(http.StatusOK, "credits", page{Title: "What are credits?"})
}
