-- Accounts, their devices, leases and charges. Moments are milliseconds since
-- 1970-01-01 UTC; ids, keys and hashes are raw bytes. No title of a map, no
-- place and no name of a layer has a column here.

-- +goose Up

-- How far this database has come, in the eyes of its witness.
CREATE TABLE mark (
  only    INTEGER PRIMARY KEY CHECK (only = 1),
  epoch   TEXT    NOT NULL,
  changes INTEGER NOT NULL
) STRICT;

CREATE TABLE account (
  id              TEXT    PRIMARY KEY,
  plan            TEXT    NOT NULL,
  plan_revision   INTEGER NOT NULL,  -- plan changes so far
  opened_at       INTEGER NOT NULL,
  forgiven_at     INTEGER NOT NULL,  -- the last forgiven loss of a device, or 0
  forgiven_device BLOB    NOT NULL   -- that device, or zeros
) STRICT;

-- What was granted: once a plan and period.
CREATE TABLE allowance (
  account       TEXT    NOT NULL REFERENCES account (id),
  plan          TEXT    NOT NULL,
  period        TEXT    NOT NULL,    -- 2026-03 or once
  credits       INTEGER NOT NULL,
  file_revision INTEGER NOT NULL,    -- of the plan in the plan file
  granted_at    INTEGER NOT NULL,
  PRIMARY KEY (account, plan, period)
) STRICT;

CREATE TABLE device (
  key         BLOB    PRIMARY KEY,
  account     TEXT    NOT NULL REFERENCES account (id),
  name        TEXT    NOT NULL,
  enrolled_at INTEGER NOT NULL,
  frozen_at   INTEGER NOT NULL       -- of what froze it, or 0
) STRICT;
CREATE INDEX device_account ON device (account);

CREATE TABLE lease (
  id           BLOB    PRIMARY KEY,
  account      TEXT    NOT NULL REFERENCES account (id),
  device       BLOB    NOT NULL REFERENCES device (key),
  nonce        BLOB    NOT NULL,
  tag          TEXT    NOT NULL,     -- begins the numbers of its charges
  document     BLOB    NOT NULL,     -- the signed lease in its stored form
  issued_at    INTEGER NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('open', 'returned', 'frozen', 'expired')),
  returned_seq INTEGER NOT NULL,     -- the last voucher known when it was given back
  acked_seq    INTEGER NOT NULL,
  acked_hash   BLOB    NOT NULL
) STRICT;
CREATE INDEX lease_account ON lease (account, state);
CREATE INDEX lease_tag ON lease (account, tag);
CREATE INDEX lease_nonce ON lease (device, nonce);

-- Every voucher ever accepted. A forked lease has two of one number.
CREATE TABLE voucher (
  lease       BLOB    NOT NULL REFERENCES lease (id),
  seq         INTEGER NOT NULL,
  hash        BLOB    NOT NULL,
  document    BLOB    NOT NULL,      -- the signed voucher in its stored form
  accepted_at INTEGER NOT NULL,
  PRIMARY KEY (lease, seq, hash)
) STRICT;

-- What the vouchers made of a charge. A fork can have two charges of one
-- number; the hash of the hold tells them apart.
CREATE TABLE charge (
  lease   BLOB    NOT NULL REFERENCES lease (id),
  hold    BLOB    NOT NULL,
  account TEXT    NOT NULL REFERENCES account (id),
  id      TEXT    NOT NULL,
  recipe  BLOB    NOT NULL,
  repeats TEXT    NOT NULL,
  plugin  TEXT    NOT NULL,
  credits INTEGER NOT NULL,
  state   TEXT    NOT NULL CHECK (state IN ('held', 'posted', 'voided', 'refunded')),
  turn    INTEGER NOT NULL,          -- counts the changes of the account's charges
  at      INTEGER NOT NULL,          -- when the last of them arrived
  PRIMARY KEY (lease, hold)
) STRICT;
CREATE INDEX charge_held ON charge (lease) WHERE state = 'held';
CREATE INDEX charge_id ON charge (account, id);
CREATE UNIQUE INDEX charge_turn ON charge (account, turn);

-- +goose StatementBegin
CREATE TRIGGER voucher_stays BEFORE UPDATE ON voucher
BEGIN SELECT RAISE(ABORT, 'an accepted voucher is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER voucher_kept BEFORE DELETE ON voucher
BEGIN SELECT RAISE(ABORT, 'an accepted voucher is never removed'); END;
-- +goose StatementEnd
