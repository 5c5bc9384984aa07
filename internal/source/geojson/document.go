package geojson

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// item is a feature as it is written, or a geometry alone.
type item struct {
	ID         json.RawMessage `json:"id"`
	Geometry   json.RawMessage `json:"geometry"`
	Properties json.RawMessage `json:"properties"`
	number     int             // from 1, in the file
}

// document walks over the items of a file without holding them.
type document struct {
	json  *json.Decoder
	items int
	crs   func(json.RawMessage) error
	item  func(item) error
}

var errNotGeoJSON = errors.New("it holds no features and no geometry")

// walk reads all values of the file: one, or a text sequence of many.
func (d *document) walk() error {
	for first := true; ; first = false {
		t, err := d.json.Token()
		if errors.Is(err, io.EOF) && !first {
			return nil
		}
		if err != nil {
			return err
		}
		if t != json.Delim('{') {
			return fmt.Errorf("it begins with %v, not with an object", t)
		}
		if err := d.object(); err != nil {
			return err
		}
	}
}

// object reads a collection of features or geometries, a feature, or a
// geometry. Members may come in any order.
func (d *document) object() error {
	var kind string
	var alone item
	var coordinates json.RawMessage
	before := d.items
	for d.json.More() {
		key, err := d.json.Token()
		if err != nil {
			return err
		}
		switch key {
		case "type":
			err = d.json.Decode(&kind)
		case "features":
			err = d.array(func(raw json.RawMessage) error {
				var it item
				// What is no feature is left to be told as one without a geometry.
				if json.Unmarshal(raw, &it) != nil {
					it = item{}
				}
				return d.emit(it)
			})
		case "geometries":
			err = d.array(func(raw json.RawMessage) error { return d.emit(item{Geometry: raw}) })
		case "crs":
			var raw json.RawMessage
			if err = d.json.Decode(&raw); err == nil {
				err = d.crs(raw)
			}
		case "geometry":
			err = d.json.Decode(&alone.Geometry)
		case "properties":
			err = d.json.Decode(&alone.Properties)
		case "id":
			err = d.json.Decode(&alone.ID)
		case "coordinates":
			err = d.json.Decode(&coordinates)
		default:
			err = d.json.Decode(&json.RawMessage{})
		}
		if err != nil {
			return err
		}
	}
	if _, err := d.json.Token(); err != nil {
		return err
	}
	switch {
	case kind == "Feature":
		return d.emit(alone)
	case coordinates != nil:
		raw, err := json.Marshal(geometry{Type: kind, Coordinates: coordinates})
		if err != nil {
			return err
		}
		return d.emit(item{Geometry: raw})
	case d.items == before && kind != "FeatureCollection" && kind != "GeometryCollection":
		return errNotGeoJSON
	}
	return nil
}

func (d *document) emit(it item) error {
	d.items++
	it.number = d.items
	return d.item(it)
}

// array calls f with each value of an array.
func (d *document) array(f func(json.RawMessage) error) error {
	t, err := d.json.Token()
	if err != nil {
		return err
	}
	if t != json.Delim('[') {
		return fmt.Errorf("it has %v where a list belongs", t)
	}
	for d.json.More() {
		var raw json.RawMessage
		if err := d.json.Decode(&raw); err != nil {
			return err
		}
		if err := f(raw); err != nil {
			return err
		}
	}
	_, err = d.json.Token()
	return err
}
