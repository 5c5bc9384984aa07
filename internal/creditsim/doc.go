// Package creditsim simulates an account: the purses of its devices
// (internal/credits) and its server (internal/accountserver), the production
// code of both, in a world where everything goes wrong. It is for tests only;
// no part of the product imports it.
//
// What is simulated, all of it drawn from one seed:
//
//   - Several devices, on each two programs that share one log, in memory or in
//     SQLite. A program acts in the middle of a commit or a request of another.
//   - Exports as internal/export makes them: a run holds all its layers at
//     once, then posts or voids job by job, or stops between and is recovered
//     by what the purse says of its run.
//   - A network that loses requests and answers, doubles, delays and reorders.
//   - Crashes of a program before and after each commit of its log, a disk that
//     refuses, a keyring that refuses, a server that loses its last commit.
//   - Clocks of devices that are set by up to a year in both directions; hours
//     and months that pass, so that leases end and allowances come.
//   - Plan changes, reserves, credits given back.
//   - In some worlds, the server's database restored from an older copy, while
//     its witness of the epoch stays.
//   - In some worlds, devices that are cloned, or set back to older data.
//
// After every step the invariants of the purse are compared with models that
// share no code with either side: a world reads the journals and sums up
// what arrived at the server by itself. At the end everything is healed, both
// sides have to agree charge by charge, and what each device says that it can
// spend is spent.
//
// A failure tells its seed and the fewest steps that still fail. The same seed
// does the same again:
//
//	go test ./internal/creditsim -run TestSeeds -creditsim.seed=N
//
// More seeds than the 20 seconds of a normal test: -creditsim.for=10m, or
// MAPWRIGHT_SOAK=1 for many thousands.
package creditsim
