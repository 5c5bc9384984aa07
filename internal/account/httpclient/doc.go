// Package httpclient is account.Service over HTTP: how a computer asks an
// account server elsewhere.
//
// It keeps no state, and no token but the one it was given. It tells an answer
// of the server, an *account.Error, from one that did not arrive, an
// *UnreachableError, and repeats on its own only what can be repeated without
// harm. It sends a token over TLS only, or to this computer itself.
package httpclient
