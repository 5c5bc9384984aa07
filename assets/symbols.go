package assets

import "embed"

// Symbols are the drawings of the strategy symbol, one path each in a box of
// 24 × 24; see symbols/README.md for what they may hold.
//
//go:embed symbols/*.svg
var Symbols embed.FS
