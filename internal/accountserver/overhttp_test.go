package accountserver_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/account/httpclient"
	"github.com/mapwright/mapwright/internal/accountserver"
	"github.com/mapwright/mapwright/internal/accountserver/api"
)

func init() { accountserver.OverHTTP = overHTTP }

// overHTTP puts the whole way of a request between a test and its server: the
// client, a connection, the API.
func overHTTP(t testing.TB, server *accountserver.Server, token string) account.Service {
	t.Helper()
	handler, err := api.New(api.Config{Server: server, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(handler)
	t.Cleanup(web.Close)
	client, err := httpclient.New(web.URL, httpclient.Options{
		Transport: web.Client().Transport,
		Pause:     func(context.Context, time.Duration) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return client.As(token)
}
