package osm

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/source"
	"github.com/paulmach/orb"
)

// Attribution is what the licence of OpenStreetMap's data asks for (ODbL 4.3).
const Attribution = "© OpenStreetMap contributors"

// Importer reads OpenStreetMap data.
type Importer struct{}

// Name is "OpenStreetMap".
func (Importer) Name() string { return "OpenStreetMap (.osm.pbf, .osm, .osm.gz, .osm.bz2)" }

// encoding is how a file holds its data.
type encoding int

const (
	unknown encoding = iota
	pbf
	plainXML
	gzipXML
	bzip2XML
)

// Detect knows PBF by its first header and XML by its root element, also
// compressed.
func (Importer) Detect(head []byte, _ string) bool { return detect(head) != unknown }

func detect(head []byte) encoding {
	switch {
	case len(head) > 15 && bytes.Equal(head[4:15], []byte("\x0a\x09OSMHeader")):
		return pbf
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		if r, err := gzip.NewReader(bytes.NewReader(head)); err == nil && beginsXML(r) {
			return gzipXML
		}
	case bytes.HasPrefix(head, []byte("BZh")):
		// A block of bzip2 is larger than the head, so the magic has to do.
		return bzip2XML
	case beginsXML(bytes.NewReader(head)):
		return plainXML
	}
	return unknown
}

// beginsXML tells whether OSM XML comes out of r. An error is the head's end.
func beginsXML(r io.Reader) bool {
	head, err := io.ReadAll(io.LimitReader(r, source.HeadSize))
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false
	}
	return bytes.Contains(head, []byte("<osm"))
}

// Import reads a file and makes the layers of the preset, or one layer of all
// that has tags; with neither preset nor layer the preset is city.
func (Importer) Import(ctx context.Context, r source.Request) (*source.Result, error) {
	wanted, err := layersOf(r)
	if err != nil {
		return nil, err
	}
	d, err := read(ctx, r.Path, r.Progress)
	if err != nil {
		return nil, err
	}
	b := newBuilder(d, r, wanted)
	switch {
	case d.misplaced == 1:
		b.find(source.BadGeometry, "", "1 node is not on Earth: left out")
	case d.misplaced > 1:
		b.find(source.BadGeometry, "", "%d nodes are not on Earth: left out", d.misplaced)
	}
	if err := b.build(ctx); err != nil {
		return nil, err
	}
	hasFeatures := func(l source.Layer) bool { return len(l.Features) > 0 }
	if !slices.ContainsFunc(b.layers, hasFeatures) {
		return nil, nothing(r, d)
	}
	return &source.Result{Layers: b.layers, Bounds: d.extent(), Report: b.report, Attribution: Attribution}, nil
}

// layersOf gives the layers that a request asks for.
func layersOf(r source.Request) ([]presetLayer, error) {
	id := r.Preset
	switch {
	case id == "" && r.Layer != "":
		return everything(r.Layer), nil
	case id == "":
		id = "city"
	}
	wanted, ok := presets[id]
	if !ok {
		return nil, fmt.Errorf("%w %q: there is %s", source.ErrUnknownPreset, id, strings.Join(presetNames(), ", "))
	}
	if r.Layer == "" {
		return wanted, nil
	}
	for _, l := range wanted {
		if strings.EqualFold(l.name, r.Layer) {
			return []presetLayer{l}, nil
		}
	}
	names := make([]string, len(wanted))
	for i, l := range wanted {
		names[i] = l.name
	}
	return nil, fmt.Errorf("%w: %q has no layer %q, only %s", source.ErrUnknownPreset, id, r.Layer, strings.Join(names, ", "))
}

func presetNames() []string {
	var names []string
	for id := range presets {
		names = append(names, id)
	}
	slices.Sort(names)
	return names
}

func nothing(r source.Request, d *data) error {
	e := &source.FileError{
		Path: r.Path, Offset: source.NoOffset, Err: source.ErrNothingInView,
		Problem: "holds nothing of what is wanted",
	}
	if !r.Whole() {
		box := d.extent()
		e.Problem = "holds nothing of what is wanted in the map's view"
		e.Advice = fmt.Sprintf("its data is of %.4f,%.4f,%.4f,%.4f", box.Min[0], box.Min[1], box.Max[0], box.Max[1])
	}
	return e
}

// Extent reads the box of the header, or else measures the nodes.
func (Importer) Extent(ctx context.Context, path string) (orb.Bound, error) {
	d, err := read(ctx, path, nil)
	if err != nil {
		return orb.Bound{}, err
	}
	if d.bounds == nil && len(d.nodeAt) == 0 {
		return orb.Bound{}, &source.FileError{
			Path: path, Offset: source.NoOffset, Err: source.ErrNothingInView, Problem: "holds no places",
		}
	}
	return d.extent(), nil
}

// read reads a file in whatever encoding. Errors about the file are
// *source.FileError.
func read(ctx context.Context, path string, progress func(done, total int64)) (d *data, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening the map data: %w", err)
	}
	defer func() {
		if cerr := f.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("closing the map data: %w", cerr)
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("opening the map data: %w", err)
	}
	d, err = decode(ctx, f, info.Size(), progress)
	var bad *contentError
	if errors.As(err, &bad) {
		return nil, &source.FileError{Path: path, Offset: bad.offset, Problem: bad.problem, Advice: bad.advice, Err: bad.err}
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", filepath.Base(path), err)
	}
	return d, nil
}

// decode finds the encoding and reads all.
func decode(ctx context.Context, r io.Reader, size int64, progress func(done, total int64)) (*data, error) {
	counted := &counter{r: r, size: size, progress: progress}
	buffered := bufio.NewReaderSize(counted, 256<<10)
	head, err := buffered.Peek(source.HeadSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	var d *data
	switch detect(head) {
	case pbf:
		d, err = readPBF(ctx, buffered, size)
	case plainXML:
		d, err = readXML(ctx, buffered)
	case gzipXML:
		var z *gzip.Reader
		if z, err = gzip.NewReader(buffered); err == nil {
			d, err = readXML(ctx, z)
		}
	case bzip2XML:
		d, err = readXML(ctx, bzip2.NewReader(buffered))
	default:
		err = &contentError{offset: source.NoOffset, problem: "is not OpenStreetMap data", err: source.ErrUnknownFormat}
	}
	if err != nil {
		return nil, err
	}
	d.finish()
	return d, nil
}

// counter tells the progress of reading.
type counter struct {
	r          io.Reader
	done, size int64
	progress   func(done, total int64)
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.done += int64(n)
	if c.progress != nil && n > 0 {
		c.progress(c.done, c.size)
	}
	return n, err
}
