package main

import (
	"testing"

	"github.com/mapwright/mapwright/plugins/sdk/plugintest"
)

// TestConformance runs the plugin as a real process over the real wire.
func TestConformance(t *testing.T) { plugintest.Run(t, format{}) }
