package osm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"

	"github.com/mapwright/mapwright/internal/source"
	"golang.org/x/sync/errgroup"
)

// knownFeatures are the required features that this reader understands.
var knownFeatures = []string{"OsmSchema-V0.6", "DenseNodes"}

// decoding is a blob on its way through a decoder; block and err are there
// when done is closed.
type decoding struct {
	blob  blob
	block *block
	err   error
	done  chan struct{}
}

// readPBF reads a whole PBF file of the given size, decoding on all cores and
// collecting in the order of the file, so that the first fault of the file is
// the one that is told. Errors are *contentError where they are about the file.
func readPBF(ctx context.Context, r io.Reader, size int64) (*data, error) {
	g, ctx := errgroup.WithContext(ctx)
	cores := runtime.GOMAXPROCS(0)
	todo, inOrder := make(chan *decoding, cores), make(chan *decoding, 2*cores)
	g.Go(func() error {
		defer close(todo)
		defer close(inOrder)
		return readBlobs(ctx, &blobReader{r: r, size: size}, todo, inOrder)
	})
	for range cores {
		g.Go(func() error {
			for d := range todo {
				if d.err == nil {
					d.block, d.err = decodeBlob(&d.blob)
					d.blob.packed = nil
				}
				close(d.done)
			}
			return nil
		})
	}
	all := &data{}
	g.Go(func() error {
		for d := range inOrder {
			select {
			case <-d.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			if d.err != nil {
				return d.err
			}
			all.add(d.block)
		}
		return nil
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return all, nil
}

// readBlobs hands every blob to the decoders and to the collector, and as the
// last one what ended the reading, if that is not the end of the file.
func readBlobs(ctx context.Context, r *blobReader, todo, inOrder chan<- *decoding) error {
	for first := true; ; first = false {
		b, err := r.next()
		if errors.Is(err, io.EOF) && !first {
			return nil
		}
		if err == nil && first && b.kind != "OSMHeader" {
			err = damaged(b.offset, "does not begin with an OSM header")
		}
		d := &decoding{blob: b, err: err, done: make(chan struct{})}
		for _, to := range []chan<- *decoding{inOrder, todo} {
			select {
			case to <- d:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if err != nil {
			return nil //nolint:nilerr // the collector tells it, once it told what comes before
		}
	}
}

// decodeBlob decodes a blob; blobs of unknown kinds are empty, as the format
// wants it.
func decodeBlob(b *blob) (*block, error) {
	if b.kind != "OSMHeader" && b.kind != "OSMData" {
		return &block{}, nil
	}
	content, err := b.unpack()
	if err != nil {
		return nil, err
	}
	if b.kind == "OSMData" {
		decoded, err := decodePrimitives(content)
		if err != nil {
			return nil, damaged(b.offset, "has a block of map data that can't be read")
		}
		return decoded, nil
	}
	bounds, required, err := decodeHeader(content)
	if err != nil {
		return nil, damaged(b.offset, "has a header that can't be read")
	}
	for _, f := range required {
		if f == "HistoricalInformation" {
			return nil, &contentError{
				offset: b.offset, problem: "is a history file, with old versions of everything",
				advice: "make one of today with: osmium time-filter IN.osh.pbf -o OUT.osm.pbf", err: source.ErrUnsupportedContent,
			}
		}
		if !slices.Contains(knownFeatures, f) {
			return nil, &contentError{
				offset: b.offset, problem: fmt.Sprintf("needs the feature %q, which Mapwright does not know", f),
				advice: "write it anew with: osmium cat IN.osm.pbf -o OUT.osm.pbf", err: source.ErrUnsupportedContent,
			}
		}
	}
	return &block{bounds: bounds}, nil
}
