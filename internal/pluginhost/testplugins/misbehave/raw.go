package main

import (
	"context"
	"crypto/sha256"
	"os"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"github.com/mapwright/mapwright/internal/pluginhost/testplugins"
	exportv1 "github.com/mapwright/mapwright/plugins/proto/mapwright/export/v1"
	"github.com/mapwright/mapwright/plugins/proto/wire"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// raw serves the contract without package sdk, which would not let it break it.
type raw struct {
	plugin.NetRPCUnsupportedPlugin
	exportv1.UnimplementedExportServiceServer
	format format
}

var _ plugin.GRPCPlugin = (*raw)(nil)

// breaksContract tells whether a plugin needs raw.
func breaksContract(id string) bool {
	switch id {
	case testplugins.WrongHash, testplugins.WrongSize, testplugins.WrongOffset, testplugins.BigPiece, testplugins.NoDone,
		testplugins.LongSuffix:
		return true
	}
	return false
}

func serveRaw(f format) {
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig:  wire.Handshake(),
		VersionedPlugins: map[int]plugin.PluginSet{wire.Version1: {wire.PluginName: &raw{format: f}}},
		GRPCServer:       plugin.DefaultGRPCServer,
	})
	os.Exit(0)
}

// GRPCServer implements plugin.GRPCPlugin.
func (r *raw) GRPCServer(_ *plugin.GRPCBroker, s *grpc.Server) error {
	exportv1.RegisterExportServiceServer(s, r)
	return nil
}

// GRPCClient implements plugin.GRPCPlugin.
func (r *raw) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, nil
}

// Describe implements exportv1.ExportServiceServer.
func (r *raw) Describe(context.Context, *exportv1.DescribeRequest) (*exportv1.DescribeResponse, error) {
	manifest, err := sdk.ManifestFile{Manifest: r.format.Manifest(), Protocol: wire.Version1}.JSON()
	return &exportv1.DescribeResponse{ManifestJson: manifest}, err
}

// Export implements exportv1.ExportServiceServer.
func (r *raw) Export(stream grpc.BidiStreamingServer[exportv1.ExportRequest, exportv1.ExportResponse]) error {
	data := []byte("some bytes of a file")
	size, offset, suffix := uint64(len(data)), uint64(0), ""
	sum := sha256.Sum256(data)
	switch r.format.id {
	case testplugins.WrongHash:
		sum[3]++
	case testplugins.WrongSize:
		size++
	case testplugins.WrongOffset:
		offset = 1
	case testplugins.BigPiece:
		data = make([]byte, 512<<10)
	case testplugins.LongSuffix:
		suffix = string(make([]byte, 64<<10))
	}
	events := []*exportv1.ExportResponse{
		{Event: &exportv1.ExportResponse_FileBegin{FileBegin: &exportv1.FileBegin{Suffix: suffix}}},
		{Event: &exportv1.ExportResponse_FileChunk{FileChunk: &exportv1.FileChunk{OffsetBytes: offset, Data: data}}},
		{Event: &exportv1.ExportResponse_FileEnd{FileEnd: &exportv1.FileEnd{}}},
	}
	if r.format.id != testplugins.NoDone {
		events = append(events, &exportv1.ExportResponse{Event: &exportv1.ExportResponse_Done{Done: &exportv1.Done{
			Files: []*exportv1.FileSummary{{SizeBytes: size, Sha256: sum[:]}},
		}}})
	}
	for _, e := range events {
		if err := stream.Send(e); err != nil {
			return err
		}
	}
	return nil
}
