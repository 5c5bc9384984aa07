package workshop

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/mapwright/mapwright/internal/credits"
	"github.com/mapwright/mapwright/internal/export"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Cell is one layer in one format: what a credit pays for.
type Cell struct {
	Layer  string // its name
	Format string
}

// Price is what a cell costs now.
type Price struct {
	Cell
	Credits int // 1, or 0 where it is free again
	// Charge is the paid charge that makes it free, and PaidAt its time.
	Charge string
	PaidAt time.Time
}

// Prices tells what each layer costs in each format, and what there is to
// spend. On an unlimited plan, which the balance tells, nothing is counted
// down.
type Prices struct {
	Purse
	// Cells are those of the top layer in all formats, then those of the next.
	Cells []Price
}

// Prices works out what the layers of a map that burn cost in formats, with
// options by format and key. It traces nothing and asks no server. Where
// nobody is signed in nothing is known to be paid for, and there is nothing to
// spend.
func (w *Workshop) Prices(ctx context.Context, path string, formats []string, set map[string]map[string]string) (out Prices, err error) {
	m, store, err := w.read(ctx, path)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	setup, err := w.Setup(ctx)
	if err != nil {
		return out, err
	}
	request := export.PriceRequest{Map: setup.burned(m), Features: store}
	for _, id := range formats {
		id = formatID(id)
		request.Formats = append(request.Formats, export.Format{ID: id, Options: set[id]})
	}
	var names []string
	for _, l := range slices.Backward(m.Layers) {
		if l.Operation != artwork.Guide {
			request.Layers, names = append(request.Layers, l.ID), append(names, l.Name)
		}
	}
	quote, err := w.quote(ctx, request, &out.Purse)
	for i, q := range quote.Items {
		out.Cells = append(out.Cells, Price{
			Cell:    Cell{names[i/len(formats)], q.Format},
			Credits: q.Price, Charge: string(q.Repeats), PaidAt: q.PaidAt,
		})
	}
	return out, err
}

// quote asks the purse of this computer for prices and what is in it.
func (w *Workshop) quote(ctx context.Context, r export.PriceRequest, known *Purse) (quote credits.Quote, err error) {
	plugins := hostPlugins{w.plugins()}
	err = w.withWallet(ctx, func(p *purse) error {
		if p.books.remote == nil { // it is here, so it is no wait
			p.settle(ctx)
		}
		if err := p.tell(ctx, known); err != nil {
			return err
		}
		quote, err = export.Prices(ctx, p.credits, plugins, r)
		return err
	})
	if err == nil || Explain(err).Code != CodeSignIn {
		return quote, err
	}
	out, unknown := w.Wallet(ctx)
	if unknown != nil || out.Contact.Session != SessionNone {
		return quote, err
	}
	*known = out
	return export.Prices(ctx, noPurse{}, plugins, r)
}

// noPurse prices for nobody: it knows nothing that was paid for.
type noPurse struct{}

// Quote prices every item at one credit.
func (noPurse) Quote(_ context.Context, items []credits.Item) (credits.Quote, error) {
	var q credits.Quote
	for _, item := range items {
		q.Items = append(q.Items, credits.QuotedItem{Item: item, Price: 1})
	}
	q.Total, q.Missing = len(items), len(items)
	return q, nil
}

// Of is the price of a cell; false where it has none, as a helper line.
func (p Prices) Of(c Cell) (Price, bool) {
	i := slices.IndexFunc(p.Cells, func(q Price) bool {
		return q.Format == c.Format && strings.EqualFold(q.Layer, c.Layer)
	})
	if i < 0 {
		return Price{}, false
	}
	return p.Cells[i], true
}

// Total is what cells cost together, and how many of them are free again.
func (p Prices) Total(ticked []Cell) (credits, free int) {
	for _, c := range ticked {
		switch price, ok := p.Of(c); {
		case !ok:
		case price.Credits == 0:
			free++
		default:
			credits += price.Credits
		}
	}
	return credits, free
}

// Affordable picks from ticked cells those that spendable credits pay for, in
// their order: all that are free, and the first of the others until the
// credits are used up. On an unlimited plan that is all of them.
func (p Prices) Affordable(ticked []Cell, spendable int) []Cell {
	var fit []Cell
	for _, c := range ticked {
		price, ok := p.Of(c)
		if !ok || slices.Contains(fit, c) {
			continue
		}
		if !p.Balance.Unlimited {
			if price.Credits > spendable {
				continue
			}
			spendable -= price.Credits
		}
		fit = append(fit, c)
	}
	return fit
}

// JobsOf gives cells as the jobs of an export: one a format, in the order in
// which formats and layers first come.
func JobsOf(cells []Cell) []ExportJob {
	var jobs []ExportJob
	for _, c := range cells {
		i := slices.IndexFunc(jobs, func(j ExportJob) bool { return j.Format == c.Format })
		if i < 0 {
			i = len(jobs)
			jobs = append(jobs, ExportJob{Format: c.Format})
		}
		if !slices.Contains(jobs[i].Layers, c.Layer) {
			jobs[i].Layers = append(jobs[i].Layers, c.Layer)
		}
	}
	return jobs
}
