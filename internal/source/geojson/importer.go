package geojson

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/mapwright/mapwright/internal/source"
	"github.com/paulmach/orb"
)

// Importer reads GeoJSON.
type Importer struct{}

// Name is "GeoJSON".
func (Importer) Name() string { return "GeoJSON" }

// Detect takes an object that names a type of GeoJSON near its beginning, or
// whose file is called one.
func (Importer) Detect(head []byte, name string) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n\x1e")
	if !bytes.HasPrefix(head, []byte("{")) {
		return false
	}
	for _, word := range []string{`"FeatureCollection"`, `"Feature"`, `"GeometryCollection"`, `"coordinates"`, `"features"`} {
		if bytes.Contains(head, []byte(word)) {
			return true
		}
	}
	return strings.EqualFold(filepath.Ext(name), ".geojson")
}

// Import makes one layer of a file. There are no presets.
func (Importer) Import(ctx context.Context, r source.Request) (*source.Result, error) {
	if r.Preset != "" {
		return nil, fmt.Errorf("%w %q: GeoJSON has none, leave it out", source.ErrUnknownPreset, r.Preset)
	}
	c, err := read(ctx, r)
	if err != nil {
		return nil, err
	}
	if len(c.features) == 0 {
		return nil, c.nothing()
	}
	name := r.Layer
	if name == "" {
		base := filepath.Base(r.Path)
		name = strings.TrimSuffix(base, filepath.Ext(base))
	}
	return &source.Result{
		Layers: []source.Layer{{Name: name, CRS: c.crs.code, Features: c.features, Defaults: source.PlainDefaults()}},
		Bounds: *c.extent, Report: c.report,
	}, nil
}

// Extent measures the features.
func (Importer) Extent(ctx context.Context, path string) (orb.Bound, error) {
	c, err := read(ctx, source.Request{Path: path})
	if err != nil {
		return orb.Bound{}, err
	}
	if c.extent == nil {
		return orb.Bound{}, c.nothing()
	}
	return *c.extent, nil
}

// collector keeps the wanted features of a file.
type collector struct {
	request  source.Request
	crs      crs
	assumed  bool // no crs member has been seen
	features []source.Feature
	report   []source.Finding
	extent   *orb.Bound // of all features, degrees
	outside  int        // items with places that the CRS does not have
}

// otherCRSError stops a reading that had assumed degrees.
type otherCRSError struct{ crs crs }

func (o *otherCRSError) Error() string { return "the coordinates are in " + o.crs.code }

// read reads a file, once more where a crs member comes after the features and
// they are not in degrees.
func read(ctx context.Context, r source.Request) (*collector, error) {
	c := &collector{request: r, crs: degrees, assumed: true}
	err := c.file(ctx)
	var other *otherCRSError
	if errors.As(err, &other) {
		c = &collector{request: r, crs: other.crs}
		err = c.file(ctx)
	}
	if err != nil {
		return nil, err
	}
	if c.assumed && c.extent == nil && c.outside > 0 {
		return nil, c.fail(source.ErrUnsupportedContent,
			"has coordinates that are not degrees, and does not say what they are", reproject)
	}
	return c, nil
}

func (c *collector) fail(err error, problem, advice string) *source.FileError {
	return &source.FileError{Path: c.request.Path, Offset: source.NoOffset, Problem: problem, Advice: advice, Err: err}
}

// nothing is the error for a file that gave no feature: none was wanted, or
// none could be used.
func (c *collector) nothing() error {
	if c.extent == nil && len(c.report) > 0 {
		first := c.report[0]
		return c.fail(source.ErrUnsupportedContent, "holds nothing that can be drawn", first.Object+": "+first.Message)
	}
	e := c.fail(source.ErrNothingInView, "holds nothing of what is wanted", "")
	if c.extent != nil && !c.request.Whole() {
		e.Problem += " in the map's view"
		e.Advice = fmt.Sprintf("its data is of %.4f,%.4f,%.4f,%.4f",
			c.extent.Min[0], c.extent.Min[1], c.extent.Max[0], c.extent.Max[1])
	}
	return e
}

func (c *collector) file(ctx context.Context) (err error) {
	f, err := os.Open(c.request.Path)
	if err != nil {
		return fmt.Errorf("opening the map data: %w", err)
	}
	defer func() {
		if cerr := f.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("closing the map data: %w", cerr)
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("opening the map data: %w", err)
	}
	return c.read(ctx, f, info.Size())
}

// read reads all items. Errors about the file are *source.FileError.
func (c *collector) read(ctx context.Context, r io.Reader, size int64) error {
	decoder := json.NewDecoder(newLenient(r))
	d := document{json: decoder, crs: c.takeCRS}
	d.item = func(it item) error {
		if it.number%256 == 0 {
			if c.request.Progress != nil {
				c.request.Progress(decoder.InputOffset(), size)
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		c.take(it)
		return nil
	}
	err := d.walk()
	var other *otherCRSError
	var told *source.FileError
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		if c.request.Progress != nil {
			c.request.Progress(size, size)
		}
		return nil
	case errors.As(err, &other), errors.As(err, &told), ctx.Err() != nil:
		return err
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		e := c.fail(source.ErrTruncated, "ends before its JSON does", "the file is not complete, fetch it again")
		e.Offset = decoder.InputOffset()
		return e
	default:
		e := c.fail(source.ErrDamaged, fmt.Sprintf("is not GeoJSON: %v", err), "")
		e.Offset = decoder.InputOffset()
		if errors.As(err, &syntax) {
			e.Offset = syntax.Offset
		}
		return e
	}
}

func (c *collector) takeCRS(raw json.RawMessage) error {
	named, err := parseCRS(raw)
	if err != nil {
		return c.fail(source.ErrUnsupportedContent, err.Error(), reproject)
	}
	if named.code != c.crs.code {
		return &otherCRSError{named}
	}
	c.assumed = false
	return nil
}

// take adds the features of an item; what can't be used is reported.
func (c *collector) take(it item) {
	id := text(it.ID)
	object := id
	if object == "" {
		object = fmt.Sprintf("feature %d", it.number)
	}
	if len(it.Geometry) == 0 || string(it.Geometry) == "null" {
		c.find(source.BadGeometry, object, "it has no geometry: left out")
		return
	}
	r := reading{valid: c.crs.valid}
	if err := r.geometry(it.Geometry, 0); err != nil {
		if errors.Is(err, errOutside) {
			c.outside++
		}
		c.find(source.BadGeometry, object, "%v: left out", err)
		return
	}
	attributes := attributesOf(it.Properties)
	for _, g := range r.parts {
		c.add(source.Feature{ID: id, Geometry: g, Name: nameOf(attributes), Attributes: attributes})
	}
	switch {
	case r.closed == 1:
		c.find(source.ClosedRing, object, "1 of its rings was open: closed with a straight line")
	case r.closed > 1:
		c.find(source.ClosedRing, object, "%d of its rings were open: closed with a straight line", r.closed)
	}
}

func (c *collector) find(kind source.FindingKind, object, format string, args ...any) {
	c.report = append(c.report, source.Finding{Kind: kind, Object: object, Message: fmt.Sprintf(format, args...)})
}

// add keeps a feature, if it is wanted.
func (c *collector) add(f source.Feature) {
	g := c.crs.inDegrees(f.Geometry)
	box := g.Bound()
	if c.extent != nil {
		box = box.Union(*c.extent)
	}
	c.extent = &box
	if c.request.Wants(f.Attributes) && (c.request.Whole() || source.Touches(g, c.request.View)) {
		c.features = append(c.features, f)
	}
}

// nameOf finds what a feature is called.
func nameOf(attributes map[string]string) string {
	for _, key := range []string{"name", "Name", "NAME"} {
		if n := attributes[key]; n != "" {
			return n
		}
	}
	return ""
}

// attributesOf gives the properties as text: numbers as they are written, what
// is nested as JSON, and nothing for null.
func attributesOf(raw json.RawMessage) map[string]string {
	var properties map[string]json.RawMessage
	if len(raw) == 0 || json.Unmarshal(raw, &properties) != nil {
		return map[string]string{}
	}
	attributes := make(map[string]string, len(properties))
	for key, value := range properties {
		if string(value) != "null" {
			attributes[key] = text(value)
		}
	}
	return attributes
}

// text gives a value as text: strings without their quotes.
func text(raw json.RawMessage) string {
	var s string
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var compact bytes.Buffer
	if json.Compact(&compact, raw) != nil {
		return string(raw)
	}
	return compact.String()
}
