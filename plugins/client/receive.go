package client

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"hash"
	"io"

	exportv1 "github.com/mapwright/mapwright/plugins/proto/mapwright/export/v1"
	"github.com/mapwright/mapwright/plugins/proto/wire"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// What one export may give at most, where the manifest says no less.
const (
	MaxFiles       = 10_000
	MaxFileBytes   = 64 << 30
	maxSuffix      = 1 << 10 // bytes
	maxDiagnostics = 10_000
)

// receiver takes what the plugin sends and checks it.
type receiver struct {
	client      *Client
	sink        Sink
	dog         *watchdog
	files       []*received
	progress    float64
	diagnostics int
}

// received is a file of an export.
type received struct {
	suffix string
	to     io.WriteCloser // nil once closed
	size   int64          // bytes
	hash   hash.Hash
}

// receive returns when the plugin has ended the call.
func (r *receiver) receive(ctx context.Context, from stream) (Result, error) {
	var done *exportv1.Done
	for {
		res, err := from.Recv()
		switch {
		case errors.Is(err, io.EOF) && done != nil:
			return r.result(done)
		case errors.Is(err, io.EOF):
			return Result{}, r.client.broken("it ended without saying what it wrote")
		case err != nil:
			return Result{}, r.client.callError(ctx, err)
		case done != nil:
			return Result{}, r.client.broken("it goes on after it was done")
		}
		if done = res.GetDone(); done == nil {
			if err := r.event(res); err != nil {
				return Result{}, err
			}
		}
	}
}

// event takes one event. What says nothing new is no sign of life.
func (r *receiver) event(res *exportv1.ExportResponse) error {
	if p := res.GetProgress(); res.GetEvent() == nil || p != nil && !(p.GetDone() > r.progress) {
		return nil // an event of a later version, or no progress (NaN too)
	}
	r.dog.hold()
	defer r.dog.release()
	switch event := res.GetEvent().(type) {
	case *exportv1.ExportResponse_Progress:
		r.progress = min(event.Progress.GetDone(), 1)
		r.sink.Progress(r.progress)
	case *exportv1.ExportResponse_Diagnostic:
		return r.diagnose(event.Diagnostic)
	case *exportv1.ExportResponse_FileBegin:
		return r.begin(event.FileBegin)
	case *exportv1.ExportResponse_FileChunk:
		return r.chunk(event.FileChunk)
	case *exportv1.ExportResponse_FileEnd:
		return r.end(event.FileEnd)
	}
	return nil
}

func (r *receiver) diagnose(d *exportv1.Diagnostic) error {
	if r.diagnostics++; r.diagnostics > maxDiagnostics {
		return r.client.broken("it has more than %d remarks", maxDiagnostics)
	}
	severity := sdk.Warning
	if d.GetSeverity() == exportv1.Severity_SEVERITY_INFO {
		severity = sdk.Info
	}
	r.sink.Diagnose(sdk.Diagnostic{
		Severity: severity, Layer: d.GetLayer(), Feature: d.GetFeature(), Message: d.GetMessage(),
	})
	return nil
}

func (r *receiver) begin(b *exportv1.FileBegin) error {
	limit := MaxFiles
	if n := r.client.config.Limits.Files; n > 0 {
		limit = min(limit, n)
	}
	switch {
	case int64(b.GetFile()) != int64(len(r.files)):
		return r.client.broken("it begins file %d after %d files", b.GetFile(), len(r.files))
	case len(r.files) >= limit:
		return r.client.broken("it writes more than %d files", limit)
	case len(b.GetSuffix()) > maxSuffix:
		return r.client.broken("the name of a file has %d bytes, more than %d", len(b.GetSuffix()), maxSuffix)
	}
	to, err := r.sink.Create(b.GetSuffix())
	if err != nil {
		return fmt.Errorf("file %q: %w", b.GetSuffix(), err)
	}
	r.files = append(r.files, &received{suffix: b.GetSuffix(), to: to, hash: sha256.New()})
	return nil
}

// open gives a file that has begun and not ended.
func (r *receiver) open(index uint32) (*received, error) {
	if int64(index) >= int64(len(r.files)) {
		return nil, r.client.broken("it writes to file %d before it begins it", index)
	}
	f := r.files[index]
	if f.to == nil {
		return nil, r.client.broken("it goes on with file %q after its end", f.suffix)
	}
	return f, nil
}

func (r *receiver) chunk(chunk *exportv1.FileChunk) error {
	f, err := r.open(chunk.GetFile())
	if err != nil {
		return err
	}
	limit := int64(MaxFileBytes)
	if n := r.client.config.Limits.FileBytes; n > 0 {
		limit = min(limit, n)
	}
	n := len(chunk.GetData())
	switch {
	case n == 0 || n > wire.MaxPiece:
		return r.client.broken("a piece of file %q has %d bytes, not 1 to %d", f.suffix, n, wire.MaxPiece)
	case chunk.GetOffsetBytes() != uint64(f.size):
		return r.client.broken("it writes file %q at byte %d where byte %d is next", f.suffix, chunk.GetOffsetBytes(), f.size)
	case f.size+int64(n) > limit:
		return r.client.broken("file %q has more than %d bytes", f.suffix, limit)
	}
	if _, err := io.MultiWriter(f.to, f.hash).Write(chunk.GetData()); err != nil {
		return fmt.Errorf("file %q: %w", f.suffix, err)
	}
	f.size += int64(n)
	return nil
}

func (r *receiver) end(e *exportv1.FileEnd) error {
	f, err := r.open(e.GetFile())
	if err != nil {
		return err
	}
	to := f.to
	f.to = nil
	if err := to.Close(); err != nil {
		return fmt.Errorf("file %q: %w", f.suffix, err)
	}
	return nil
}

// result checks the plugin's summary against what came.
func (r *receiver) result(done *exportv1.Done) (Result, error) {
	if len(done.GetFiles()) != len(r.files) || len(r.files) == 0 {
		return Result{}, r.client.broken("it says that it wrote %d files, and %d came", len(done.GetFiles()), len(r.files))
	}
	result := Result{Files: make([]File, len(r.files))}
	for i, f := range r.files {
		said := done.GetFiles()[i]
		sum := f.hash.Sum(nil)
		switch {
		case f.to != nil:
			return Result{}, r.client.broken("it left file %q without an end", f.suffix)
		case said.GetFile() != uint32(i) || said.GetSuffix() != f.suffix:
			return Result{}, r.client.broken("it names file %q otherwise at the end", f.suffix)
		case said.GetSizeBytes() != uint64(f.size):
			return Result{}, r.client.broken("it says that file %q has %d bytes, and %d came", f.suffix, said.GetSizeBytes(), f.size)
		case subtle.ConstantTimeCompare(said.GetSha256(), sum) != 1:
			return Result{}, r.client.broken("file %q does not have the SHA-256 that it says", f.suffix)
		}
		result.Files[i] = File{Suffix: f.suffix, Size: f.size, SHA256: [32]byte(sum)}
	}
	return result, nil
}

// closeAll closes what a failed export left open.
func (r *receiver) closeAll() error {
	var errs []error
	for _, f := range r.files {
		if f.to != nil {
			errs = append(errs, f.to.Close())
			f.to = nil
		}
	}
	return errors.Join(errs...)
}
