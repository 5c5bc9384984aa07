package wire

import "github.com/hashicorp/go-plugin"

// The handshake. Host and plugin each name the versions of the contract that
// they speak, and the highest one in common is used.
const (
	// CookieKey names the environment variable by which a program knows that a
	// host has started it. It is no secret: it keeps people from starting a
	// plugin by hand and wondering.
	CookieKey = "MAPWRIGHT_PLUGIN"
	// CookieValue is what it holds.
	CookieValue = "d5a0c1b86f3e4b0f9d2a7c5e8146b93f"
	// Version1 is the contract mapwright.export.v1.
	Version1 = 1
	// PluginName is the one thing that a plugin serves.
	PluginName = "export"
)

// Handshake is the same on both ends.
func Handshake() plugin.HandshakeConfig {
	return plugin.HandshakeConfig{MagicCookieKey: CookieKey, MagicCookieValue: CookieValue}
}

// Limits of the wire, in bytes.
const (
	// MaxMessage is the largest message of either end.
	MaxMessage = 1 << 20
	// MaxPiece is the largest piece of a layer, of a board or of a file.
	MaxPiece = 256 << 10
)
