// Package workshop is what a maker can do: one file a use case. It joins the
// packages below it and gives both faces, the window and the command line, the
// same actions with the same words.
//
// It holds no algorithm: geometry, tracing, checks, credits and plugins live
// in packages of their own.
package workshop
