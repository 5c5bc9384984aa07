package accountserver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

const (
	testEmail    = "mia@example.org"
	testPassword = "correct horse"
)

func (w *world) signUp(email string) account.AccountID {
	w.Helper()
	a, err := w.server.SignUp(context.Background(), Attempt{Email: email, Password: testPassword, Address: "192.0.2.1"})
	if err != nil {
		w.Fatal(err)
	}
	return a.ID
}

func (w *world) signIn(email string, kind SessionKind) SignedIn {
	w.Helper()
	in, err := w.server.SignIn(context.Background(), Attempt{Email: email, Password: testPassword, Address: "192.0.2.1"}, kind)
	if err != nil {
		w.Fatal(err)
	}
	return in
}

func TestSignUpBringsTenCreditsOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		id := w.signUp(testEmail)
		for range 2 {
			s, err := w.server.Session(id).Status(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if s.Plan != "trial" || s.Balance() != 10 || s.Email != testEmail {
				t.Errorf("a new account is %+v", s)
			}
			w.now = w.now.AddDate(0, 2, 0)
		}
		_, err := w.server.SignUp(t.Context(), Attempt{Email: " Mia@Example.ORG ", Password: testPassword})
		wantCode(t, err, account.CodeEmailTaken)
		if list, err := w.server.Credentials(t.Context(), "lena@example.org", 10); err != nil || len(list) != 1 {
			t.Errorf("those who can sign in are %v, %v", list, err)
		}
	})
}

func TestSignInFindsTheAccountHoweverItIsTyped(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		id := w.signUp("José@Example.org")
		in := w.signIn("\tJOSE\u0301@example.org ", SessionAPI)
		if in.Account != id {
			t.Errorf("the session is of %s, not of %s", in.Account, id)
		}
		if _, err := w.server.SignUp(t.Context(), Attempt{Email: "a@example.org", Password: "passwörter"}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.server.SignIn(t.Context(), Attempt{Email: "a@example.org", Password: "passwo\u0308rter"}, SessionWeb); err != nil {
			t.Errorf("ö typed on another computer is another password: %v", err)
		}
	})
}

func TestWrongPasswordAndUnknownEmailLookAlike(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		w.signUp(testEmail)
		var answers []string
		for _, a := range []Attempt{
			{Email: testEmail, Password: "correct house"},
			{Email: testEmail, Password: "short"},
			{Email: testEmail, Password: ""},
			{Email: "nobody@example.org", Password: testPassword},
			{Email: "nobody@example.org", Password: ""},
		} {
			_, err := w.server.SignIn(t.Context(), a, SessionAPI)
			wantCode(t, err, account.CodeSignInRefused)
			answers = append(answers, err.Error())
		}
		for _, a := range answers {
			if a != answers[0] {
				t.Errorf("%q gives away what %q does not", a, answers[0])
			}
		}
	})
}

// TestUnknownEmailCostsTheSameWork has no room for a hash: who is answered all
// the same was not worth one, and the time would tell.
func TestUnknownEmailCostsTheSameWork(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		w.signUp(testEmail)
		w.server.hashers = make(hashers)
		for _, a := range []Attempt{
			{Email: testEmail, Password: testPassword},
			{Email: testEmail, Password: "short"},
			{Email: "nobody@example.org", Password: testPassword},
			{Email: "nobody@example.org"},
		} {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			_, err := w.server.SignIn(ctx, a, SessionAPI)
			cancel()
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s with %q is answered without work: %v", a.Email, a.Password, err)
			}
		}
	})
}

func TestNoMessageHasASecretByMistake(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c, ok, err := w.server.Credential(t.Context(), w.signUp(testEmail))
		if err != nil || !ok {
			t.Fatal(err)
		}
		said := fmt.Sprintf("%v %+v %s", c, &c, Attempt{Email: testEmail, Password: testPassword})
		for _, secret := range []string{testEmail, testPassword, "argon2"} {
			if strings.Contains(said, secret) {
				t.Errorf("%s is in %q", secret, said)
			}
		}
	})
}

func TestSignUpRefuses(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		for name, a := range map[string]Attempt{
			"no email":             {Email: "mia", Password: testPassword},
			"no name":              {Email: "@example.org", Password: testPassword},
			"two ats":              {Email: "mia@lena@example.org", Password: testPassword},
			"a line break":         {Email: "mia@example.org\nx", Password: testPassword},
			"a longer one than is": {Email: strings.Repeat("m", 250) + "@e.org", Password: testPassword},
			"nine characters":      {Email: testEmail, Password: "ninechars"},
			"nine umlauts":         {Email: testEmail, Password: "äöüäöüäöü"},
			"no text":              {Email: testEmail, Password: "\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8\xf7\xf6"},
			"a book":               {Email: testEmail, Password: strings.Repeat("x", 2000)},
		} {
			_, err := w.server.SignUp(t.Context(), a)
			if account.CodeOf(err) != account.CodeInvalid {
				t.Errorf("%s: the answer is %v", name, err)
			}
		}
	})
}

func TestTokenOpensUntilItIsOver(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		id := w.signUp(testEmail)
		in := w.signIn(testEmail, SessionAPI)
		open := func(token string, kind SessionKind) error {
			_, err := w.server.Authenticate(t.Context(), token, kind)
			return err
		}
		for name, err := range map[string]error{
			"no token":       open("", SessionAPI),
			"another":        open(in.Token[1:]+"A", SessionAPI),
			"as a cookie":    open(in.Token, SessionWeb),
			"its hash":       open(hashToken(in.Token).String(), SessionAPI),
			"the session id": open(in.ID.String(), SessionAPI),
		} {
			if account.CodeOf(err) != account.CodeSignInNeeded {
				t.Errorf("%s: the answer is %v", name, err)
			}
		}
		w.now = w.now.Add(179 * day)
		record, err := w.server.Authenticate(t.Context(), in.Token, SessionAPI)
		if err != nil || record.Account != id || !record.UsedAt.Equal(w.now) {
			t.Fatalf("the session is %+v, %v", record, err)
		}
		w.now = w.now.Add(179 * day) // it was used meanwhile
		if err := open(in.Token, SessionAPI); err != nil {
			t.Error(err)
		}
		w.now = w.now.Add(180 * day)
		wantCode(t, open(in.Token, SessionAPI), account.CodeSignInNeeded)
		if list, err := w.server.Sessions(t.Context(), id); err != nil || len(list) != 0 {
			t.Errorf("what is over is listed: %v, %v", list, err)
		}
	})
}

func TestSessionsAreEndedOneByOneOrAll(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		id, other := w.signUp(testEmail), w.signUp("other@example.org")
		first, second, third := w.signIn(testEmail, SessionAPI), w.signIn(testEmail, SessionWeb), w.signIn(testEmail, SessionAPI)
		stays := w.signIn("other@example.org", SessionAPI)
		wantCode(t, w.server.RevokeSession(t.Context(), other, first.ID), account.CodeUnknownSession)
		if err := w.server.RevokeSession(t.Context(), id, first.ID); err != nil {
			t.Fatal(err)
		}
		wantCode(t, w.server.RevokeSession(t.Context(), id, first.ID), account.CodeUnknownSession)
		for range 2 {
			if err := w.server.SignOut(t.Context(), second.Token); err != nil {
				t.Fatal(err)
			}
		}
		list, err := w.server.Sessions(t.Context(), id)
		if err != nil || len(list) != 1 || list[0].ID != third.ID {
			t.Errorf("the sessions are %v, %v", list, err)
		}
		if err := w.server.RevokeSessions(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		_, err = w.server.Authenticate(t.Context(), third.Token, SessionAPI)
		wantCode(t, err, account.CodeSignInNeeded)
		if _, err := w.server.Authenticate(t.Context(), stays.Token, SessionAPI); err != nil {
			t.Error(err)
		}
	})
}

func TestDatabaseHoldsNoSecret(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		id := w.signUp(testEmail)
		in := w.signIn(testEmail, SessionAPI)
		for _, query := range []string{
			`SELECT password FROM credential WHERE account = $1`,
			`SELECT token FROM session WHERE account = $1`,
			`SELECT id FROM session WHERE account = $1`,
		} {
			var stored []byte
			if err := w.store.audit.QueryRowContext(t.Context(), query, id).Scan(&stored); err != nil {
				t.Fatal(err)
			}
			for _, secret := range []string{testPassword, in.Token} {
				if bytes.Contains(stored, []byte(secret)) || strings.Contains(secret, string(stored)) {
					t.Errorf("%s gives away a secret", query)
				}
			}
		}
	})
}

func TestEmailIsConfirmedOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		id, when := w.signUp(testEmail), account.InstantOf(w.now)
		for range 2 {
			if err := w.server.ConfirmEmail(t.Context(), id); err != nil {
				t.Fatal(err)
			}
			c, ok, err := w.server.FindCredential(t.Context(), testEmail)
			if err != nil || !ok || c.ConfirmedAt != when {
				t.Errorf("the credential is %+v, %v", c, err)
			}
			w.now = w.now.Add(day)
		}
		if err := w.server.ConfirmEmail(t.Context(), "nobody"); err == nil {
			t.Error("an account without an email has it confirmed")
		}
	})
}

func TestGuessingIsSlowedDown(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		w.signUp(testEmail)
		guess := func(address, email string) account.Code {
			_, err := w.server.SignIn(t.Context(), Attempt{Email: email, Password: "a wrong password", Address: address}, SessionAPI)
			return account.CodeOf(err)
		}
		for range pairRate.burst {
			if code := guess("2001:db8::1", testEmail); code != account.CodeSignInRefused {
				t.Fatalf("the answer is %s", code)
			}
		}
		if code := guess("2001:db8::2", "MIA@example.org"); code != account.CodeTooMany {
			t.Errorf("a neighbour address may go on guessing: %s", code)
		}
		if code := guess("2001:db8:0:1::1", testEmail); code != account.CodeSignInRefused {
			t.Errorf("the owner elsewhere is locked out: %s", code)
		}
		w.now = w.now.Add(pairRate.every)
		if code := guess("2001:db8::1", testEmail); code != account.CodeSignInRefused {
			t.Errorf("a minute later the answer is %s", code)
		}
		var last account.Code
		for i := range addressRate.burst + 1 {
			last = guess("192.0.2.7", fmt.Sprintf("user%d@example.org", i))
		}
		if last != account.CodeTooMany {
			t.Errorf("one address may try every email: %s", last)
		}
	})
}

func TestAttemptsAreForgottenBeforeTheyFillTheMemory(t *testing.T) {
	t.Parallel()
	a := attempts{due: map[attempt]time.Time{}}
	now := time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)
	for i := range 3 * maxTracked {
		if err := a.admit(now, fmt.Sprint(i), "x"); err != nil {
			t.Fatal(err)
		}
		if len(a.due) > maxTracked+1 {
			t.Fatalf("%d attempts are kept", len(a.due))
		}
	}
}

func TestPasswordHash(t *testing.T) {
	t.Parallel()
	// From the reference implementation: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1
	const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	h, err := parsePasswordHash(reference)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(h.of("password"), h.sum) {
		t.Error("the hash is another than argon2's own program makes")
	}
	for _, bad := range []string{
		"", "password", strings.Replace(reference, "argon2id", "argon2i", 1), strings.Replace(reference, "p=1", "p=4", 1),
		strings.Replace(reference, "m=65536", "m=9999999999", 1), strings.Replace(reference, "t=2", "t=0", 1),
		reference[:len(reference)-4], reference + "$",
	} {
		if _, err := parsePasswordHash(bad); err == nil {
			t.Errorf("%q is taken for a hash", bad)
		}
	}
}

func TestFullServerSaysSo(t *testing.T) {
	t.Parallel()
	h := hashers(make(chan struct{}, 1))
	h <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := h.run(ctx, func() { t.Error("it was done all the same") }); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if err := h.run(t.Context(), func() { t.Error("it was done all the same") }); !errors.Is(err, ErrBusy) {
		t.Errorf("the error is %v", err)
	}
}
