package export

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/credits"
	"github.com/mapwright/mapwright/internal/durable"
)

// Recovery tells what became of runs that died.
type Recovery struct {
	// Files of runs that are over now: put in their place now, or there already.
	Files  []File
	Made   int // jobs that are in place after all
	Voided int // jobs that were not made and cost nothing
	// Notes are sentences for the maker about what could not be finished.
	Notes []string
}

// Recover finishes or takes back the runs whose process is gone. Runs of
// living processes are left alone. It may be called at any time, by several
// processes at once, and again after it was interrupted.
func (e *Exporter) Recover(ctx context.Context) (Recovery, error) {
	var out Recovery
	entries, err := os.ReadDir(e.runs)
	if err != nil {
		return out, fmt.Errorf("looking for unfinished exports: %w", err)
	}
	var all error
	for _, entry := range entries {
		if err := ctx.Err(); err != nil {
			return out, errors.Join(all, err)
		}
		id, isLock := strings.CutSuffix(entry.Name(), ".lock")
		if !isLock {
			continue
		}
		if err := e.recoverRun(ctx, id, &out); err != nil && !errors.Is(err, durable.ErrLocked) {
			all = errors.Join(all, fmt.Errorf("finishing export %s: %w", id, err))
		}
	}
	return out, errors.Join(all, e.voidOrphans(ctx, &out))
}

// voidOrphans gives back credits that are held for runs of which nothing else
// is left, as after somebody emptied the folder of runs. A run makes its lock
// before it holds and removes it after its charges ended, so a charge that is
// still held once the lock is gone belongs to nobody.
func (e *Exporter) voidOrphans(ctx context.Context, out *Recovery) error {
	running, err := e.Purse.Running(ctx)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, c := range running {
		if seen[c.Run] {
			continue
		}
		seen[c.Run] = true
		if _, err := os.Lstat(lockPath(e.runs, c.Run)); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		charges, err := e.Purse.Pending(ctx, c.Run)
		if err != nil {
			return err
		}
		held := slices.DeleteFunc(charges, func(c credits.Charge) bool { return c.State != credits.Held })
		if len(held) == 0 {
			continue
		}
		if err := e.Purse.Void(ctx, chargeIDs(held)); err != nil {
			return err
		}
		out.Voided++
	}
	return nil
}

// recoverRun settles one run, if nobody else has it.
func (e *Exporter) recoverRun(ctx context.Context, id string, out *Recovery) error {
	lock, err := lockDeadRun(ctx, e.runs, id)
	if err != nil {
		return err
	}
	rec, err := loadRecord(e.runs, id)
	if errors.Is(err, fs.ErrNotExist) {
		return errors.Join(removeRecord(e.runs, id), lock.Remove()) // it ended, or had not begun
	}
	if err != nil {
		return errors.Join(err, lock.Close())
	}
	r := &recovering{Exporter: e, rec: rec, staging: staging{rec.Staging}, out: out}
	over, err := r.settle(ctx)
	if err != nil || !over {
		return errors.Join(err, lock.Close())
	}
	if rec.Staging == stagingPath(rec.Out, id) {
		if err := os.RemoveAll(rec.Staging); err != nil {
			return errors.Join(err, lock.Close())
		}
		e.Step(StepCleared)
	}
	return errors.Join(removeRecord(e.runs, id), lock.Remove())
}

// recovering is a dead run in the hands of this process.
type recovering struct {
	*Exporter
	rec     *record
	staging staging
	out     *Recovery
}

// settle brings each job to its end and tells whether all are.
func (r *recovering) settle(ctx context.Context) (bool, error) {
	charges, err := r.Purse.Pending(ctx, r.rec.Run)
	if err != nil {
		return false, err
	}
	over := true
	var before []File // of jobs that ended before the run died
	for i := range r.rec.Jobs {
		job := &r.rec.Jobs[i]
		if job.Finished {
			before = append(before, r.there(job, chargesOf(job, charges))...)
			continue
		}
		jobOver, err := r.settleJob(ctx, i, chargesOf(job, charges))
		if err != nil {
			return false, err
		}
		over = over && jobOver
	}
	if over { // else they would be told again with each try
		r.out.Files = append(before, r.out.Files...)
	}
	return over, nil
}

// there finds the files of a job that ended well before the run died. Who asks
// what became of an export asks for those too.
func (r *recovering) there(job *jobRecord, charges []credits.Charge) (found []File) {
	if _, posted := states(charges); !posted {
		return nil // taken back
	}
	for _, f := range job.Files {
		path, err := findPlaced(r.rec.Out, f)
		if err == nil && path != "" { // else somebody has moved it since, or it can't be read: nothing hangs on it
			found = append(found, File{Path: path, Bytes: f.Bytes, SHA256: f.SHA256})
		}
	}
	return found
}

// chargesOf picks a job's charges by their recipes, which are known before the
// charges are.
func chargesOf(job *jobRecord, all []credits.Charge) []credits.Charge {
	var out []credits.Charge
	for _, c := range all {
		if slices.Contains(job.Recipes, hex.EncodeToString(c.Recipe[:])) {
			out = append(out, c)
		}
	}
	return out
}

func (r *recovering) settleJob(ctx context.Context, i int, charges []credits.Charge) (bool, error) {
	job := &r.rec.Jobs[i]
	held, posted := states(charges)
	switch {
	case posted:
		return r.finish(job)
	case held && job.Staged && r.complete(job):
		if err := r.Purse.Post(ctx, chargeIDs(charges)); err != nil {
			return false, err
		}
		r.Step(StepPosted)
		return r.finish(job)
	case held:
		if err := r.discard(i); err != nil {
			return false, err
		}
		if err := r.Purse.Void(ctx, chargeIDs(charges)); err != nil {
			return false, err
		}
		r.Step(StepVoided)
		r.out.Voided++
	}
	return true, nil // voided before, or never held
}

// states tells whether a job's charges are held or posted. They change state
// together, so one stands for all.
func states(charges []credits.Charge) (held, posted bool) {
	for _, c := range charges {
		held = held || c.State == credits.Held
		posted = posted || c.State == credits.Posted
	}
	return held, posted
}

// complete tells whether every file of a staged job is there as it was written.
func (r *recovering) complete(job *jobRecord) bool {
	for _, f := range job.Files {
		sum, err := fileSum(filepath.Join(r.staging.dir, f.Staged))
		if err != nil || sum != f.SHA256 {
			return false
		}
	}
	return len(job.Files) > 0
}

// finish puts what is paid for in its place.
func (r *recovering) finish(job *jobRecord) (bool, error) {
	var waiting []stagedFile
	for _, f := range job.Files {
		_, err := os.Lstat(filepath.Join(r.staging.dir, f.Staged))
		if err == nil {
			waiting = append(waiting, f)
			continue
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return false, err
		}
		path, err := findPlaced(r.rec.Out, f)
		if err != nil {
			return false, err
		}
		if path == "" {
			r.note("%s, which is paid for, is no longer in %s: export it again, which is free", f.Target, r.rec.Out)
			continue
		}
		r.out.Files = append(r.out.Files, File{Path: path, Bytes: f.Bytes, SHA256: f.SHA256})
	}
	placed, err := r.placeAll(r.staging, r.rec.Out, waiting)
	r.out.Files = append(r.out.Files, placed...)
	if err != nil { // no failure of the recovery: the files wait for the folder
		r.note("%v", &DestinationError{Folder: r.rec.Out, Kept: r.staging.dir, Err: err})
		return false, nil //nolint:nilerr // told in the note
	}
	r.out.Made++
	job.Finished = true
	return true, r.rec.save(r.runs)
}

// discard deletes whatever job i has written so far.
func (r *recovering) discard(i int) error {
	entries, err := os.ReadDir(r.staging.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var all error
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), stagedPrefix(i)) {
			all = errors.Join(all, os.Remove(filepath.Join(r.staging.dir, e.Name())))
		}
	}
	return all
}

func (r *recovering) note(format string, args ...any) {
	r.out.Notes = append(r.out.Notes, fmt.Sprintf(format, args...))
}
