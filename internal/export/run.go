package export

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/mapwright/mapwright/internal/credits"
	"github.com/mapwright/mapwright/internal/durable"
)

// run is one run of a plan.
type run struct {
	*Exporter
	plan    *Plan
	lock    *durable.Lock
	rec     *record
	staging staging
	result  Result
	told    teller
}

// Run holds the credits of a plan, makes its files and puts them in place. A
// job that fails takes nothing and stops no other; its reason stands in the
// result. The error of Run itself says that nothing at all was begun, among
// others credits.ErrNotEnough; then nothing is held.
//
// When ctx ends, the job at work and those that follow are taken back.
func (e *Exporter) Run(ctx context.Context, p *Plan, progress func(Progress)) (Result, error) {
	if progress == nil {
		progress = func(Progress) {}
	}
	r := &run{Exporter: e, plan: p, told: teller{progress, len(p.jobs)}}
	if err := r.begin(ctx); err != nil {
		return Result{}, errors.Join(err, r.abandon())
	}
	for i := range p.jobs {
		r.told.held(i, r.result.Jobs[i], p.jobs[i].progress(0, 0))
	}
	for i := range p.jobs {
		r.job(ctx, i)
	}
	r.result.Leftover = r.end()
	return r.result, nil
}

// begin makes the record and the staging folder and holds the credits.
func (r *run) begin(ctx context.Context) error {
	id, err := r.newRun()
	if err != nil {
		return err
	}
	out, err := filepath.Abs(r.plan.request.Out)
	if err != nil {
		return err
	}
	if r.lock, err = lockNewRun(ctx, r.runs, id); err != nil {
		return fmt.Errorf("locking the export: %w", err)
	}
	r.rec = r.newRecord(id, out)
	if err := r.rec.save(r.runs); err != nil {
		return err
	}
	r.Step(StepIntent)
	if r.staging, err = createStaging(r.rec.Staging); err != nil {
		return &DestinationError{Folder: out, Err: err}
	}
	r.Step(StepStaging)
	charges, err := r.Purse.Hold(ctx, id, r.plan.items)
	if err != nil {
		return err
	}
	r.Step(StepHeld)
	r.result.Run = id
	r.enter(charges)
	if err := r.rec.save(r.runs); err != nil {
		return errors.Join(err, r.Purse.Void(context.WithoutCancel(ctx), chargeIDs(charges)))
	}
	r.Step(StepCharged)
	return nil
}

// enter notes the charges, which come in the order of the plan's items.
func (r *run) enter(charges []credits.Charge) {
	for i := range r.rec.Jobs {
		job := &r.rec.Jobs[i]
		res := Job{Format: job.Format, State: Pending}
		for _, name := range job.Layers {
			c := charges[0]
			charges = charges[1:]
			job.Charges = append(job.Charges, c.ID)
			res.Layers = append(res.Layers, Layer{Name: name, Charge: string(c.ID), Credits: c.Amount, State: Pending})
		}
		r.result.Jobs = append(r.result.Jobs, res)
	}
}

// abandon removes the traces of a run that held nothing.
func (r *run) abandon() error {
	if r.lock == nil {
		return nil
	}
	var err error
	if r.staging.dir != "" {
		err = os.RemoveAll(r.staging.dir)
	}
	if r.rec != nil {
		err = errors.Join(err, removeRecord(r.runs, r.rec.Run))
	}
	return errors.Join(err, r.lock.Remove())
}

// job runs job i to its end, whichever that is. What happens after the files
// are staged no longer heeds ctx: it is quick, and half of it is worse.
func (r *run) job(ctx context.Context, i int) {
	planned, rec, res := r.plan.jobs[i], &r.rec.Jobs[i], &r.result.Jobs[i]
	done := planned.progress(0, 0)
	defer func() { r.told.ended(i, *res, done) }()
	durable := context.WithoutCancel(ctx)
	files, err := r.make(ctx, i, planned, res, func(p made) {
		done = p
		r.told.stands(i, *res, done)
	})
	if err != nil {
		r.takeBack(durable, i, err, ctx.Err())
		return
	}
	r.Step(StepWritten)
	rec.Files, rec.Staged = files, true
	if err := r.rec.save(r.runs); err != nil {
		rec.Staged = false
		r.takeBack(durable, i, err, nil)
		return
	}
	r.Step(StepStaged)
	if err := r.Purse.Post(durable, rec.Charges); err != nil {
		r.unposted(durable, i, fmt.Errorf("the credits could not be booked: %w", err))
		return
	}
	r.Step(StepPosted)
	r.bill(durable, i)
	done = planned.progress(len(planned.calls), 0)
	r.told.stands(i, *res, done)
	r.putInPlace(i)
}

// make lets the plugin write the files of a job into the staging folder.
func (r *run) make(ctx context.Context, i int, planned plannedJob, res *Job, tell func(made)) (files []stagedFile, err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, r.staging.discard(files))
			files = nil
		}
	}()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	blame := func(err error) error {
		return &PluginError{planned.plugin.Manifest.ID, r.rec.Jobs[i].Layers, err}
	}
	session, err := r.Plugins.Start(ctx, planned.plugin)
	if err != nil {
		return nil, blame(err)
	}
	defer func() {
		if closeErr := session.Close(); closeErr != nil && err == nil {
			err = blame(closeErr)
		}
	}()
	r.Step(StepStarted)
	if wrong, err := session.Validate(ctx, planned.options); err != nil {
		return nil, blame(err)
	} else if len(wrong) > 0 {
		return nil, &OptionError{planned.plugin.Manifest.ID, wrong}
	}
	targets := names{}
	for n, c := range planned.calls {
		s := &sink{
			staging: r.staging, prefix: stagedPrefix(i) + strconv.Itoa(n), stem: c.stem, ext: planned.plugin.Manifest.Extension, names: targets,
			progress: func(done float64) { tell(planned.progress(n, done)) },
		}
		if n == 0 {
			s.first = func() { r.Step(StepWriting) }
		}
		tell(planned.progress(n, 0))
		finished, err := r.call(ctx, session, planned, c, s)
		files = append(files, finished...)
		if err != nil {
			if s.failed() != nil {
				return files, &DestinationError{Folder: r.rec.Out, Err: s.failed()}
			}
			return files, blame(err)
		}
		res.Diagnostics = append(res.Diagnostics, s.diagnostics...)
	}
	return files, nil
}

// call runs the plugin once. On an error nothing of the call is left.
func (r *run) call(ctx context.Context, session Session, planned plannedJob, c call, s *sink) ([]stagedFile, error) {
	if _, err := session.Export(ctx, lowered(ctx, r.plan.request, planned, c), s); err != nil {
		return nil, errors.Join(err, s.abandon())
	}
	files, err := s.finish()
	if err != nil {
		return nil, errors.Join(err, s.abandon())
	}
	return files, nil
}

// takeBack voids the charges of a job whose files were not made, which is
// because of why, or because the maker cancelled the run.
func (r *run) takeBack(ctx context.Context, i int, why, cancelled error) {
	rec, res := &r.rec.Jobs[i], &r.result.Jobs[i]
	res.Err, res.State = why, Failed
	if cancelled != nil { // what the plugin says when it is ended is of no interest
		res.Err, res.State = fmt.Errorf("stopped; no credit was spent on %s: %w", rec.Format, cancelled), Cancelled
	}
	if err := r.staging.discard(rec.Files); err != nil {
		res.Err = errors.Join(res.Err, err)
	}
	rec.Files = nil
	r.Step(StepDiscarded)
	if err := r.Purse.Void(ctx, rec.Charges); err != nil {
		res.State = Pending
		res.Err = errors.Join(res.Err, fmt.Errorf("its credits are given back at the next start: %w", err))
		return
	}
	r.Step(StepVoided)
	for n := range res.Layers {
		res.Layers[n].State = res.State
	}
	r.close(i)
}

// unposted ends a job whose post failed. Nobody knows whether the post became
// durable, so the files go only once the charges are surely given back;
// otherwise recovery decides by the journal.
func (r *run) unposted(ctx context.Context, i int, why error) {
	if err := r.Purse.Void(ctx, r.rec.Jobs[i].Charges); err != nil {
		r.result.Jobs[i].Err = errors.Join(why, fmt.Errorf("the next start finishes the export or gives its credits back: %w", err))
		return
	}
	r.takeBack(ctx, i, why, nil)
}

// bill tells what the charges of a job came to. A post may cost less than its
// hold: another run may have paid for the same work meanwhile.
func (r *run) bill(ctx context.Context, i int) {
	charges, err := r.Purse.Pending(ctx, r.rec.Run)
	if err != nil {
		charges = nil // the result keeps what was held, the journal is right
	}
	for n := range r.result.Jobs[i].Layers {
		layer := &r.result.Jobs[i].Layers[n]
		for _, c := range charges {
			if string(c.ID) == layer.Charge {
				layer.Credits = c.Amount
			}
		}
		layer.State = Done
		if layer.Credits == 0 {
			layer.State = Free
		}
	}
}

// putInPlace moves the paid files of a job out of the staging folder.
func (r *run) putInPlace(i int) {
	rec, res := &r.rec.Jobs[i], &r.result.Jobs[i]
	res.State = Free
	for _, l := range res.Layers {
		if l.State == Done {
			res.State = Done
		}
	}
	files, err := r.placeAll(r.staging, r.rec.Out, rec.Files)
	res.Files = files
	if err != nil {
		res.Kept = r.staging.dir
		res.Err = &DestinationError{Folder: r.rec.Out, Kept: r.staging.dir, Err: err}
		return
	}
	r.close(i)
}

// close notes that a job is over. If that fails, the next recovery finds out
// the same from the journal and the files.
func (r *run) close(i int) {
	r.rec.Jobs[i].Finished = true
	if err := r.rec.save(r.runs); err != nil {
		r.rec.Jobs[i].Finished = false
		r.result.Jobs[i].Err = errors.Join(r.result.Jobs[i].Err, err)
		return
	}
	r.Step(StepFinished)
}

// end clears up; with a job that is not over the record stays for recovery.
func (r *run) end() error {
	for _, j := range r.rec.Jobs {
		if !j.Finished {
			return r.lock.Close()
		}
	}
	if err := os.RemoveAll(r.staging.dir); err != nil {
		return errors.Join(fmt.Errorf("clearing up %s: %w", r.staging.dir, err), r.lock.Close())
	}
	r.Step(StepCleared)
	return errors.Join(removeRecord(r.runs, r.rec.Run), r.lock.Remove())
}

func chargeIDs(charges []credits.Charge) []credits.ChargeID {
	ids := make([]credits.ChargeID, len(charges))
	for i, c := range charges {
		ids[i] = c.ID
	}
	return ids
}
