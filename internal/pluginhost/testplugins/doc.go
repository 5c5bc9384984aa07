// Package testplugins builds format plugins for tests of what runs plugins: one
// that works and many that misbehave, each in its own way. It is for tests
// alone, and no program of ours imports it.
package testplugins
