package main

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/account"
)

func TestAdminWorksBesideTheServer(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	server := start(t, dir)
	if _, err := server.client().SignUp(t.Context(), mia); err != nil {
		t.Fatal(err)
	}
	in, err := server.client().SignIn(t.Context(), mia)
	if err != nil {
		t.Fatal(err)
	}
	client := server.client().As(in.Token)
	c := enrol(t, client, 1)
	reply, err := c.sync(1, 4)
	if err != nil {
		t.Fatal(err)
	}
	vouchers := c.spend(reply.Lease)
	if _, err := c.sync(0, 0, vouchers...); err != nil {
		t.Fatal(err)
	}

	if said := admin(t, dir, exitDone, "list"); !strings.Contains(said, mia.Email) || !strings.Contains(said, string(in.Account)) {
		t.Errorf("list says %s", said)
	}
	if said := admin(t, dir, exitDone, "find", " MIA@example.org"); !strings.Contains(said, "9 credits: 6 available, 3 on computers") {
		t.Errorf("find says %s", said)
	}
	for range 2 { // twice changes nothing
		if said := admin(t, dir, exitDone, "refund", mia.Email, strings.ToLower(string(vouchers[0].Charge))); !strings.Contains(said, "10 credits: 7 available") {
			t.Errorf("refund says %s", said)
		}
	}
	if said := admin(t, dir, exitDone, "confirm", mia.Email); !strings.Contains(said, "confirmed true") {
		t.Errorf("confirm says %s", said)
	}
	if said := admin(t, dir, exitDone, "plan", mia.Email, "Hobby"); !strings.Contains(said, "plan hobby, 18 credits") {
		t.Errorf("plan says %s", said)
	}
	var sessions []account.SessionInfo
	if err := json.Unmarshal([]byte(admin(t, dir, exitDone, "--json", "sessions", mia.Email)), &sessions); err != nil {
		t.Fatal(err)
	}
	if len(sessions) != 1 || sessions[0].ID != in.Session.ID {
		t.Errorf("the sessions are %+v", sessions)
	}
	admin(t, dir, exitDone, "revoke", mia.Email, in.Session.ID)
	if _, err := client.Status(t.Context()); account.CodeOf(err) != account.CodeSignInNeeded {
		t.Errorf("after its session was ended the computer hears %v", err)
	}
	admin(t, dir, exitDone, "revoke", mia.Email)
	if said := admin(t, dir, exitDone, "books"); !strings.Contains(said, "the books of 1 accounts agree") {
		t.Errorf("books says %s", said)
	}
}

func TestAdminRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := start(t, dir).client().SignUp(t.Context(), mia); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		code int
		args []string
	}{
		"nothing to do":            {exitUsage, nil},
		"an unknown thing to do":   {exitUsage, []string{"dance"}},
		"nobody":                   {exitUsage, []string{"find"}},
		"no email":                 {exitUsage, []string{"find", "mia"}},
		"somebody else":            {exitUnknown, []string{"find", "lena@example.org"}},
		"a plan that is not there": {exitUnknown, []string{"plan", mia.Email, "platinum"}},
		"no charge number":         {exitFailed, []string{"refund", mia.Email, "21"}},
		"a charge of nobody":       {exitFailed, []string{"refund", mia.Email, string(account.NumberOf(account.LeaseID{1}, 1))}},
		"no session":               {exitUsage, []string{"revoke", mia.Email, "x"}},
		"a session of nobody":      {exitUnknown, []string{"revoke", mia.Email, strings.Repeat("0", 32)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			admin(t, dir, tc.code, tc.args...)
		})
	}
}

func TestAuditFindsWhatAHandChanged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	server := start(t, dir)
	for _, email := range []string{"a@example.org", "b@example.org", "c@example.org"} {
		if _, err := server.client().SignUp(t.Context(), account.Person{Email: email, Password: mia.Password}); err != nil {
			t.Fatal(err)
		}
	}
	admin(t, dir, exitDone, "books")
	db, err := sql.Open("sqlite3", filepath.Join(dir, "accounts.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), `UPDATE balance SET credits = credits + 1 WHERE book = 'available'
		AND account = (SELECT account FROM credential WHERE email = 'b@example.org')`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	said := admin(t, dir, exitBooks, "books")
	if !strings.Contains(said, "do not agree") || strings.Contains(said, "agree\n") {
		t.Errorf("the audit says %s", said)
	}
}
