package pluginhost_test

import (
	"testing"

	"github.com/mapwright/mapwright/internal/pluginhost/testplugins"
)

func TestAGoodPluginWritesItsFile(t *testing.T) {
	t.Parallel()
	s := start(t, testplugins.Good)
	sink := &memory{}
	result, err := s.Export(t.Context(), job(3), sink)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Files) != 1 || len(sink.files) != 1 || sink.files[0].closed != 1 {
		t.Fatalf("result %+v, sink %+v", result, sink)
	}
	if got, want := sink.files[0].String(), "hello\n3 layers, 12 points\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
