package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/account/httpclient"
	"github.com/mapwright/mapwright/internal/accountserver/pgtest"
)

func TestServerStopsAndGoesOn(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	first := start(t, dir)
	if _, err := first.client().SignUp(t.Context(), mia); err != nil {
		t.Fatal(err)
	}
	in, err := first.client().SignIn(t.Context(), mia)
	if err != nil {
		t.Fatal(err)
	}
	c := enrol(t, first.client().As(in.Token), 1)
	reply, err := c.sync(1, 4)
	if err != nil {
		t.Fatal(err)
	}
	vouchers := c.spend(reply.Lease)
	if code := first.stop(); code != exitDone {
		t.Errorf("told to stop, it exits with %d: %s", code, first.said())
	}
	_, err = c.sync(0, 0, vouchers...)
	if u, ok := errors.AsType[*httpclient.UnreachableError](err); !ok || u.Status != 0 {
		t.Errorf("of a server that is not there, the client says %v", err)
	}
	second := start(t, dir)
	c.service = second.client().As(in.Token)
	reply, err = c.sync(0, 0, vouchers...)
	if err != nil {
		t.Fatal(err)
	}
	if reply.Status.Balance() != 9 || reply.Epoch != c.epoch {
		t.Errorf("after a restart the status is %+v in epoch %s, not %s", reply.Status, reply.Epoch, c.epoch)
	}
	for name, secret := range map[string]string{"password": mia.Password, "email": "mia@", "token": in.Token} {
		if strings.Contains(first.said()+second.said(), secret) {
			t.Errorf("the %s is in the log", name)
		}
	}
}

func TestTwoProcessesShareOneAccount(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	servers := []*process{start(t, dir), start(t, dir)}
	if _, err := servers[0].client().SignUp(t.Context(), mia); err != nil {
		t.Fatal(err)
	}
	if _, err := servers[1].client().SignUp(t.Context(), mia); account.CodeOf(err) != account.CodeEmailTaken {
		t.Errorf("the second process answers %v", err)
	}
	in, err := servers[1].client().SignIn(t.Context(), mia)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	leased := make([]int, 8)
	for i := range leased {
		wg.Go(func() {
			c := enrol(t, servers[i%2].client().As(in.Token), byte(i+1))
			reply, err := c.sync(1, 3)
			if err != nil {
				t.Error(err)
				return
			}
			if reply.Lease != nil {
				leased[i] = reply.Lease.N
			}
		})
	}
	wg.Wait()
	sum := 0
	for _, n := range leased {
		sum += n
	}
	if sum != 10 {
		t.Errorf("%v were leased; the account has 10", leased)
	}
	if said := admin(t, dir, exitDone, "books"); !strings.Contains(said, "the books of 1 accounts agree") || !strings.Contains(said, "escrow 10") {
		t.Errorf("the audit says %s", said)
	}
}

func TestTLS(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cert, key, pool := certificate(t, dir)
	p := start(t, dir, "--tls-cert", cert, "--tls-key", key)
	c, err := httpclient.New("https://"+p.address, httpclient.Options{
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.SignUp(t.Context(), mia); err != nil {
		t.Error(err)
	}
	stranger, err := httpclient.New("https://"+p.address, httpclient.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stranger.SignIn(t.Context(), mia); err == nil || account.CodeOf(err) != "" {
		t.Errorf("a certificate that nobody vouches for brings %v", err)
	}
}

// certificate makes one for this computer.
func certificate(t *testing.T, dir string) (cert, key string, pool *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	cert, key, pool = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem"), x509.NewCertPool()
	public := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	if !pool.AppendCertsFromPEM(public) {
		t.Fatal("the certificate can't be read")
	}
	for path, text := range map[string][]byte{cert: public, key: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})} {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key, pool
}

func TestServeRefuses(t *testing.T) {
	t.Parallel()
	used := t.TempDir()
	if _, err := start(t, used).client().SignUp(t.Context(), mia); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(used, "accounts.key")); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		args []string
		code int
		says string
	}{
		"passwords in the open":  {[]string{"--data-dir", t.TempDir(), "--listen", "0.0.0.0:0"}, exitFailed, "--tls-cert"},
		"no data directory":      {nil, exitFailed, "--data-dir"},
		"half a certificate":     {[]string{"--data-dir", t.TempDir(), "--tls-cert", "x"}, exitUsage, "--tls-key"},
		"an unknown flag":        {[]string{"--fast"}, exitUsage, "--fast"},
		"an argument":            {[]string{"now"}, exitUsage, "now"},
		"another kind of store":  {[]string{"--data-dir", t.TempDir(), "--database", "mysql://root:hunter2@host/x"}, exitFailed, "postgres://"},
		"accounts without a key": {[]string{"--data-dir", used}, exitFailed, "accounts.key is missing"},
	} {
		var out, errs strings.Builder
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		code := run(ctx, append([]string{"serve"}, tc.args...), &out, &errs)
		cancel()
		if code != tc.code || !strings.Contains(errs.String(), tc.says) || strings.Contains(errs.String(), "hunter2") {
			t.Errorf("%s: exit %d: %s", name, code, errs.String())
		}
	}
}

func TestPagesAndAPIAreOneServer(t *testing.T) {
	t.Parallel()
	p := start(t, t.TempDir())
	for path, kind := range map[string]string{
		"/": "text/html", "/openapi.json": "application/openapi+json", "/v1/status": "application/problem+json",
		"/healthz": "text/plain", "/readyz": "text/plain", "/metrics": "text/plain",
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, fmt.Sprintf("http://%s%s", p.address, path), http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		reply, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := reply.Body.Close(); err != nil {
			t.Fatal(err)
		}
		if got := reply.Header.Get("Content-Type"); !strings.HasPrefix(got, kind) {
			t.Errorf("%s is %s", path, got)
		}
	}
}

func TestServersOnOnePostgres(t *testing.T) {
	t.Parallel()
	url, dir := pgtest.New(t), t.TempDir()
	first := start(t, dir, "--database", url)
	if _, err := first.client().SignUp(t.Context(), mia); err != nil {
		t.Fatal(err)
	}
	var out, errs strings.Builder
	if code := run(t.Context(), []string{"serve", "--data-dir", t.TempDir(), "--database", url}, &out, &errs); code != exitFailed ||
		!strings.Contains(errs.String(), "accounts.key is missing") {
		t.Errorf("another computer without the key exits with %d: %s", code, errs.String())
	}
	second := start(t, dir, "--database", url)
	in, err := second.client().SignIn(t.Context(), mia)
	if err != nil {
		t.Fatal(err)
	}
	c := enrol(t, first.client().As(in.Token), 1)
	c.service = second.client().As(in.Token)
	reply, err := c.sync(1, 4)
	if err != nil || reply.Lease.N != 4 || reply.Epoch != c.epoch {
		t.Errorf("the second server answers %+v, %v", reply, err)
	}
	if said := admin(t, dir, exitDone, "--database", url, "books"); !strings.Contains(said, "escrow 4") {
		t.Errorf("the audit says %s", said)
	}
}
