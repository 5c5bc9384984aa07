package sdk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	exportv1 "github.com/mapwright/mapwright/plugins/proto/mapwright/export/v1"
	"github.com/mapwright/mapwright/plugins/proto/wire"
)

const maxError = 4 << 10 // bytes of an error's text

// server answers the host's calls.
type server struct {
	exportv1.UnimplementedExportServiceServer
	format Format
	// turn is held by the one export that runs: a cancelled one must have
	// ended before the next begins.
	turn chan struct{}
}

func newServer(f Format) *server { return &server{format: f, turn: make(chan struct{}, 1)} }

// Describe implements exportv1.ExportServiceServer.
func (s *server) Describe(context.Context, *exportv1.DescribeRequest) (res *exportv1.DescribeResponse, err error) {
	defer recoverTo(&err)
	manifest, err := ManifestFile{Manifest: s.format.Manifest(), Protocol: wire.Version1}.JSON()
	if err != nil {
		return nil, failure(codes.Internal, err)
	}
	return &exportv1.DescribeResponse{ManifestJson: manifest}, nil
}

// Validate implements exportv1.ExportServiceServer.
func (s *server) Validate(_ context.Context, req *exportv1.ValidateRequest) (res *exportv1.ValidateResponse, err error) {
	defer recoverTo(&err)
	_, wrong, err := s.options(req.GetOptionsJson())
	if err != nil {
		return nil, failure(codes.InvalidArgument, err)
	}
	res = &exportv1.ValidateResponse{}
	for _, w := range wrong {
		res.Errors = append(res.Errors, &exportv1.FieldError{Field: clean(w.Field), Message: clean(w.Message)})
	}
	return res, nil
}

// options gives the options with their defaults and what the schema, or else
// the format, has against them.
func (s *server) options(data []byte) (Options, []FieldError, error) {
	given := Options{}
	if len(data) > 0 {
		if err := decodeJSON(data, &given); err != nil {
			return nil, nil, fmt.Errorf("the options are no JSON object: %w", err)
		}
	}
	options, wrong := CompleteOptions(s.format.Manifest(), given)
	if len(wrong) > 0 {
		return nil, wrong, nil
	}
	return options, s.format.Validate(options), nil
}

// Export implements exportv1.ExportServiceServer.
func (s *server) Export(stream grpc.BidiStreamingServer[exportv1.ExportRequest, exportv1.ExportResponse]) (err error) {
	ctx := stream.Context()
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return status.FromContextError(ctx.Err()).Err()
	}
	defer recoverTo(&err)

	in := &jobReader{stream: stream}
	job, header, err := in.begin()
	if err != nil {
		return failure(codes.InvalidArgument, err)
	}
	options, wrong, err := s.options(header.GetOptionsJson())
	if err != nil {
		return failure(codes.InvalidArgument, err)
	}
	if len(wrong) > 0 {
		return failure(codes.InvalidArgument, fmt.Errorf("option %s: %s", wrong[0].Field, wrong[0].Message))
	}
	job.Options = options

	out := newOutput(ctx, stream)
	err = s.format.Export(ctx, job, out)
	if ctx.Err() != nil {
		return status.FromContextError(ctx.Err()).Err()
	}
	if err == nil {
		err = in.finished()
	}
	if err == nil {
		err = out.done()
	}
	if err != nil {
		return failure(codes.Aborted, err)
	}
	return nil
}

// recoverTo makes an error of a format's panic; the stack goes to stderr, whose
// last lines the host keeps.
func recoverTo(err *error) {
	if p := recover(); p != nil {
		fmt.Fprintf(os.Stderr, "panic: %v\n%s", p, debug.Stack())
		*err = failure(codes.Internal, fmt.Errorf("the plugin panicked: %v", p))
	}
}

// failure gives an error its code for the wire, unless it came from there.
func failure(code codes.Code, err error) error {
	var from interface{ GRPCStatus() *status.Status }
	if errors.As(err, &from) {
		return err
	}
	text := clean(err.Error())
	if len(text) > maxError {
		text = clean(text[:maxError]) + " …"
	}
	return status.Error(code, text)
}

// clean makes text valid UTF-8, without which gRPC refuses a message.
func clean(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }
