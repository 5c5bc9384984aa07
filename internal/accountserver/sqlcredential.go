package accountserver

import (
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

const credentialColumns = `account, email, password, confirmed_at, created_at`

func readCredential(scan func(...any) error) (Credential, error) {
	var c Credential
	err := scan(&c.Account, &c.Email, &c.passwordHash, &c.ConfirmedAt, moment{&c.CreatedAt})
	return c, err
}

func (t *sqlTx) AddCredential(c Credential) (bool, error) {
	return t.hits(`INSERT INTO credential (`+credentialColumns+`) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (email) DO NOTHING`,
		c.Account, c.Email, c.passwordHash, c.ConfirmedAt, c.CreatedAt.UnixMilli())
}

func (t *sqlTx) SetCredential(c Credential) error {
	_, err := t.exec(`UPDATE credential SET password = $1, confirmed_at = $2 WHERE account = $3`, c.passwordHash, c.ConfirmedAt, c.Account)
	return err
}

func (t *sqlTx) Credential(id account.AccountID) (Credential, bool, error) {
	return one(t, readCredential, `SELECT `+credentialColumns+` FROM credential WHERE account = $1`+t.lock, id)
}

func (t *sqlTx) CredentialOfEmail(email string) (Credential, bool, error) {
	return one(t, readCredential, `SELECT `+credentialColumns+` FROM credential WHERE email = $1`, email)
}

func (t *sqlTx) Credentials(after string, limit int) ([]Credential, error) {
	return all(t, readCredential, `SELECT `+credentialColumns+` FROM credential WHERE email > $1 ORDER BY email LIMIT $2`, after, limit)
}

const sessionColumns = `id, account, kind, created_at, used_at, expires_at`

func readSession(scan func(...any) error) (SessionRecord, error) {
	var s SessionRecord
	err := scan(fixed(s.ID[:]), &s.Account, &s.Kind, moment{&s.CreatedAt}, moment{&s.UsedAt}, moment{&s.ExpiresAt})
	return s, err
}

func (t *sqlTx) AddSession(s SessionRecord, token account.Hash) error {
	_, err := t.exec(`INSERT INTO session (`+sessionColumns+`, token) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		s.ID[:], s.Account, s.Kind, s.CreatedAt.UnixMilli(), s.UsedAt.UnixMilli(), s.ExpiresAt.UnixMilli(), token[:])
	return err
}

func (t *sqlTx) SessionOfToken(token account.Hash) (SessionRecord, bool, error) {
	return one(t, readSession, `SELECT `+sessionColumns+` FROM session WHERE token = $1`, token[:])
}

func (t *sqlTx) SessionsOf(id account.AccountID) ([]SessionRecord, error) {
	return all(t, readSession, `SELECT `+sessionColumns+` FROM session WHERE account = $1 ORDER BY created_at DESC, id`, id)
}

func (t *sqlTx) UseSession(s SessionRecord) error {
	_, err := t.exec(`UPDATE session SET used_at = $1, expires_at = $2 WHERE id = $3`, s.UsedAt.UnixMilli(), s.ExpiresAt.UnixMilli(), s.ID[:])
	return err
}

func (t *sqlTx) EndSession(id account.AccountID, session SessionID) (bool, error) {
	return t.hits(`DELETE FROM session WHERE account = $1 AND id = $2`, id, session[:])
}

func (t *sqlTx) EndSessions(id account.AccountID, before time.Time) error {
	_, err := t.hits(`DELETE FROM session WHERE account = $1 AND expires_at < $2`, id, before.UnixMilli())
	return err
}

// hits runs a statement and tells whether it changed a row.
func (t *sqlTx) hits(query string, args ...any) (bool, error) {
	result, err := t.tx.ExecContext(t.ctx, query, args...)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	t.changed = t.changed || n > 0
	return n > 0, err
}
