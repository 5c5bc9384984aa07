package sdk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	exportv1 "github.com/mapwright/mapwright/plugins/proto/mapwright/export/v1"
	"github.com/mapwright/mapwright/plugins/proto/wire"
)

// Serve is the main function of a plugin: it serves the format until the host
// ends it, and does not return. With the argument "manifest" it prints
// manifest.json instead; started by hand it says what the program is.
func Serve(f Format) {
	var err error
	switch started := os.Getenv(wire.CookieKey) == wire.CookieValue; {
	case len(os.Args) == 2 && os.Args[1] == "manifest":
		err = printManifest(f, os.Stdout)
	case !started:
		m := f.Manifest()
		err = fmt.Errorf("this is %s %s, a format plugin for Mapwright, and does nothing on its own.\n"+
			"Mapwright starts it when a map is exported as %s. Its manifest.json is printed by:\n  %s manifest",
			m.Name, m.Version, m.Name, os.Args[0])
	default:
		err = serve(f)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// serve returns when the host says so.
func serve(f Format) error {
	if err := f.Manifest().Check(); err != nil {
		return err
	}
	go endWithParent(os.Getppid())
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: wire.Handshake(),
		VersionedPlugins: map[int]plugin.PluginSet{
			wire.Version1: {wire.PluginName: &servedPlugin{format: f}},
		},
		GRPCServer: func(options []grpc.ServerOption) *grpc.Server {
			return grpc.NewServer(append(options,
				grpc.MaxRecvMsgSize(wire.MaxMessage), grpc.MaxSendMsgSize(wire.MaxMessage))...)
		},
		Logger: hclog.New(&hclog.LoggerOptions{Level: hclog.Error, Output: os.Stderr}),
	})
	return nil
}

// endWithParent ends the program when its host has died, for systems that do
// not see to it.
func endWithParent(parent int) {
	for os.Getppid() == parent {
		time.Sleep(time.Second)
	}
	os.Exit(1)
}

// servedPlugin hangs the format into go-plugin's server.
type servedPlugin struct {
	plugin.NetRPCUnsupportedPlugin
	format Format
}

// GRPCServer implements plugin.GRPCPlugin.
func (p *servedPlugin) GRPCServer(_ *plugin.GRPCBroker, s *grpc.Server) error {
	exportv1.RegisterExportServiceServer(s, newServer(p.format))
	return nil
}

// GRPCClient implements plugin.GRPCPlugin; the host's end is package client.
func (p *servedPlugin) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, errors.New("a plugin has no client end")
}

// printManifest writes manifest.json with the hash of the running program.
func printManifest(f Format, to io.Writer) error {
	sum, err := ownHash()
	if err != nil {
		return fmt.Errorf("can't read the program to hash it: %w", err)
	}
	out, err := ManifestFile{
		Manifest: f.Manifest(), Protocol: wire.Version1,
		Files: map[string]string{ProgramName: sum},
	}.JSON()
	if err != nil {
		return err
	}
	_, err = to.Write(out)
	return err
}

func ownHash() (sum string, err error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	program, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, program.Close()) }()
	h := sha256.New()
	if _, err := io.Copy(h, program); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
