package pages

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/mapwright/mapwright/internal/accountserver"
)

// The cookies, by the names that they have on a loopback address.
const (
	// sessionCookie holds the token of a session.
	sessionCookie = "mapwright-session"
	// formCookie holds the secret that binds the forms of sign-up and sign-in
	// to a browser.
	formCookie = "mapwright-form"
)

// tokenField is the hidden field that every form carries.
const tokenField = "token"

// securePrefix makes a browser take a cookie only from https, from this very
// host and for all its paths (RFC 6265bis, section 4.1.3.2).
const securePrefix = "__Host-"

// secure tells whether cookies are for https alone: everywhere but on a
// loopback address, where people try the server without a certificate.
func (c *call) secure() bool {
	host := c.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return err != nil || !ip.IsLoopback()
}

func (c *call) cookieName(name string) string {
	if c.secure() {
		return securePrefix + name
	}
	return name
}

// cookie is the value of a cookie, or empty.
func (c *call) cookie(name string) string {
	k, err := c.Cookie(c.cookieName(name))
	if err != nil { // there is none
		return ""
	}
	return k.Value
}

// setCookie sets a cookie for so many seconds; 0 is until the browser is
// closed, below 0 ends it.
func (c *call) setCookie(name, value string, seconds int) {
	http.SetCookie(c.w, &http.Cookie{
		Name: c.cookieName(name), Value: value, Path: "/", MaxAge: seconds,
		HttpOnly: true, Secure: c.secure(), SameSite: http.SameSiteLaxMode,
	})
}

func (c *call) dropCookie(name string) { c.setCookie(name, "", -1) }

// keepSession leaves the token of a session with the browser, as long as the
// session lasts.
func (c *call) keepSession(token string, r accountserver.SessionRecord) {
	c.setCookie(sessionCookie, token, max(int(r.ExpiresAt.Sub(c.site.Clock()).Seconds()), 1))
}

// doorToken is the form token of a browser that need not be signed in; it gives
// the browser its secret where it has none.
func (c *call) doorToken() (string, error) {
	secret := c.cookie(formCookie)
	if secret == "" {
		b := make([]byte, 32)
		if _, err := c.site.Server.Read(b); err != nil {
			return "", fmt.Errorf("draw the secret of a form: %w", err)
		}
		secret = base64.RawURLEncoding.EncodeToString(b)
		c.setCookie(formCookie, secret, 0)
	}
	return formToken(secret), nil
}

// formToken is derived from a secret that another site can't know, and does
// not give it away in a saved page.
func formToken(secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("mapwright/form/v1"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func isFormToken(secret, token string) bool {
	return secret != "" && hmac.Equal([]byte(formToken(secret)), []byte(token))
}
