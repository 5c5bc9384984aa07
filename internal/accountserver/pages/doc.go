// Package pages is the account server's face for people: sign-up, sign-in, the
// plan, the usage, the devices and the sessions of an account, as plain HTML
// that needs no script.
//
// It never decides about credits, plans or passwords: it asks the server and
// shows what that answers. It keeps nothing between two requests, so that any
// number of processes can serve one account.
package pages
