package pluginhost

import (
	"context"
	"errors"

	"github.com/mapwright/mapwright/plugins/client"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// Sink takes what a plugin writes; see package client.
type Sink = client.Sink

// Result is what a plugin has written; see package client.
type Result = client.Result

// Session is a plugin that runs.
type Session struct {
	client   *client.Client
	manifest sdk.Manifest
}

// Start starts a plugin whose program has the hash that its manifest says, and
// which says the same of itself as its manifest does. The error is the
// plugin's BrokenError, or StartError, SilentError, ContractError, or ctx's. Whoever
// starts must Close.
func (h *Host) Start(ctx context.Context, p Installed) (*Session, error) {
	if p.Err != nil {
		return nil, p.Err
	}
	program, err := p.openProgram(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, BrokenError{Dir: p.Dir, Err: err}
	}
	c, err := client.Start(ctx, client.Config{
		Format: p.Manifest.ID, Launcher: h.config.Launcher(program), Deadlines: h.deadlines(p),
		Limits: p.Manifest.Limits, TempDir: h.config.TempDir, Logger: h.config.Logger,
	})
	if closeErr := program.Close(); err != nil || closeErr != nil {
		if c != nil {
			closeErr = errors.Join(closeErr, c.Close())
		}
		return nil, errors.Join(err, closeErr)
	}
	s := &Session{client: c, manifest: p.Manifest}
	if err := s.describe(ctx); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return s, nil
}

func (h *Host) deadlines(p Installed) Deadlines {
	if p.Development {
		return Deadlines{}
	}
	return h.config.Deadlines
}

// describe checks that the plugin is what its manifest says.
func (s *Session) describe(ctx context.Context) error {
	said, err := s.client.Describe(ctx)
	if err != nil {
		return err
	}
	if !said.Equal(s.manifest) {
		return ContractError{Format: s.manifest.ID, Message: "it says of itself other than its manifest.json"}
	}
	return nil
}

// Manifest is what the plugin is.
func (s *Session) Manifest() sdk.Manifest { return s.manifest }

// Validate asks what is wrong with options; what they lack has its default.
// The schema is checked here, so that a plugin that does not is no worse.
func (s *Session) Validate(ctx context.Context, options sdk.Options) ([]sdk.FieldError, error) {
	complete, wrong := sdk.CompleteOptions(s.manifest, options)
	if len(wrong) > 0 {
		return wrong, nil
	}
	return s.client.Validate(ctx, complete)
}

// Export has the plugin write the files of a job; see client.Client.Export.
func (s *Session) Export(ctx context.Context, job *sdk.Job, sink Sink) (Result, error) {
	return s.client.Export(ctx, job, sink)
}

// Said gives the last lines that the plugin printed.
func (s *Session) Said() string { return s.client.Said() }

// ID is the plugin's process id.
func (s *Session) ID() string { return s.client.ID() }

// Close ends the plugin at once. It may be called more than once.
func (s *Session) Close() error { return s.client.Close() }
