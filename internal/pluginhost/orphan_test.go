package pluginhost_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/pluginhost"
	"github.com/mapwright/mapwright/internal/pluginhost/testplugins"
)

// hostEnv makes this test program a host that runs the plugin of that format,
// from the directory in hostDirEnv.
const (
	hostEnv    = "MAPWRIGHT_TEST_HOST"
	hostDirEnv = "MAPWRIGHT_TEST_HOST_DIR"
)

// beHost starts a plugin, exports with it, and says both process ids.
func beHost() {
	ctx := context.Background()
	host := pluginhost.New(pluginhost.Config{Dirs: []string{os.Getenv(hostDirEnv)}})
	p, err := host.Find(os.Getenv(hostEnv))
	if err != nil {
		panic(err)
	}
	s, err := host.Start(ctx, p)
	if err != nil {
		panic(err)
	}
	fmt.Println(s.ID())
	_, err = s.Export(ctx, job(1), &memory{})
	panic(err) // the test kills us long before
}

func TestNoPluginOutlivesAKilledHost(t *testing.T) {
	t.Parallel()
	for _, id := range []string{testplugins.Hangs, testplugins.Stubborn, testplugins.Stops, testplugins.Spins} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			host := exec.Command(self)
			host.Env = append(os.Environ(), hostEnv+"="+id, hostDirEnv+"="+pluginDir, "TMPDIR="+shortDir(t))
			host.Stderr = os.Stderr
			out, err := host.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := host.Start(); err != nil {
				t.Fatal(err)
			}
			line, err := bufio.NewReader(out).ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			plugin, err := strconv.Atoi(strings.TrimSpace(line))
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(200 * time.Millisecond) // into its Export
			if !alive(plugin) {
				t.Fatal("the plugin does not run")
			}
			if err := host.Process.Kill(); err != nil { // SIGKILL
				t.Fatal(err)
			}
			if err := host.Wait(); err == nil {
				t.Error("the host ended by itself")
			}
			gone(t, plugin)
		})
	}
}
