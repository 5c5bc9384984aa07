package workshop

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
	"github.com/mapwright/mapwright/internal/credits"
	"github.com/mapwright/mapwright/internal/export"
	"github.com/mapwright/mapwright/internal/pluginhost"
)

// Balance is what the purse knows.
type Balance = credits.Balance

// purse is the open purse with its account, and the exporter that spends it.
type purse struct {
	w         *Workshop
	server    *accountserver.Embedded
	log       credits.Log
	credits   *credits.Manager
	exporter  *export.Exporter
	recovered export.Recovery
}

// openPurse opens purse and account and settles what a crash left, so that
// files and credits agree before anything else is said or done.
func (w *Workshop) openPurse(ctx context.Context) (*purse, error) {
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
	if p.server, err = accountserver.OpenEmbedded(ctx, p.w.DataDir, p.w.Clock, p.w.Rand); err != nil {
		return fmt.Errorf("the account can't be opened: %w", err)
	}
	if err := p.openCredits(ctx, p.server); err != nil {
		return fmt.Errorf("the purse can't be opened: %w", err)
	}
	p.exporter, err = export.New(export.Config{
		Purse: p.credits, Plugins: hostPlugins{p.w.plugins()}, Dir: p.w.DataDir,
		Clock: p.w.Clock, Rand: p.w.Rand, Step: faults(),
	})
	if err != nil {
		return err
	}
	if p.recovered, err = p.exporter.Recover(ctx); err != nil {
		return fmt.Errorf("an export that was cut off can't be finished: %w", err)
	}
	p.settle(ctx)
	return nil
}

func (p *purse) openCredits(ctx context.Context, service account.Service) error {
	var err error
	if p.log, err = credits.OpenSQLite(ctx, filepath.Join(p.w.DataDir, "purse.db")); err != nil {
		return err
	}
	name, err := os.Hostname()
	if err != nil {
		name = "this computer"
	}
	p.credits, err = credits.Open(ctx, credits.Config{Log: p.log, Service: service, Clock: p.w.Clock, Rand: p.w.Rand, Name: name})
	return err
}

func (p *purse) close() error {
	var err error
	if p.log != nil {
		err = p.log.Close()
	}
	if p.server != nil {
		err = errors.Join(err, p.server.Close())
	}
	return err
}

func (p *purse) balance(ctx context.Context) (Balance, error) { return p.credits.Balance(ctx) }

// settle syncs at the start and after a run. A server that is out of reach is
// no failure of either: the journal waits, and the balance says so.
func (p *purse) settle(ctx context.Context) {
	if _, err := p.credits.Sync(context.WithoutCancel(ctx)); err != nil {
		p.w.Logger.Warn("the credits will be synced later", "error", err)
	}
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
