package accountserver

import (
	"fmt"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

const leaseColumns = `document, state, returned_seq, acked_seq, acked_hash`

func readLease(scan func(...any) error) (Lease, error) {
	var l Lease
	var document []byte
	if err := scan(&document, &l.State, &l.ReturnedSeq, &l.Acked.Seq, fixed(l.Acked.Hash[:])); err != nil {
		return l, err
	}
	if err := l.UnmarshalBinary(document); err != nil {
		return l, &DamagedError{Err: fmt.Errorf("a lease in it: %w", err)}
	}
	l.Acked.Lease = l.ID
	return l, nil
}

func (t *sqlTx) Lease(id account.LeaseID) (Lease, bool, error) {
	return one(t, readLease, `SELECT `+leaseColumns+` FROM lease WHERE id = $1`, id[:])
}

func (t *sqlTx) LeaseOfNonce(device account.DeviceKey, nonce account.Nonce) (Lease, bool, error) {
	return one(t, readLease, `SELECT `+leaseColumns+` FROM lease WHERE device = $1 AND nonce = $2 ORDER BY issued_at, id LIMIT 1`, device[:], nonce[:])
}

func (t *sqlTx) LastLease(device account.DeviceKey) (Lease, bool, error) {
	return one(t, readLease, `SELECT `+leaseColumns+` FROM lease WHERE device = $1 ORDER BY issued_at DESC, id DESC LIMIT 1`, device[:])
}

func (t *sqlTx) Leases(id account.AccountID) ([]Lease, error) {
	return all(t, readLease, `SELECT `+leaseColumns+` FROM lease WHERE account = $1 AND state <> 'expired' ORDER BY issued_at, id`, id)
}

func (t *sqlTx) LatestRevision(id account.AccountID) (int64, error) {
	leases, err := all(t, readLease, `SELECT `+leaseColumns+` FROM lease WHERE account = $1`, id)
	latest := int64(0)
	for _, l := range leases {
		latest = max(latest, l.PlanRevision)
	}
	return latest, err
}

func (t *sqlTx) TagTaken(id account.AccountID, tag string) (bool, error) {
	taken := 0
	return t.get(`SELECT 1 FROM lease WHERE account = $1 AND tag = $2 LIMIT 1`, []any{id, tag}, &taken)
}

func (t *sqlTx) AddLease(l Lease) error {
	document, err := l.MarshalBinary()
	if err != nil {
		return err
	}
	_, err = t.exec(`INSERT INTO lease (id, account, device, nonce, tag, document, issued_at, state, returned_seq, acked_seq, acked_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		l.ID[:], l.Account, l.DeviceKey[:], l.Nonce[:], l.ID.Tag(), document, l.IssuedAt, l.State, l.ReturnedSeq, l.Acked.Seq, l.Acked.Hash[:])
	return err
}

func (t *sqlTx) SetLease(l Lease) error {
	_, err := t.exec(`UPDATE lease SET state = $1, returned_seq = $2, acked_seq = $3, acked_hash = $4 WHERE id = $5`,
		l.State, l.ReturnedSeq, l.Acked.Seq, l.Acked.Hash[:], l.ID[:])
	return err
}

func (t *sqlTx) Voucher(lease account.LeaseID, seq int64, hash account.Hash) (v account.Voucher, ok bool, err error) {
	var document []byte
	ok, err = t.get(`SELECT document FROM voucher WHERE lease = $1 AND seq = $2 AND hash = $3`, []any{lease[:], seq, hash[:]}, &document)
	if !ok || err != nil {
		return v, false, err
	}
	if err := v.UnmarshalBinary(document); err != nil {
		return v, false, &DamagedError{Err: fmt.Errorf("a voucher in it: %w", err)}
	}
	return v, true, nil
}

func (t *sqlTx) NumberTaken(lease account.LeaseID, seq int64) (bool, error) {
	taken := 0
	return t.get(`SELECT 1 FROM voucher WHERE lease = $1 AND seq = $2 LIMIT 1`, []any{lease[:], seq}, &taken)
}

func (t *sqlTx) AddVoucher(v account.Voucher, hash account.Hash, at time.Time) error {
	document, err := v.MarshalBinary()
	if err != nil {
		return err
	}
	_, err = t.exec(`INSERT INTO voucher (lease, seq, hash, document, accepted_at) VALUES ($1, $2, $3, $4, $5)`,
		v.Lease[:], v.Seq, hash[:], document, at.UnixMilli())
	return err
}
