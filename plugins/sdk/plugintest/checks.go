package plugintest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/client"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// Checks lists the checks: of the description, the options, each awkward job,
// and of what goes wrong on the way.
func Checks() []Check {
	checks := []Check{
		{"describes itself as its manifest does", describes},
		{"accepts its own defaults", acceptsDefaults},
		{"refuses bad options by name", refusesBadOptions},
		{"writes the same bytes at another time", sameBytesLater},
		{"answers a cancel and works on", answersCancel},
		{"survives a job that ends early", survivesBrokenJob},
	}
	for _, a := range awkwardJobs() {
		checks = append(checks, Check{"writes " + a.name, func(ctx context.Context, s Subject) error {
			return sameBytes(ctx, s, a.build, 0)
		}})
	}
	return checks
}

// deadlines are what makers' plugins have, with room for a busy computer.
var deadlines = client.Deadlines{Start: 15 * time.Second, Describe: 5 * time.Second, Silence: 10 * time.Second}

// with runs a function with the plugin.
func (s Subject) with(ctx context.Context, do func(*client.Client) error) error {
	c, err := client.Start(ctx, client.Config{
		Format: s.Manifest.ID, Launcher: s.Launcher, Deadlines: deadlines, Limits: s.Manifest.Limits,
	})
	if err != nil {
		return err
	}
	return errors.Join(do(c), c.Close())
}

func describes(ctx context.Context, s Subject) error {
	return s.with(ctx, func(c *client.Client) error {
		for range 2 {
			said, err := c.Describe(ctx)
			if err != nil {
				return err
			}
			if !said.Equal(s.Manifest) {
				return fmt.Errorf("it says %+v, its manifest %+v", said, s.Manifest)
			}
		}
		return nil
	})
}

func acceptsDefaults(ctx context.Context, s Subject) error {
	return s.with(ctx, func(c *client.Client) error {
		wrong, err := c.Validate(ctx, sampleOptions(s.Manifest))
		if err != nil {
			return err
		}
		if len(wrong) > 0 {
			return fmt.Errorf("it has against its own defaults: %v", wrong)
		}
		return nil
	})
}

func refusesBadOptions(ctx context.Context, s Subject) error {
	return s.with(ctx, func(c *client.Client) error {
		for key, value := range badOptions(s.Manifest) {
			options := sampleOptions(s.Manifest)
			options[key] = value
			wrong, err := c.Validate(ctx, options)
			if err != nil {
				return fmt.Errorf("asked whether %s = %v is right: %w", key, value, err)
			}
			if len(wrong) == 0 || wrong[0].Field != key || wrong[0].Message == "" {
				return fmt.Errorf("it has against %s = %v: %v", key, value, wrong)
			}
			job := square(s.Manifest)
			job.Options = options
			_, err = c.Export(ctx, job, &sink{})
			var refused client.PluginError
			if !errors.As(err, &refused) {
				return fmt.Errorf("exporting with %s = %v gave %w", key, value, err)
			}
		}
		_, err := export(ctx, c, square(s.Manifest))
		return err
	})
}

// sameBytesLater crosses a second, the step of most time stamps.
func sameBytesLater(ctx context.Context, s Subject) error {
	return sameBytes(ctx, s, square, 1100*time.Millisecond)
}

// sameBytes exports a job by two processes, the second one twice.
func sameBytes(ctx context.Context, s Subject, build func(sdk.Manifest) *sdk.Job, later time.Duration) error {
	var first, second, third *sink
	err := s.with(ctx, func(c *client.Client) (err error) {
		first, err = export(ctx, c, build(s.Manifest))
		return err
	})
	if err != nil {
		return err
	}
	time.Sleep(later)
	err = s.with(ctx, func(c *client.Client) (err error) {
		if second, err = export(ctx, c, build(s.Manifest)); err != nil {
			return err
		}
		third, err = export(ctx, c, build(s.Manifest))
		return err
	})
	if err != nil {
		return err
	}
	if err := first.same(second); err != nil {
		return err
	}
	return first.same(third)
}

// export exports a job and checks what one can without knowing the format.
func export(ctx context.Context, c *client.Client, job *sdk.Job) (*sink, error) {
	out := &sink{}
	result, err := c.Export(ctx, job, out)
	if err != nil {
		return nil, err
	}
	for _, f := range result.Files {
		if f.Size == 0 {
			return nil, fmt.Errorf("file %q is empty", f.Suffix)
		}
	}
	return out, nil
}

func answersCancel(ctx context.Context, s Subject) error {
	return s.with(ctx, func(c *client.Client) error {
		before, err := export(ctx, c, square(s.Manifest))
		if err != nil {
			return err
		}
		within, cancel := context.WithCancel(ctx)
		defer cancel()
		// A million layers, of which one comes that is larger than what the wire
		// buffers: when the second is asked for, the format is at work.
		job := longPath(s.Manifest)
		job.LayerCount = 1 << 20
		first := true
		layer, err := job.Next()
		if err != nil {
			return err
		}
		job.Next = func() (*artwork.Layer, error) {
			if !first {
				cancel()
				return nil, context.Canceled
			}
			first = false
			return layer, nil
		}
		if _, err := c.Export(within, job, &sink{}); !errors.Is(err, context.Canceled) {
			return fmt.Errorf("a cancelled export gave %w", err)
		}
		after, err := export(ctx, c, square(s.Manifest))
		if err != nil {
			return fmt.Errorf("after a cancel: %w", err)
		}
		return before.same(after)
	})
}

func survivesBrokenJob(ctx context.Context, s Subject) error {
	return s.with(ctx, func(c *client.Client) error {
		job := square(s.Manifest)
		broken := errors.New("the layer can't be traced")
		job.Next = func() (*artwork.Layer, error) { return nil, broken }
		if _, err := c.Export(ctx, job, &sink{}); !errors.Is(err, broken) {
			return fmt.Errorf("a job that ends early gave %w", err)
		}
		_, err := export(ctx, c, square(s.Manifest))
		return err
	})
}

// sink keeps files in memory.
type sink struct{ files []*file }

type file struct {
	bytes.Buffer
	suffix string
}

// Close implements io.Closer.
func (f *file) Close() error { return nil }

// Create implements client.Sink.
func (s *sink) Create(suffix string) (io.WriteCloser, error) {
	f := &file{suffix: suffix}
	s.files = append(s.files, f)
	return f, nil
}

// Progress implements client.Sink.
func (s *sink) Progress(float64) {}

// Diagnose implements client.Sink.
func (s *sink) Diagnose(sdk.Diagnostic) {}

// same tells how two results of the same job differ.
func (s *sink) same(other *sink) error {
	if len(s.files) != len(other.files) {
		return fmt.Errorf("the same job gave %d files, then %d", len(s.files), len(other.files))
	}
	for i, f := range s.files {
		o := other.files[i]
		if f.suffix != o.suffix {
			return fmt.Errorf("the same job gave file %q, then %q", f.suffix, o.suffix)
		}
		a, b := f.Bytes(), o.Bytes()
		if bytes.Equal(a, b) {
			continue
		}
		at := 0
		for at < min(len(a), len(b)) && a[at] == b[at] {
			at++
		}
		return fmt.Errorf("the same job gave other bytes in file %q, from byte %d on", f.suffix, at)
	}
	return nil
}
