// Package sdk is what a format author imports: implement Format, call Serve in
// main, and the program is a plugin that Mapwright can run.
//
// A plugin gets artwork and options and gives back bytes. It never sees a
// path, a token, the account or a credit: the host owns every file.
package sdk
