package cli

import (
	"context"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/spf13/cobra"
)

// The exit codes, which never change their meaning.
const (
	exitDone    = 0
	exitFailed  = 1 // bad source or map file, second writer, nothing in the box …
	exitUsage   = 2 // unknown flag, key, layer, format, plan
	exitCheck   = 3 // the check found errors
	exitCredits = 4 // not enough credits
	exitSignIn  = 5 // sign-in or lease needed
	exitPlugin  = 6 // a plugin failed; the other jobs stand
)

// exitCodes maps what the workshop says to what the shell gets.
var exitCodes = map[workshop.Code]int{
	workshop.CodeFailed:    exitFailed,
	workshop.CodeUsage:     exitUsage,
	workshop.CodeCheck:     exitCheck,
	workshop.CodeCredits:   exitCredits,
	workshop.CodeSignIn:    exitSignIn,
	workshop.CodePlugin:    exitPlugin,
	workshop.CodeCancelled: exitFailed,
}

// Main runs the command line of this process and returns its exit code.
func Main(version string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	return Run(ctx, version, os.Args[1:], os.Stdout, os.Stderr)
}

// Run runs one command and returns its exit code.
func Run(ctx context.Context, version string, args []string, stdout, stderr io.Writer) int {
	c := &command{out: stdout, errs: stderr, json: slices.Contains(args, "--json")} // also for what cobra refuses
	root := c.root(version)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	asked, err := root.ExecuteContextC(ctx)
	if err == nil && c.lost != nil {
		c.printed = true // nothing more can be written there
		c.tell("mapwright: %v", c.lost)
		return exitFailed
	}
	if err == nil {
		return exitDone
	}
	if !c.started { // cobra refused flags or arguments
		err = refused(asked, err)
	}
	return c.fail(err)
}

// refused says on one line why cobra took no flag or argument, and what the
// command takes.
func refused(asked *cobra.Command, err error) error {
	why := strings.Join(strings.Fields(err.Error()), " ")
	if asked.HasSubCommands() {
		return usage("%s: see %s --help", why, asked.CommandPath())
	}
	return usage("%s: write %s, see %s --help", why, asked.UseLine(), asked.CommandPath())
}

// command is one run of the command line.
type command struct {
	out, errs             io.Writer
	json                  bool
	dataDir               string
	server                string // address of the account server
	machineID, materialID string // as given; "" is what the settings say
	started               bool   // arguments are read; what fails now is not their form
	printed               bool   // the one JSON value is out
	lost                  error  // why a part of the answer could not be written
}

func (c *command) root(version string) *cobra.Command {
	root := &cobra.Command{
		Use:   "mapwright",
		Short: "Maps for laser cutters, engravers and routers",
		Long: `Mapwright makes maps that a laser or a router can burn: pick a place, bring in
map data, arrange it in layers at a real size in mm, choose how each layer is
traced, and export layers in the formats that machines read.

An export costs credits: one for each layer in each format. Looking, editing,
checking and previewing are free, and so is the same export again.

Exit codes: 0 done, 1 failed, 2 usage, 3 the check found errors, 4 not enough
credits, 5 sign-in or lease needed, 6 a plugin failed (the other jobs stand).`,
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRun: func(*cobra.Command, []string) {
			c.started = true
		},
	}
	root.PersistentFlags().BoolVar(&c.json, "json", c.json, "print one JSON value on stdout")
	root.PersistentFlags().StringVar(&c.dataDir, "data-dir", os.Getenv("MAPWRIGHT_DATA"),
		"folder for credits, account and plugins (MAPWRIGHT_DATA)")
	root.PersistentFlags().StringVar(&c.server, "account", os.Getenv("MAPWRIGHT_ACCOUNT"),
		"address of an account server, https://…, or built-in; none is the one that the window signed in to, else the one built in (MAPWRIGHT_ACCOUNT)")
	root.AddCommand(c.newMap(), c.importData(), c.layer(), c.check(), c.render(), c.export(), c.credits(), c.account(), c.plugin(), c.machine(), c.material())
	root.CompletionOptions.HiddenDefaultCmd = true
	return root
}

// workshop opens the workshop with the global flags.
func (c *command) workshop() (*workshop.Workshop, error) { return workshop.Open(c.config()) }

func (c *command) config() workshop.Config {
	config := workshop.Config{DataDir: c.dataDir, Account: c.server, Machine: c.machineID, Material: c.materialID}
	if dir := os.Getenv("MAPWRIGHT_PLUGINS"); dir != "" {
		config.PluginDirs = []string{dir}
	}
	return config
}

// group makes a command that only holds others; alone it is a usage error.
func group(use, short string, commands ...*cobra.Command) *cobra.Command {
	g := &cobra.Command{
		Use: use, Short: short, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usage("say what %s is to do, see %s --help", cmd.Name(), cmd.CommandPath())
		},
	}
	g.AddCommand(commands...)
	return g
}
