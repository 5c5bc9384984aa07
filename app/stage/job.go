package stage

import (
	"context"
	"slices"
)

// Job is work that takes long enough to be shown: its name, how far it is, and
// a way to stop it.
type Job struct {
	stage    *Stage
	name     string
	fraction float64
	stop     context.CancelFunc
}

// Begin shows a job; stop is called when the person cancels it, and may be nil.
func (s *Stage) Begin(name string, stop context.CancelFunc) *Job {
	j := &Job{stage: s, name: name, stop: stop}
	s.jobs = append(s.jobs, j)
	s.tell(JobsChanged)
	return j
}

// Jobs lists what is being worked on.
func (s *Stage) Jobs() []*Job { return s.jobs }

// Name says what is being done.
func (j *Job) Name() string { return j.name }

// Fraction is how far it is, 0 to 1.
func (j *Job) Fraction() float64 { return j.fraction }

// CanStop tells whether the person may cancel it.
func (j *Job) CanStop() bool { return j.stop != nil }

// Stop cancels it; it ends on its own time.
func (j *Job) Stop() {
	if j.stop != nil {
		j.stop()
	}
}

// Set tells how far the job is.
func (j *Job) Set(fraction float64) {
	if j.fraction != fraction {
		j.fraction = fraction
		j.stage.tell(JobsChanged)
	}
}

// End takes the job away.
func (j *Job) End() {
	j.stage.jobs = slices.DeleteFunc(j.stage.jobs, func(k *Job) bool { return k == j })
	j.stage.tell(JobsChanged)
}
