// Package accountserver keeps accounts: the people who sign in to them, plans,
// devices, leases of credits, the charges that devices settle against them, and
// the books of it all. It implements the contract of internal/account. How it
// is asked over HTTP is the package api below it, in a browser pages.
//
// The way of a request: a [Session] opens a visit, which is one account in one
// transaction of a [Store]. The visit first brings the account up to now
// (leases that ended, the allowance of a new period), then does what is asked,
// and is refused as a whole when the books do not agree at its end.
//
// It never trusts a device about what it owns, only about what it spent; it
// never changes or removes an entry of the ledger; it stores no password and no
// token, only what they are checked with; and no title of a map, no place and
// no name of a layer.
package accountserver
