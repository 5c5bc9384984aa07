// Package wire is what both ends of the plugin contract share: the handshake,
// the limits, and how artwork is cut into messages and joined again.
//
// It never starts a program and never opens a connection; package sdk is the
// plugin's end and package client the host's.
package wire
