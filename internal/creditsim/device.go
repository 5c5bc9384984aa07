package creditsim

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/credits"
)

// device is a computer with two programs on one purse.
type device struct {
	world    *world
	number   int
	memory   *credits.Memory // nil where the purse is a file
	path     string          // of that file
	random   *rand.ChaCha8
	keyring  *keyring // nil where it has none
	skew     time.Duration
	programs [2]*program
	// touched is a device that was copied or set back: the server may freeze it.
	touched bool
	// older is a copy of the purse that it may be set back to.
	older *purseCopy

	journal *journal
	// promised is what a program was told of a charge: it stays so.
	promised map[credits.ChargeID]credits.State
	runs     []*run // that are not over
}

// purseCopy is the data of a purse.
type purseCopy struct {
	memory *credits.Memory
	file   []byte
}

// program is one process.
type program struct {
	*credits.Manager
	device *device
	number int
	log    credits.Log
	gone   bool
	busy   bool // in the middle of a commit
}

func (p *program) String() string { return fmt.Sprintf("program %d/%d", p.device.number, p.number) }

// dead tells whether the program crashed meanwhile.
func (p *program) dead() bool { return p.gone }

// crash ends the program. What it was told of its runs is forgotten with it.
func (p *program) crash() {
	p.gone = true
	for _, r := range p.device.runs {
		if r.owner == p {
			r.owner = nil
		}
	}
}

func (w *world) addDevice() {
	d := &device{
		world: w, number: len(w.devices), random: rand.NewChaCha8([32]byte{2, byte(len(w.devices))}),
		journal: newJournal(), promised: map[credits.ChargeID]credits.State{},
	}
	if w.sqlite {
		d.path = filepath.Join(w.dir, fmt.Sprintf("purse%d.db", d.number))
	} else {
		d.memory = &credits.Memory{}
	}
	if w.rand.IntN(3) == 0 {
		d.keyring = &keyring{world: w}
	}
	w.devices = append(w.devices, d)
	d.start(0)
	d.start(1)
	d.older = d.copy()
}

// start opens a program, anew where it crashed.
func (d *device) start(number int) {
	w := d.world
	for w.err == nil {
		if old := d.programs[number]; old != nil {
			old.crash()
			if d.memory == nil {
				w.stop(old.log.Close())
			}
		}
		p := &program{device: d, number: number}
		d.programs[number] = p
		if !d.openLog(p) {
			return
		}
		c := credits.Config{
			Log: &disk{Log: p.log, program: p}, Service: &network{world: w, program: p},
			Clock: func() time.Time { return w.now.Add(d.skew) }, Rand: d.random, Name: fmt.Sprint("computer ", d.number),
		}
		if d.keyring != nil {
			c.Heads = d.keyring
		}
		var err error
		if p.Manager, err = credits.Open(w.ctx, c); err == nil {
			return
		}
		if !isFault(err) {
			w.broken("%s does not start: %w", p, err)
			return
		}
	}
}

func (d *device) openLog(p *program) bool {
	if p.log = credits.Log(d.memory); d.memory != nil {
		return true
	}
	var err error
	p.log, err = credits.OpenSQLite(d.world.ctx, d.path)
	d.world.stop(err)
	return err == nil
}

func (d *device) close() error {
	if d.memory != nil {
		return nil
	}
	var errs []error
	for _, p := range d.programs {
		if p != nil && p.log != nil {
			errs = append(errs, p.log.Close())
		}
	}
	return errors.Join(errs...)
}

// copy is the purse as it is now.
func (d *device) copy() *purseCopy {
	if d.memory != nil {
		return &purseCopy{memory: d.memory.Clone()}
	}
	file, err := os.ReadFile(d.path)
	d.world.stop(err)
	return &purseCopy{file: file}
}

// put replaces the data of the purse and starts both programs on it.
func (d *device) put(c *purseCopy) {
	w := d.world
	for i, p := range d.programs {
		if p == nil {
			continue
		}
		p.crash()
		if d.memory == nil {
			w.stop(p.log.Close())
		}
		d.programs[i] = nil
	}
	if c.memory != nil {
		d.memory = c.memory.Clone()
	} else {
		w.stop(os.WriteFile(d.path, c.file, 0o600))
	}
	d.touched, d.journal = true, newJournal()
	d.promised, d.runs = map[credits.ChargeID]credits.State{}, nil
	d.start(0)
	d.start(1)
}

// clone is another computer with a copy of all the data of this one.
func (d *device) clone() {
	w := d.world
	e := &device{
		world: w, number: len(w.devices), random: rand.NewChaCha8([32]byte{2, byte(len(w.devices))}), skew: d.skew,
		older: d.copy(),
	}
	if d.memory == nil {
		e.path = filepath.Join(w.dir, fmt.Sprintf("purse%d.db", e.number))
	}
	w.devices = append(w.devices, e)
	e.put(e.older)
	d.touched = true
	maps.Copy(e.promised, d.promised)
	for _, r := range d.runs {
		e.runs = append(e.runs, r.copy())
	}
}

// frozen tells whether the purse may not be used any more.
func (d *device) frozen(p *program) bool {
	b, err := p.Balance(d.world.ctx)
	if err != nil {
		d.world.broken("the balance of %s: %w", p, err)
	}
	return b.Frozen != ""
}

// isFault tells whether an error is one that the simulator made.
func isFault(err error) bool {
	return errors.Is(err, errPower) || errors.Is(err, errDisk) || errors.Is(err, errKeyring) || errors.Is(err, credits.ErrUnreachable)
}

// allowed records whatever an honest maker should never be told, and tells
// whether the call succeeded.
func (p *program) allowed(what string, err error) bool {
	if err == nil {
		return true
	}
	w := p.device.world
	w.note("  %s", err)
	if isFault(err) {
		return false
	}
	if e, ok := errors.AsType[*credits.LeaseNeededError](err); ok {
		if e.Reason == credits.SignIn || e.Reason == credits.PurseFrozen && !p.device.touched {
			w.broken("%s of %s: %w", what, p, err)
		}
		return false
	}
	if _, ok := errors.AsType[*credits.NotEnoughError](err); !ok {
		w.broken("%s of %s: %w (code %q)", what, p, err, account.CodeOf(err))
	}
	return false
}
