package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"google.golang.org/grpc"

	"github.com/mapwright/mapwright/plugins/artwork"
	exportv1 "github.com/mapwright/mapwright/plugins/proto/mapwright/export/v1"
	"github.com/mapwright/mapwright/plugins/proto/wire"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// Sink takes what a plugin writes. Its methods are called one at a time.
type Sink interface {
	// Create starts a file. Suffix is the plugin's word, and not clean. The
	// file is closed when its last byte was written or the export has failed.
	Create(suffix string) (io.WriteCloser, error)
	// Progress tells how much is done, from 0 to 1, never less than before.
	Progress(done float64)
	// Diagnose tells what the maker should know.
	Diagnose(d sdk.Diagnostic)
}

// Result is what a plugin has written.
type Result struct {
	Files []File // in the order of Create
}

// File is one file of a result.
type File struct {
	Suffix string // as given to Create
	Size   int64  // bytes
	SHA256 [32]byte
}

// stream is our end of an export.
type stream = grpc.BidiStreamingClient[exportv1.ExportRequest, exportv1.ExportResponse]

// Export has the plugin write the files of a job. The job's Next is called
// from another goroutine, and no more once Export has returned. What is in the
// sink counts only if there is no error; the error is CrashedError, SilentError,
// PluginError or ContractError for what the plugin did, and else ctx's, the job's
// or the sink's.
func (c *Client) Export(ctx context.Context, job *sdk.Job, sink Sink) (Result, error) {
	header, err := encodeHeader(job)
	if err != nil {
		return Result{}, fmt.Errorf("format %s: %w", c.config.Format, err)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	dog := watch(c.config.Deadlines.Silence, func() { cancel(silence{c.config.Deadlines.Silence}) })
	defer dog.stop()
	out, err := c.service.Export(ctx)
	if err != nil {
		return Result{}, c.callError(ctx, err)
	}

	sent := make(chan struct{})
	go func() {
		defer close(sent)
		s := sender{stream: out, dog: dog}
		if err := s.job(job, header); err != nil && !errors.Is(err, io.EOF) {
			cancel(fmt.Errorf("format %s: the job can't be sent: %w", c.config.Format, err))
		}
	}()
	files := &receiver{client: c, sink: sink, dog: dog}
	result, err := files.receive(ctx, out)
	if err != nil {
		cancel(err)
		err = errors.Join(err, files.closeAll())
	}
	dog.stop()
	<-sent
	return result, err
}

// sender sends a job.
type sender struct {
	stream stream
	dog    *watchdog
}

// job sends all of a job. io.EOF means that the plugin has ended the call, and
// why is for the receiver to find.
func (s sender) job(job *sdk.Job, header *exportv1.Header) error {
	if err := s.send(&exportv1.ExportRequest{Step: &exportv1.ExportRequest_Header{Header: header}}); err != nil {
		return err
	}
	for _, board := range job.Boards {
		err := wire.SplitBoard(board, func(piece *exportv1.Board) error {
			return s.send(&exportv1.ExportRequest{Step: &exportv1.ExportRequest_Board{Board: piece}})
		})
		if err != nil {
			return err
		}
	}
	for i := range job.LayerCount {
		layer, err := s.next(job)
		if err != nil {
			return fmt.Errorf("layer %d of %d: %w", i+1, job.LayerCount, err)
		}
		if err := s.layer(layer); err != nil {
			return err
		}
	}
	if err := s.send(&exportv1.ExportRequest{Step: &exportv1.ExportRequest_Commit{Commit: &exportv1.Commit{}}}); err != nil {
		return err
	}
	return s.stream.CloseSend()
}

// next takes the next layer from the host, which may take its time.
func (s sender) next(job *sdk.Job) (*artwork.Layer, error) {
	s.dog.hold()
	defer s.dog.release()
	layer, err := job.Next()
	if errors.Is(err, io.EOF) {
		return nil, io.ErrUnexpectedEOF
	}
	return layer, err
}

func (s sender) layer(layer *artwork.Layer) error {
	operation, err := wire.EncodeOperation(layer.Operation)
	if err != nil {
		return fmt.Errorf("layer %q: %w", layer.Name, err)
	}
	err = s.send(&exportv1.ExportRequest{Step: &exportv1.ExportRequest_LayerBegin{LayerBegin: &exportv1.LayerBegin{
		Id: clean(layer.ID), Name: clean(layer.Name), Operation: operation,
		Setting: clean(layer.Setting), Color: clean(layer.Color),
	}}})
	if err != nil {
		return err
	}
	err = wire.SplitLayer(layer, func(chunk *exportv1.LayerChunk) error {
		return s.send(&exportv1.ExportRequest{Step: &exportv1.ExportRequest_LayerChunk{LayerChunk: chunk}})
	})
	if err != nil {
		return err
	}
	return s.send(&exportv1.ExportRequest{Step: &exportv1.ExportRequest_LayerEnd{LayerEnd: &exportv1.LayerEnd{
		ShapeCount: uint64(len(layer.Shapes)), HeightCount: uint64(len(layer.Heights)),
	}}})
}

// send sends a step; that the plugin took it is a sign of life.
func (s sender) send(req *exportv1.ExportRequest) error {
	if err := s.stream.Send(req); err != nil {
		return err
	}
	s.dog.life()
	return nil
}

func encodeHeader(job *sdk.Job) (*exportv1.Header, error) {
	if len(job.Boards) == 0 || job.LayerCount < 1 || job.LayerCount > math.MaxInt32 {
		return nil, errors.New("a job needs a board and a layer")
	}
	options, err := json.Marshal(job.Options)
	if err != nil {
		return nil, fmt.Errorf("the options can't be sent: %w", err)
	}
	machine, err := encodeMachine(job.Machine)
	if err != nil {
		return nil, err
	}
	return &exportv1.Header{
		Title: clean(job.Title), Attribution: clean(job.Attribution),
		BoardCount: uint32(len(job.Boards)), LayerCount: uint32(job.LayerCount),
		OptionsJson: options, Machine: machine,
	}, nil
}

func encodeMachine(m sdk.Machine) (*exportv1.Machine, error) {
	out := &exportv1.Machine{
		Id: clean(m.ID), Name: clean(m.Name), BedWidthMm: m.BedWidth, BedHeightMm: m.BedHeight,
		MaterialId: clean(m.MaterialID), MaterialThicknessMm: m.MaterialThickness, KerfMm: m.Kerf,
	}
	for _, s := range m.Settings {
		operation, err := wire.EncodeOperation(s.Operation)
		if err != nil {
			return nil, fmt.Errorf("machine %q: %w", m.Name, err)
		}
		out.Settings = append(out.Settings, &exportv1.MachineSetting{
			Operation: operation, Setting: clean(s.Setting), PowerPercent: s.Power,
			SpeedMmPerS: s.Speed, Passes: uint32(max(1, s.Passes)), IntervalMm: s.Interval,
		})
	}
	return out, nil
}

// clean makes text valid UTF-8, without which gRPC refuses a message.
func clean(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }
