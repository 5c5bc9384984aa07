// Package account is the contract between a device and the account server:
// what a lease, a voucher and a receipt say, how their bytes are hashed and
// signed, how a charge is numbered, and which questions the server answers.
//
// Both sides import it, so that there is one definition of every byte. It
// holds no state, keeps no balance and decides no price: spending is
// internal/credits, accounts and ledger are internal/accountserver.
//
// The life of a credit, as the two sides see it:
//
//   - The server moves credits of the account into escrow and signs a [Lease]
//     of them for one device.
//   - The device spends from the lease by [Voucher]: HOLD, then POST or VOID.
//     The vouchers of a lease are a chain: they are numbered 1, 2, 3 … and
//     each carries the hash of the one before; the first carries the hash of
//     the lease itself. The device signs each.
//   - Sync sends vouchers and brings back, for each lease, a signed [Receipt]:
//     up to here they have arrived.
package account
