package accountserver

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// sqlTx is a Tx in SQL that SQLite and PostgreSQL both read: parameters are
// $1, $2 … in the order of their first use.
type sqlTx struct {
	ctx     context.Context
	tx      *sql.Tx
	changed bool
	// lock ends a query whose row nobody else may lock or change until the
	// transaction ends: empty where a transaction has the database to itself.
	lock string
}

func (t *sqlTx) Changed() bool { return t.changed }

func (t *sqlTx) exec(query string, args ...any) (sql.Result, error) {
	t.changed = true
	return t.tx.ExecContext(t.ctx, query, args...)
}

// get reads one row into dest; false where there is none.
func (t *sqlTx) get(query string, args []any, dest ...any) (bool, error) {
	err := t.tx.QueryRowContext(t.ctx, query, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// all reads every row of a query by read.
func all[T any](t *sqlTx, read func(scan func(...any) error) (T, error), query string, args ...any) (list []T, err error) {
	rows, err := t.tx.QueryContext(t.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		v, err := read(rows.Scan)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// one reads at most one row of a query by read.
func one[T any](t *sqlTx, read func(scan func(...any) error) (T, error), query string, args ...any) (T, bool, error) {
	v, err := read(t.tx.QueryRowContext(t.ctx, query, args...).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return v, false, nil
	}
	return v, err == nil, err
}

// fixed scans a column of raw bytes into an array and refuses another length.
type fixed []byte

// Scan takes a column.
func (f fixed) Scan(column any) error {
	b, ok := column.([]byte)
	if !ok || len(b) != len(f) {
		return &DamagedError{Err: fmt.Errorf("a key, an id or a hash of %d bytes is %v", len(f), column)}
	}
	copy(f, b)
	return nil
}

// moment scans a column of milliseconds.
type moment struct{ to *time.Time }

// Scan takes a column.
func (m moment) Scan(column any) error {
	ms, ok := column.(int64)
	if !ok {
		return &DamagedError{Err: fmt.Errorf("a moment is %v", column)}
	}
	*m.to = time.UnixMilli(ms).UTC()
	return nil
}

func (t *sqlTx) Mark() (Mark, bool, error) {
	var m Mark
	ok, err := t.get(`SELECT epoch, changes FROM mark`, nil, &m.Epoch, &m.Changes)
	return m, ok, err
}

// LockMark is Mark where a transaction has the database to itself.
func (t *sqlTx) LockMark() (Mark, bool, error) { return t.Mark() }

func (t *sqlTx) SetMark(m Mark) error {
	_, err := t.exec(`INSERT INTO mark (only, epoch, changes) VALUES (1, $1, $2)
		ON CONFLICT (only) DO UPDATE SET epoch = excluded.epoch, changes = excluded.changes`, m.Epoch, m.Changes)
	return err
}

func (t *sqlTx) Account(id account.AccountID) (Account, bool, error) {
	a := Account{ID: id}
	ok, err := t.get(`SELECT plan, plan_revision, opened_at, forgiven_at, forgiven_device FROM account WHERE id = $1`+t.lock, []any{id},
		&a.Plan, &a.PlanRevision, moment{&a.OpenedAt}, &a.ForgivenAt, fixed(a.ForgivenDevice[:]))
	return a, ok, err
}

func (t *sqlTx) PutAccount(a Account) error {
	_, err := t.exec(`INSERT INTO account (id, plan, plan_revision, opened_at, forgiven_at, forgiven_device)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET plan = excluded.plan, plan_revision = excluded.plan_revision,
			forgiven_at = excluded.forgiven_at, forgiven_device = excluded.forgiven_device`,
		a.ID, a.Plan, a.PlanRevision, a.OpenedAt.UnixMilli(), a.ForgivenAt, a.ForgivenDevice[:])
	return err
}

const deviceColumns = `key, account, name, enrolled_at, frozen_at`

func readDevice(scan func(...any) error) (Device, error) {
	var d Device
	err := scan(fixed(d.Key[:]), &d.Account, &d.Name, moment{&d.EnrolledAt}, &d.FrozenAt)
	return d, err
}

func (t *sqlTx) Device(key account.DeviceKey) (Device, bool, error) {
	return one(t, readDevice, `SELECT `+deviceColumns+` FROM device WHERE key = $1`, key[:])
}

func (t *sqlTx) Devices(id account.AccountID) ([]Device, error) {
	return all(t, readDevice, `SELECT `+deviceColumns+` FROM device WHERE account = $1 ORDER BY enrolled_at, key`, id)
}

func (t *sqlTx) PutDevice(d Device) error {
	put, err := t.hits(`INSERT INTO device (`+deviceColumns+`) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (key) DO UPDATE SET name = excluded.name, frozen_at = excluded.frozen_at WHERE device.account = excluded.account`,
		d.Key[:], d.Account, d.Name, d.EnrolledAt.UnixMilli(), d.FrozenAt)
	if err == nil && !put {
		return fmt.Errorf("another account has the computer %s", d.Key)
	}
	return err
}
