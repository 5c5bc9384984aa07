package sdk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// property is an option as JSON Schema says it. x-unit is ours: JSON Schema has
// no word for units and lets others add keys.
type property struct {
	Type        OptionType `json:"type"`
	Title       string     `json:"title,omitempty"`
	Description string     `json:"description,omitempty"`
	Unit        string     `json:"x-unit,omitempty"`
	Default     any        `json:"default,omitempty"`
	Enum        []string   `json:"enum,omitempty"`
	Min         *float64   `json:"minimum,omitempty"`
	Max         *float64   `json:"maximum,omitempty"`
}

// schema is a list of options that reads and writes itself as a JSON Schema
// object. The order of "properties" is the order in which a form shows them.
type schema []Option

// MarshalJSON implements json.Marshaler.
func (s schema) MarshalJSON() ([]byte, error) {
	var properties bytes.Buffer
	required := []string{}
	for i, o := range s {
		if i > 0 {
			properties.WriteByte(',')
		}
		if o.Default == nil {
			required = append(required, o.Key)
		}
		key, err := json.Marshal(o.Key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(property{
			Type: o.Type, Title: o.Title, Description: o.Description, Unit: o.Unit,
			Default: o.Default, Enum: o.Enum, Min: o.Min, Max: o.Max,
		})
		if err != nil {
			return nil, fmt.Errorf("option %q: %w", o.Key, err)
		}
		properties.Write(key)
		properties.WriteByte(':')
		properties.Write(value)
	}
	return json.Marshal(schemaObject{
		Type:       "object",
		Properties: json.RawMessage("{" + properties.String() + "}"),
		Required:   required,
	})
}

// schemaObject is the object around the properties. An option without a
// default is required.
type schemaObject struct {
	Type       string          `json:"type"`
	Properties json.RawMessage `json:"properties"`
	Required   []string        `json:"required"`
	Additional bool            `json:"additionalProperties"`
}

// UnmarshalJSON implements json.Unmarshaler.
func (s *schema) UnmarshalJSON(data []byte) error {
	var object schemaObject
	if err := decodeJSON(data, &object); err != nil {
		return err
	}
	if object.Type != "object" || object.Additional {
		return errors.New(`"options" must be a JSON Schema of type "object" without additional properties`)
	}
	options, err := readProperties(object.Properties)
	if err != nil {
		return err
	}
	for _, o := range options {
		if required := slices.Contains(object.Required, o.Key); required != (o.Default == nil) {
			return fmt.Errorf("option %q must either have a default or be required", o.Key)
		}
	}
	if len(options) > 0 {
		*s = options
	}
	return nil
}

// readProperties reads token by token because a Go map would lose the order.
func readProperties(data json.RawMessage) ([]Option, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	start, err := dec.Token()
	if err != nil || start != json.Delim('{') {
		return nil, errors.New(`"properties" of "options" must be an object`)
	}
	var options []Option
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, err
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return nil, err
		}
		var p property
		if err := decodeJSON(raw, &p); err != nil {
			return nil, fmt.Errorf("option %v: %w", key, err)
		}
		o := Option{
			Key: fmt.Sprint(key), Type: p.Type, Title: p.Title, Description: p.Description,
			Unit: p.Unit, Enum: p.Enum, Min: p.Min, Max: p.Max, Default: p.Default,
		}
		if p.Default != nil {
			if o.Default, err = o.check(p.Default); err != nil {
				return nil, fmt.Errorf("default of option %q: %w", o.Key, err)
			}
		}
		options = append(options, o)
	}
	return options, nil
}

// decodeJSON decodes one JSON value, keeping numbers exact. Keys it does not know
// are for newer hosts.
func decodeJSON(data []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more after the JSON value")
	}
	return nil
}
