// Package durable keeps files that survive a crash and locks that do not.
//
// [WriteFile] replaces a file so that, whenever the power fails, the old bytes
// or the new ones are there, whole; [SyncDir] does for names what fsync does
// for bytes. A [Lock] is one of the operating system on an open file, so that
// it ends with its process, however that ends: nobody is ever locked out by
// the dead.
//
// It never knows what is in a file, never asks whether the process that left a
// lock file still lives, and makes no folder. It keeps no two writers of one
// file apart by itself: that is what the locks are for.
package durable
