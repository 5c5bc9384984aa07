package accountserver

import "github.com/mapwright/mapwright/internal/account"

// postgresTx is what PostgreSQL does in its own way. The rest is sqlTx.
type postgresTx struct{ sqlTx }

// place is where this database is: its server (initdb draws a number), the
// database and a table in it (a dump that is read in makes new ones), and the
// timeline of the server (recovery from an archive and a standby that takes
// over begin new ones). A backup can't carry it along; only a copy of the
// server's own disks does.
const place = `concat_ws('/',
	(SELECT system_identifier FROM pg_control_system()),
	(SELECT oid FROM pg_database WHERE datname = current_database()),
	'mark'::regclass::oid,
	left(pg_walfile_name(pg_current_wal_lsn()), 8))`

// Mark is false too where the mark was set in another place: this database was
// put back from a backup.
func (t *postgresTx) Mark() (Mark, bool, error) { return t.mark("") }

func (t *postgresTx) LockMark() (Mark, bool, error) { return t.mark(" FOR UPDATE") }

func (t *postgresTx) mark(lock string) (m Mark, here bool, err error) {
	some, err := t.get(`SELECT epoch, changes, place = `+place+` FROM mark`+lock, nil, &m.Epoch, &m.Changes, &here)
	return m, some && here, err
}

func (t *postgresTx) SetMark(m Mark) error {
	_, err := t.exec(`UPDATE mark SET epoch = $1, changes = $2, place = `+place, m.Epoch, m.Changes)
	return err
}

// Account locks the id of an account that is not there: nobody else opens it
// meanwhile.
func (t *postgresTx) Account(id account.AccountID) (Account, bool, error) {
	a, ok, err := t.sqlTx.Account(id)
	if ok || err != nil {
		return a, ok, err
	}
	if _, err := t.tx.ExecContext(t.ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, id); err != nil {
		return a, false, err
	}
	return t.sqlTx.Account(id)
}
