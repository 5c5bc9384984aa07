// Package pluginhost finds installed format plugins, starts them, talks to
// them, and ends them.
//
// A plugin is a program that we did not write. It gets no environment, no
// input and no path of the host's; it is run only with the bytes that its
// manifest names; it must answer within deadlines; and it ends with the
// session or the host, whatever it does. Package pluginhost never knows what a
// credit is, and never names or places a file.
package pluginhost
