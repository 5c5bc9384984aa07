package workshop

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/account/httpclient"
	"github.com/mapwright/mapwright/internal/accountserver"
	"github.com/mapwright/mapwright/internal/credits"
	"github.com/mapwright/mapwright/internal/export"
	"github.com/mapwright/mapwright/internal/pluginhost"
)

// Balance is what the purse knows.
type Balance = credits.Balance

// books is an open account, and where the purse is that spends from it. Each
// account has a purse of its own, and runs of its own, for a run is finished
// with the purse that paid for it.
type books struct {
	account.Service
	dir string
	// remote and session are nil for the embedded account.
	remote  *remote
	session *session
	close   func() error
}

// openBooks opens the account that the config names.
func (w *Workshop) openBooks(ctx context.Context) (*books, error) {
	r, err := w.remote()
	if err != nil {
		return nil, err
	}
	if r == nil {
		server, err := accountserver.OpenEmbedded(ctx, w.DataDir, w.Clock, w.Rand)
		if err != nil {
			return nil, fmt.Errorf("the account can't be opened: %w", err)
		}
		return &books{Service: server, dir: w.DataDir, close: server.Close}, nil
	}
	s, err := r.signedIn()
	if err != nil {
		return nil, err
	}
	dir := r.purseDir(s.Account)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the folder of the purse can't be made: %w", err)
	}
	return &books{
		Service: r.client.As(s.Token), dir: dir, remote: r, session: s,
		close: func() error { return nil },
	}, nil
}

// over tells that the server ended the session.
func (b *books) over() bool { return b.session != nil && b.session.Over }

// purse is the open purse with its account, and the exporter that spends it.
type purse struct {
	w         *Workshop
	books     *books
	log       credits.Log
	credits   *credits.Manager
	exporter  *export.Exporter
	recovered export.Recovery
	unsettled error // of the last sync
}

// openPurse opens purse and account, finishes what a crash left, so that files
// and credits agree before anything else is said or done, and settles.
func (w *Workshop) openPurse(ctx context.Context) (*purse, error) {
	p, err := w.openWallet(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.greet(ctx); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

// openWallet is openPurse that asks no server.
func (w *Workshop) openWallet(ctx context.Context) (*purse, error) {
	if err := os.MkdirAll(w.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("the data directory can't be made: %w", err)
	}
	p := &purse{w: w}
	if err := p.open(ctx); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

func (p *purse) open(ctx context.Context) error {
	var err error
	if p.books, err = p.w.openBooks(ctx); err != nil {
		return err
	}
	if err := p.openCredits(ctx); err != nil {
		return fmt.Errorf("the purse can't be opened: %w", err)
	}
	p.exporter, err = export.New(export.Config{
		Purse: p.credits, Plugins: hostPlugins{p.w.plugins()}, Dir: p.books.dir,
		Clock: p.w.Clock, Rand: p.w.Rand, Step: faults(),
	})
	if err != nil {
		return err
	}
	if p.recovered, err = p.exporter.Recover(ctx); err != nil {
		return fmt.Errorf("an export that was cut off can't be finished: %w", err)
	}
	return nil
}

// greet settles. A session that was ended from elsewhere, perhaps because this
// computer was lost, spends no more here once the server has said so.
func (p *purse) greet(ctx context.Context) error {
	p.settle(ctx)
	switch {
	case account.CodeOf(p.unsettled) == account.CodeSignInNeeded:
		return p.explain(p.unsettled)
	case p.unsettled != nil && p.books.over():
		return p.books.remote.over(p.books.session)
	default:
		return nil
	}
}

func (p *purse) openCredits(ctx context.Context) error {
	var err error
	if p.log, err = credits.OpenSQLite(ctx, filepath.Join(p.books.dir, "purse.db")); err != nil {
		return err
	}
	name, err := os.Hostname()
	if err != nil {
		name = "this computer"
	}
	p.credits, err = credits.Open(ctx, credits.Config{
		Log: p.log, Service: p.books.Service, Clock: p.w.Clock, Rand: p.w.Rand, Name: name,
		Online: p.w.contacts.of(p.books.dir).reached,
	})
	return err
}

func (p *purse) close() error {
	var err error
	if p.log != nil {
		err = p.log.Close()
	}
	if p.books != nil {
		err = errors.Join(err, p.books.close())
	}
	return err
}

func (p *purse) balance(ctx context.Context) (Balance, error) { return p.credits.Balance(ctx) }

// patience is how long an export waits for a server elsewhere, which it can do
// without. What did not arrive is sent the next time.
const patience = 10 * time.Second

// settle syncs at the start and after a run. A server that is out of reach is
// no failure of either: the journal waits, and the balance says so.
func (p *purse) settle(ctx context.Context) {
	ctx = context.WithoutCancel(ctx)
	if p.books.remote != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, patience)
		defer cancel()
	}
	if err := p.sync(ctx); err != nil {
		p.w.Logger.Warn("the credits will be synced later", "error", err)
	}
}

// sync syncs, and notes whether that worked.
func (p *purse) sync(ctx context.Context) error {
	_, err := p.credits.Sync(ctx)
	p.heard(ctx, err)
	return err
}

// heard notes what a sync came to, for this purse and for those after it.
func (p *purse) heard(ctx context.Context, err error) {
	p.unsettled = err
	p.w.contacts.note(p.books.dir, !errors.Is(err, credits.ErrUnreachable))
	if p.books.remote == nil {
		return
	}
	ended := account.CodeOf(err) == account.CodeSignInNeeded
	if ended == p.books.session.Over || !ended && err != nil {
		return
	}
	if err := p.books.remote.mark(ctx, p.books.session, ended); err != nil {
		p.w.Logger.Warn("whether the session is over can't be noted", "error", err)
	}
}

// explain gives the errors of a session that is over the words that help.
func (p *purse) explain(err error) error {
	if p.books.remote != nil && account.CodeOf(err) == account.CodeSignInNeeded {
		return p.books.remote.over(p.books.session)
	}
	return err
}

// asked is explain for what can't be done without the server.
func (p *purse) asked(err error) error {
	if u, ok := errors.AsType[*httpclient.UnreachableError](err); ok {
		return &Error{Code: CodeSignIn, Err: u}
	}
	return p.explain(err)
}

// hostPlugins gives the exporter the plugin host's plugins.
type hostPlugins struct{ *pluginhost.Host }

// Start starts a plugin.
func (h hostPlugins) Start(ctx context.Context, p pluginhost.Installed) (export.Session, error) {
	s, err := h.Host.Start(ctx, p)
	if err != nil {
		return nil, err // a nil *Session in the interface would not be nil
	}
	return s, nil
}
