// Package credits is the purse of this computer: what may be spent without
// asking anybody, what was spent, and how that is settled with the account
// server.
//
// A charge pays for one layer in one format. It is held before a plugin
// starts, then posted before the file gets its name, or voided when nothing
// was made. Each step is a voucher, signed by the device and chained to the
// one before, and is on disk when the call that writes it returns.
//
// Everything that is known about money is in a [Log]: an append-only journal
// of leases and vouchers, and a small state that is replaced as a whole. The
// balance is the journal read again by one set of rules (purse.go), never a
// number that is kept beside it. Several processes share a Log: each reads
// what the others wrote, decides, and commits only if nothing was written
// meanwhile.
//
// The package knows no plugin, no map and no file. It decides no plan: the
// server does. The network is account.Service, time and randomness are passed
// in, so that a simulator runs exactly this code.
package credits
