package api

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/mapwright/mapwright/internal/account"
)

const about = `What a computer with Mapwright asks its account server.

Sign up, sign in, and send the token of the session as "Authorization: Bearer
TOKEN". Enrol the computer with its Ed25519 key, then sync: vouchers go up,
receipts and a lease of credits come down. How leases, vouchers and receipts are
hashed and signed is told in internal/account of the source; their JSON here
carries every field that is signed.

Bytes are hexadecimal in small letters; moments are RFC 3339 in UTC with
milliseconds. Errors are problems of RFC 9457. One with a "code" is the server's
answer and stays the same however often it is asked; one without says that the
server could not act, and the request may be repeated.`

// describe is the configuration of the API: what the document says first, JSON
// only, and no page that loads scripts from elsewhere.
func describe(version string) huma.Config {
	registry := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	for from, to := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[account.LeaseID]():   reflect.TypeFor[hex16](),
		reflect.TypeFor[account.Nonce]():     reflect.TypeFor[hex16](),
		reflect.TypeFor[account.Hash]():      reflect.TypeFor[hex32](),
		reflect.TypeFor[account.Recipe]():    reflect.TypeFor[hex32](),
		reflect.TypeFor[account.DeviceKey](): reflect.TypeFor[hex32](),
		reflect.TypeFor[account.ServerKey](): reflect.TypeFor[hex32](),
		reflect.TypeFor[account.Signature](): reflect.TypeFor[hex64](),
		reflect.TypeFor[account.Instant]():   reflect.TypeFor[moment](),
		reflect.TypeFor[account.Kind]():      reflect.TypeFor[kind](),
	} {
		registry.RegisterTypeAlias(from, to)
	}
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info:    &huma.Info{Title: "Mapwright accounts", Version: version, Description: about},
			Components: &huma.Components{
				Schemas: registry,
				SecuritySchemes: map[string]*huma.SecurityScheme{
					bearer: {Type: "http", Scheme: "bearer", Description: "The token of a session, from POST /v1/sessions."},
				},
			},
		},
		Formats:       map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat: "application/json",
	}
}

// The forms of text that the contract's types are written in. They stand for
// those types in the document only.
type (
	hex16  string
	hex32  string
	hex64  string
	moment string
	kind   string
)

func text(pattern string) *huma.Schema { return &huma.Schema{Type: huma.TypeString, Pattern: pattern} }

// Schema describes 16 bytes.
func (hex16) Schema(huma.Registry) *huma.Schema { return text("^[0-9a-f]{32}$") }

// Schema describes 32 bytes.
func (hex32) Schema(huma.Registry) *huma.Schema { return text("^[0-9a-f]{64}$") }

// Schema describes 64 bytes.
func (hex64) Schema(huma.Registry) *huma.Schema { return text("^[0-9a-f]{128}$") }

// Schema describes a moment.
func (moment) Schema(huma.Registry) *huma.Schema {
	return text(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$`)
}

// Schema describes the kind of a voucher.
func (kind) Schema(huma.Registry) *huma.Schema { return text("^(hold|post|void)$") }
