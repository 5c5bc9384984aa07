// Package export runs an export: it quotes, holds the credits, lets the format
// plugins write into a hidden folder of the destination, posts the credits and
// puts the files in their place; and it finishes or takes back what a crash
// left half done.
//
// Two rules hold at every moment, whatever dies: no plugin starts without a
// durable hold, and no file leaves the staging folder without a durable post.
//
// It is the only package that knows both credits and plugins. It never traces
// or checks: it gets artwork that is ready to burn.
package export
