package creditsim

import (
	"context"
	"errors"

	"github.com/mapwright/mapwright/internal/account"
)

// errLost is a call without an answer.
var errLost = errors.New("the connection broke")

// network is the way of one program to the server. What a Service has beside
// these calls, a purse does not use.
type network struct {
	account.Service
	world   *world
	program *program
}

// Enrol implements account.Service.
func (n *network) Enrol(ctx context.Context, r account.EnrolRequest) (account.EnrolReply, error) {
	return travel(n, "enrol", func() (account.EnrolReply, error) {
		return n.world.session().Enrol(ctx, r)
	})
}

// Status implements account.Service.
func (n *network) Status(ctx context.Context) (account.Status, error) {
	return travel(n, "status", func() (account.Status, error) {
		return n.world.session().Status(ctx)
	})
}

// Sync implements account.Service.
func (n *network) Sync(ctx context.Context, r account.SyncRequest) (account.SyncReply, error) {
	return travel(n, "sync", func() (account.SyncReply, error) {
		reply, err := n.world.session().Sync(ctx, r)
		n.world.books.arrived(n.world.now, &r, &reply, err)
		return reply, err
	})
}

// travel lets a call meet its fate. A delayed request arrives at some later
// call, whosever it is; the answer to it reaches nobody.
func travel[R any](n *network, what string, call func() (R, error)) (R, error) {
	var none R
	w := n.world
	w.deliver()
	lost := func(how string) (R, error) {
		w.note("%s of %s: %s", what, n.program, how)
		return none, errLost
	}
	if w.chance(12) {
		return lost("request lost")
	}
	if w.chance(16) {
		w.late = append(w.late, func() { _, _ = call() })
		return lost("request delayed")
	}
	reply, err := call()
	if errors.Is(err, errServer) {
		return none, err
	}
	if w.chance(16) {
		w.note("%s of %s: arrives twice", what, n.program)
		again, failed := call()
		if w.rand.IntN(2) == 0 {
			reply, err = again, failed
		}
	}
	if w.chance(12) {
		return lost("answer lost")
	}
	if w.chance(10) {
		w.inside(func() {
			w.note("before the answer to %s of %s arrives:", what, n.program)
			w.act()
		})
	}
	if n.program.dead() {
		return lost("the program is gone when the answer comes")
	}
	return reply, err
}

// deliver lets some of the delayed requests arrive, in any order.
func (w *world) deliver() {
	if len(w.late) == 0 || !w.calm && w.rand.IntN(3) > 0 {
		return
	}
	late := w.late
	w.late = nil
	w.rand.Shuffle(len(late), func(i, j int) { late[i], late[j] = late[j], late[i] })
	w.note("%d late requests arrive", len(late))
	for _, arrive := range late {
		arrive()
	}
}
