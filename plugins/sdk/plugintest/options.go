package plugintest

import (
	"math"

	"github.com/mapwright/mapwright/plugins/sdk"
)

// sampleOptions gives the defaults, and a value for what has none.
func sampleOptions(m sdk.Manifest) sdk.Options {
	options := sdk.Options{}
	for _, o := range m.Options {
		if value := sample(o); value != nil {
			options[o.Key] = value
		}
	}
	return options
}

func sample(o sdk.Option) any {
	if o.Default != nil {
		return o.Default
	}
	switch o.Type {
	case sdk.Text:
		if len(o.Enum) > 0 {
			return o.Enum[0]
		}
		return "text"
	case sdk.Boolean:
		return true
	default:
		switch {
		case o.Min != nil:
			return *o.Min
		case o.Max != nil:
			return *o.Max
		}
		return 1.0
	}
}

// badOptions gives one wrong value for each option that can have one, and an
// option that there is not.
func badOptions(m sdk.Manifest) map[string]any {
	bad := map[string]any{"no-such-option": true}
	for _, o := range m.Options {
		switch {
		case o.Max != nil:
			bad[o.Key] = *o.Max + max(1, math.Abs(*o.Max))
		case o.Min != nil:
			bad[o.Key] = *o.Min - max(1, math.Abs(*o.Min))
		case len(o.Enum) > 0:
			bad[o.Key] = "no such value"
		case o.Type == sdk.Text:
			bad[o.Key] = 17.5
		default:
			bad[o.Key] = "text"
		}
	}
	return bad
}
