package exporting

import "github.com/mapwright/mapwright/internal/workshop"

// quote is what the ticked cells come to.
type quote struct {
	places    []place
	files     int
	paid      int // credits that they cost
	free      int // cells that were paid for before
	priced    bool
	spendable int
	unlimited bool
	offline   bool // the account server is out of reach
	signedOut bool // nobody is signed in who could spend
	missing   int
	fits      map[place]bool // the cells that there are credits for, from the top
	affords   int            // the credits that these cost
}

// quote works out what the ticked cells come to.
func (o *order) quote() quote {
	q := quote{places: o.places(), files: o.files(), priced: o.known != nil, fits: map[place]bool{}}
	if o.known == nil {
		return q
	}
	contact := o.known.Contact
	q.offline = contact.Server != "" && contact.Asked && !contact.Reached
	q.signedOut = contact.Session == workshop.SessionNone || contact.Session == workshop.SessionOver
	q.unlimited, q.spendable = o.known.Balance.Unlimited, o.known.Balance.Spendable
	cells := o.cells()
	q.paid, q.free = o.known.Total(cells)
	if !q.unlimited {
		q.missing = max(0, q.paid-q.spendable)
	}
	fitting := o.known.Affordable(cells, q.spendable)
	q.affords, _ = o.known.Total(fitting)
	for i, c := range cells {
		if len(fitting) > 0 && fitting[0] == c { // both are in the same order
			q.fits[q.places[i]] = true
			fitting = fitting[1:]
		}
	}
	return q
}

// keepFitting unticks what there are no credits for.
func (o *order) keepFitting() {
	q := o.quote()
	for _, p := range q.places {
		if !q.fits[p] {
			o.tick(p, false)
		}
	}
}
