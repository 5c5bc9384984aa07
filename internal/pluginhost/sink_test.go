package pluginhost_test

import (
	"bytes"
	"io"
	"sync"

	"github.com/mapwright/mapwright/plugins/sdk"
)

// memory is a sink that keeps files in memory.
type memory struct {
	mu          sync.Mutex
	files       []*memoryFile
	progress    []float64
	diagnostics []sdk.Diagnostic
	onDiagnose  func(sdk.Diagnostic)
	onProgress  func(float64)
}

type memoryFile struct {
	bytes.Buffer
	suffix string
	closed int
}

func (f *memoryFile) Close() error { f.closed++; return nil }

func (m *memory) Create(suffix string) (io.WriteCloser, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := &memoryFile{suffix: suffix}
	m.files = append(m.files, f)
	return f, nil
}

func (m *memory) Progress(done float64) {
	m.mu.Lock()
	m.progress = append(m.progress, done)
	m.mu.Unlock()
	if m.onProgress != nil {
		m.onProgress(done)
	}
}

func (m *memory) Diagnose(d sdk.Diagnostic) {
	m.mu.Lock()
	m.diagnostics = append(m.diagnostics, d)
	m.mu.Unlock()
	if m.onDiagnose != nil {
		m.onDiagnose(d)
	}
}
