package sdk

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"
	"sync"
	"time"

	"google.golang.org/grpc"

	exportv1 "github.com/mapwright/mapwright/plugins/proto/mapwright/export/v1"
	"github.com/mapwright/mapwright/plugins/proto/wire"
)

// A slow format shows that it lives: bytes and progress wait no longer than
// this for more of them.
const maxWait = time.Second

// minProgress is the least step that is worth a message.
const minProgress = 1.0 / 256

// output sends what a format writes. It may be used from several goroutines.
type output struct {
	ctx    context.Context
	mu     sync.Mutex
	stream grpc.BidiStreamingServer[exportv1.ExportRequest, exportv1.ExportResponse]
	files  []*file
	told   float64   // progress sent last
	toldAt time.Time // and when
}

func newOutput(ctx context.Context, stream grpc.BidiStreamingServer[exportv1.ExportRequest, exportv1.ExportResponse]) *output {
	return &output{ctx: ctx, stream: stream}
}

// send needs the lock: a gRPC stream takes one sender at a time.
func (o *output) send(res *exportv1.ExportResponse) error {
	if err := o.ctx.Err(); err != nil {
		return err
	}
	return o.stream.Send(res)
}

// Create implements Output.
func (o *output) Create(suffix string) (io.WriteCloser, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	f := &file{out: o, index: uint32(len(o.files)), suffix: clean(suffix), hash: sha256.New(), sentAt: time.Now()}
	err := o.send(&exportv1.ExportResponse{Event: &exportv1.ExportResponse_FileBegin{
		FileBegin: &exportv1.FileBegin{File: f.index, Suffix: f.suffix},
	}})
	if err != nil {
		return nil, err
	}
	o.files = append(o.files, f)
	return f, nil
}

// Progress implements Output. Steps too small to see are not sent, and it
// never goes back.
func (o *output) Progress(done float64) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	done = min(done, 1)
	if math.IsNaN(done) || done <= o.told {
		return o.ctx.Err()
	}
	if done < o.told+minProgress && done < 1 && time.Since(o.toldAt) < maxWait {
		return o.ctx.Err()
	}
	o.told, o.toldAt = done, time.Now()
	return o.send(&exportv1.ExportResponse{Event: &exportv1.ExportResponse_Progress{
		Progress: &exportv1.Progress{Done: done},
	}})
}

// Diagnose implements Output.
func (o *output) Diagnose(d Diagnostic) error {
	severity := exportv1.Severity_SEVERITY_WARNING
	if d.Severity == Info {
		severity = exportv1.Severity_SEVERITY_INFO
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.send(&exportv1.ExportResponse{Event: &exportv1.ExportResponse_Diagnostic{
		Diagnostic: &exportv1.Diagnostic{
			Severity: severity, Layer: clean(d.Layer), Feature: d.Feature, Message: clean(d.Message),
		},
	}})
}

// done ends the job.
func (o *output) done() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.files) == 0 {
		return errors.New("the format wrote no file")
	}
	done := &exportv1.Done{}
	for _, f := range o.files {
		if !f.closed {
			return fmt.Errorf("the format left file %q open", f.suffix)
		}
		done.Files = append(done.Files, &exportv1.FileSummary{
			File: f.index, Suffix: f.suffix, SizeBytes: f.size, Sha256: f.hash.Sum(nil),
		})
	}
	return o.send(&exportv1.ExportResponse{Event: &exportv1.ExportResponse_Done{Done: done}})
}

// file is one file of a job; its bytes are collected into chunks.
type file struct {
	out    *output
	index  uint32
	suffix string
	hash   hash.Hash
	buffer []byte
	size   uint64    // bytes sent
	sentAt time.Time // when bytes were sent last
	closed bool
}

// Write implements io.Writer.
func (f *file) Write(data []byte) (int, error) {
	f.out.mu.Lock()
	defer f.out.mu.Unlock()
	if f.closed {
		return 0, fmt.Errorf("write to file %q after it was closed", f.suffix)
	}
	written := 0
	for written < len(data) {
		n := min(len(data)-written, wire.MaxPiece-len(f.buffer))
		f.buffer = append(f.buffer, data[written:written+n]...)
		written += n
		if len(f.buffer) == wire.MaxPiece || time.Since(f.sentAt) > maxWait {
			if err := f.flush(); err != nil {
				return written, err
			}
		}
	}
	return written, nil
}

func (f *file) flush() error {
	if len(f.buffer) == 0 {
		return nil
	}
	err := f.out.send(&exportv1.ExportResponse{Event: &exportv1.ExportResponse_FileChunk{
		FileChunk: &exportv1.FileChunk{File: f.index, OffsetBytes: f.size, Data: f.buffer},
	}})
	if err != nil {
		return err
	}
	if _, err := f.hash.Write(f.buffer); err != nil {
		return err
	}
	f.size += uint64(len(f.buffer))
	f.buffer, f.sentAt = f.buffer[:0], time.Now()
	return nil
}

// Close implements io.Closer; a second Close does nothing.
func (f *file) Close() error {
	f.out.mu.Lock()
	defer f.out.mu.Unlock()
	if f.closed {
		return nil
	}
	if err := f.flush(); err != nil {
		return err
	}
	f.closed, f.buffer = true, nil
	return f.out.send(&exportv1.ExportResponse{Event: &exportv1.ExportResponse_FileEnd{
		FileEnd: &exportv1.FileEnd{File: f.index},
	}})
}
