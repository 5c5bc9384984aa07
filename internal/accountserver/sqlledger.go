package accountserver

import (
	"errors"

	"github.com/mapwright/mapwright/internal/account"
)

func (t *sqlTx) AddAllowance(a Allowance) (bool, error) {
	had := 0
	ok, err := t.get(`SELECT 1 FROM allowance WHERE account = $1 AND plan = $2 AND period = $3`,
		[]any{a.Account, a.Plan.ID, a.Period}, &had)
	if ok || err != nil {
		return false, err
	}
	_, err = t.exec(`INSERT INTO allowance (account, plan, period, credits, file_revision, granted_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		a.Account, a.Plan.ID, a.Period, a.Plan.Credits, a.Plan.Revision, a.GrantedAt.UnixMilli())
	return err == nil, err
}

func (t *sqlTx) Append(x Transaction) error {
	if err := x.check(); err != nil {
		return err
	}
	var id int64
	t.changed = true
	err := t.tx.QueryRowContext(t.ctx, `INSERT INTO ledger_transaction (account, kind, at, charge, unlimited)
		VALUES ($1, $2, $3, $4, $5) RETURNING id`, x.Account, x.Kind, x.At.UnixMilli(), x.Charge, x.Unlimited).Scan(&id)
	if err != nil {
		return err
	}
	for line, e := range x.Entries {
		if _, err := t.exec(`INSERT INTO ledger_entry (entry_of, line, account, book, lease, credits) VALUES ($1, $2, $3, $4, $5, $6)`,
			id, line, x.Account, e.Book, escrowOf(e), e.Credits); err != nil {
			return err
		}
	}
	return nil
}

// escrowOf is the lease column of an entry: empty, never NULL, where the book
// is not escrow.
func escrowOf(e Entry) []byte {
	if e.Book == Escrow {
		return e.Lease[:]
	}
	return []byte{}
}

func (t *sqlTx) Books(id account.AccountID) (b Books, err error) {
	rows, err := t.tx.QueryContext(t.ctx, `SELECT book, CAST(SUM(credits) AS BIGINT) FROM balance WHERE account = $1 GROUP BY book`, id)
	if err != nil {
		return b, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var book string
		var credits int64
		if err := rows.Scan(&book, &credits); err != nil {
			return b, err
		}
		if err := b.set(book, credits); err != nil {
			return b, err
		}
	}
	return b, rows.Err()
}

func (t *sqlTx) Escrow(id account.AccountID, lease account.LeaseID) (int64, error) {
	var credits int64
	_, err := t.get(`SELECT credits FROM balance WHERE account = $1 AND book = 'escrow' AND lease = $2`, []any{id, lease[:]}, &credits)
	return credits, err
}

const chargeColumns = `c.lease, c.hold, c.account, c.id, c.recipe, c.repeats, c.plugin, c.credits, c.state, c.turn, c.at, l.device`

const chargeTables = ` FROM charge c JOIN lease l ON l.id = c.lease `

func readCharge(scan func(...any) error) (Charge, error) {
	var c Charge
	err := scan(fixed(c.Lease[:]), fixed(c.Hold[:]), &c.Account, &c.ID, fixed(c.Recipe[:]), &c.Repeats,
		&c.Plugin, &c.Credits, &c.State, &c.Turn, moment{&c.At}, fixed(c.Device[:]))
	return c, err
}

func (t *sqlTx) Charge(lease account.LeaseID, hold account.Hash) (Charge, bool, error) {
	return one(t, readCharge, `SELECT `+chargeColumns+chargeTables+`WHERE c.lease = $1 AND c.hold = $2`, lease[:], hold[:])
}

func (t *sqlTx) ChargesOfID(id account.AccountID, charge account.ChargeID) ([]Charge, error) {
	return all(t, readCharge, `SELECT `+chargeColumns+chargeTables+`WHERE c.account = $1 AND c.id = $2 ORDER BY c.turn`, id, charge)
}

func (t *sqlTx) PutCharge(c Charge) error {
	_, err := t.exec(`INSERT INTO charge (lease, hold, account, id, recipe, repeats, plugin, credits, state, at, turn)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (SELECT COALESCE(MAX(turn), 0) + 1 FROM charge WHERE account = $3))
		ON CONFLICT (lease, hold) DO UPDATE SET repeats = excluded.repeats, plugin = excluded.plugin, credits = excluded.credits,
			state = excluded.state, at = excluded.at, turn = excluded.turn`,
		c.Lease[:], c.Hold[:], c.Account, c.ID, c.Recipe[:], c.Repeats, c.Plugin, c.Credits, c.State, c.At.UnixMilli())
	return err
}

func (t *sqlTx) Held(lease account.LeaseID) (credits, charges int64, err error) {
	_, err = t.get(`SELECT CAST(COALESCE(SUM(credits), 0) AS BIGINT), COUNT(*) FROM charge WHERE lease = $1 AND state = 'held'`, []any{lease[:]}, &credits, &charges)
	return credits, charges, err
}

func (t *sqlTx) Charges(id account.AccountID, before int64, limit int) ([]Charge, error) {
	return all(t, readCharge, `SELECT `+chargeColumns+chargeTables+`WHERE c.account = $1 AND (CAST($2 AS BIGINT) = 0 OR c.turn < $2) ORDER BY c.turn DESC LIMIT $3`,
		id, before, limit)
}
