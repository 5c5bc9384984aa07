package accountserver

import (
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// OverHTTP is a client of a server over HTTP. It is set by a test of another
// package: the API imports this one.
var OverHTTP func(t testing.TB, server *Server, token string) account.Service

// init lets every test of the server run once more, over HTTP.
func init() {
	kind := *sqliteKind
	kind.name = "sqlite over HTTP"
	kind.reach = func(w *world) account.Service { return OverHTTP(w, w.server, w.token()) }
	stores = append(stores, &kind)
}

// token is that of a session of the test account that outlasts every test.
func (w *world) token() string {
	w.Helper()
	const token = "lena's token"
	ever := time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
	err := w.server.update(w.Context(), func(tx Tx, _ account.Epoch) error {
		_, has, err := tx.SessionOfToken(hashToken(token))
		if has || err != nil {
			return err
		}
		person := Credential{Account: testAccount, Email: "lena@example.org", CreatedAt: w.now}
		if _, err := tx.AddCredential(person); err != nil {
			return err
		}
		return tx.AddSession(SessionRecord{Account: testAccount, Kind: SessionAPI, CreatedAt: w.now, UsedAt: ever, ExpiresAt: ever}, hashToken(token))
	})
	if err != nil {
		w.Fatal(err)
	}
	return token
}
