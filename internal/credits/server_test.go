package credits_test

import (
	"context"
	"errors"
	"testing"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/account/accounttest"
	"github.com/mapwright/mapwright/internal/credits"
)

func TestServerRestoredFromABackupGetsEverythingAgain(t *testing.T) {
	t.Parallel()
	for _, when := range []string{"before the device was enrolled", "before the lease", "before the spending"} {
		t.Run(when, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "hobby")
			c := w.computer()
			backup := w.server.Backup()
			if when != "before the device was enrolled" {
				c.sync()
				if when == "before the spending" {
					c.pay("a")
					c.sync()
					backup = w.server.Backup()
				} else {
					if err := c.SetReserve(t.Context(), 0); err != nil {
						t.Fatal(err)
					}
					backup = w.server.Backup()
				}
			}
			c.post(c.hold("b", layers(4)...)...)
			c.sync()
			want := c.balance()
			w.server.Restore(backup)
			c.sync()
			if b := c.balance(); b.Balance != want.Balance || b.Unsynced != 0 {
				t.Fatalf("before the restore %+v, after it %+v", want, b)
			}
			for _, id := range c.history() {
				if v, ok := w.server.Charges()[id]; !ok || v.Kind != account.Post {
					t.Fatalf("the server lost charge %s", id)
				}
			}
		})
	}
}

func TestSessionThatIsOverAsksToSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	c.wire.Service = signedOut{w.server}
	_, err := c.Hold(t.Context(), "run", layers(1))
	wantReason(t, err, credits.SignIn)
	_, err = c.Sync(t.Context())
	wantReason(t, err, credits.SignIn)
}

type signedOut struct{ account.Service }

func (signedOut) Enrol(context.Context, account.EnrolRequest) (account.EnrolReply, error) {
	return account.EnrolReply{}, &account.Error{Code: account.CodeSignInNeeded, Message: "sign in again"}
}

func TestForgedLeaseIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	other := accounttest.NewServer(w.now, "hobby", 2)
	c := w.computer()
	c.wire.Service = forger{w.server, other}
	if _, err := c.Sync(t.Context()); !errors.Is(err, account.ErrSignature) {
		t.Fatalf("a lease of another server: %v", err)
	}
	c.wantSpendable(18) // what the account says, nothing on the device
	if b := c.balance(); b.OnDevice != 0 {
		t.Fatalf("%+v", b)
	}
}

// forger enrols at one server and syncs at another, whose key is not known.
type forger struct {
	account.Service
	other account.Service
}

func (f forger) Sync(ctx context.Context, r account.SyncRequest) (account.SyncReply, error) {
	return f.other.Sync(ctx, r)
}

func (f forger) Enrol(ctx context.Context, r account.EnrolRequest) (account.EnrolReply, error) {
	if _, err := f.other.Enrol(ctx, r); err != nil {
		return account.EnrolReply{}, err
	}
	return f.Service.Enrol(ctx, r)
}
