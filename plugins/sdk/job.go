package sdk

import (
	"errors"
	"fmt"
	"io"

	"google.golang.org/grpc"

	"github.com/mapwright/mapwright/plugins/artwork"
	exportv1 "github.com/mapwright/mapwright/plugins/proto/mapwright/export/v1"
	"github.com/mapwright/mapwright/plugins/proto/wire"
)

// jobReader reads a job from the wire, a layer at a time.
type jobReader struct {
	stream grpc.BidiStreamingServer[exportv1.ExportRequest, exportv1.ExportResponse]
	layers int   // how many come
	read   int   // how many came
	end    error // what Next gives from now on; io.EOF after the commit
}

// begin reads the header and the boards.
func (r *jobReader) begin() (*Job, *exportv1.Header, error) {
	req, err := r.stream.Recv()
	if err != nil {
		return nil, nil, err
	}
	header := req.GetHeader()
	if header == nil {
		return nil, nil, errors.New("the host sent a job without a header")
	}
	if header.GetBoardCount() == 0 || header.GetLayerCount() == 0 {
		return nil, nil, errors.New("the host sent a job without a board or a layer")
	}
	machine, err := decodeMachine(header.GetMachine())
	if err != nil {
		return nil, nil, err
	}
	var boards wire.BoardJoiner
	for boards.Complete() < int(header.GetBoardCount()) {
		if req, err = r.stream.Recv(); err != nil {
			return nil, nil, fmt.Errorf("reading the boards: %w", err)
		}
		if req.GetBoard() == nil {
			return nil, nil, errors.New("the host sent fewer boards than it said")
		}
		if err := boards.Add(req.GetBoard()); err != nil {
			return nil, nil, err
		}
	}
	r.layers = int(header.GetLayerCount())
	return &Job{
		Title: header.GetTitle(), Attribution: header.GetAttribution(), Machine: machine,
		Boards: boards.Boards(), LayerCount: r.layers, Next: r.next,
	}, header, nil
}

// next is the job's Next. After an error it gives that error again.
func (r *jobReader) next() (*artwork.Layer, error) {
	if r.end != nil {
		return nil, r.end
	}
	if r.read == r.layers {
		r.end = r.commit()
		return nil, r.end
	}
	layer, err := r.layer()
	if err != nil {
		r.end = fmt.Errorf("reading layer %d of %d: %w", r.read+1, r.layers, err)
		return nil, r.end
	}
	r.read++
	return layer, nil
}

func (r *jobReader) layer() (*artwork.Layer, error) {
	req, err := r.stream.Recv()
	if err != nil {
		return nil, err
	}
	if req.GetLayerBegin() == nil {
		return nil, errors.New("the host sent fewer layers than it said")
	}
	joiner, err := wire.BeginLayer(req.GetLayerBegin())
	if err != nil {
		return nil, err
	}
	for {
		if req, err = r.stream.Recv(); err != nil {
			return nil, err
		}
		switch step := req.GetStep().(type) {
		case *exportv1.ExportRequest_LayerChunk:
			if err := joiner.Add(step.LayerChunk); err != nil {
				return nil, err
			}
		case *exportv1.ExportRequest_LayerEnd:
			return joiner.End(step.LayerEnd)
		default:
			return nil, errors.New("the host sent a layer without an end")
		}
	}
}

// commit reads the end of the job and returns io.EOF if it is one.
func (r *jobReader) commit() error {
	req, err := r.stream.Recv()
	switch {
	case errors.Is(err, io.EOF):
		return io.ErrUnexpectedEOF
	case err != nil:
		return err
	case req.GetCommit() == nil:
		return errors.New("the host sent more layers than it said")
	}
	return io.EOF
}

// finished tells whether the format has read all layers; it reads the commit
// of a format that counted them.
func (r *jobReader) finished() error {
	if r.read < r.layers && r.end == nil {
		return fmt.Errorf("the format wrote its files after %d of %d layers", r.read, r.layers)
	}
	if _, err := r.next(); !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

func decodeMachine(m *exportv1.Machine) (Machine, error) {
	out := Machine{
		ID: m.GetId(), Name: m.GetName(), BedWidth: m.GetBedWidthMm(), BedHeight: m.GetBedHeightMm(),
		MaterialID: m.GetMaterialId(), MaterialThickness: m.GetMaterialThicknessMm(), Kerf: m.GetKerfMm(),
	}
	for _, s := range m.GetSettings() {
		operation, err := wire.DecodeOperation(s.GetOperation())
		if err != nil {
			return Machine{}, fmt.Errorf("machine %q: %w", m.GetName(), err)
		}
		out.Settings = append(out.Settings, MachineSetting{
			Operation: operation, Setting: s.GetSetting(), Power: s.GetPowerPercent(),
			Speed: s.GetSpeedMmPerS(), Passes: int(s.GetPasses()), Interval: s.GetIntervalMm(),
		})
	}
	return out, nil
}
