// Package plugintest is the conformance kit for format plugins: it runs a
// plugin as a real process, gives it awkward jobs over the real wire, and says
// what the app would have against it. In a test of the plugin:
//
//	func TestConformance(t *testing.T) { plugintest.Run(t, svg.Format{}) }
//
// It never looks into the files: whether they are right is for the plugin's
// own tests.
package plugintest
