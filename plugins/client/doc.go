// Package client is the host's end of the plugin contract: it starts a format
// plugin, talks to it, and checks that what comes back keeps the contract.
//
// The program that it starts gets no environment and no input of the host's,
// and ends when the client or the host ends. Package client never decides
// whether a program may be run, does not confine it, and never names or places
// a file: that is for the host that uses it.
package client
