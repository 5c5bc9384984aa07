-- Accounts, their devices, leases and charges. Moments are milliseconds since
-- 1970-01-01 UTC; ids, keys and hashes are raw bytes. No title of a map, no
-- place and no name of a layer has a column here.

-- +goose Up

-- How far this database has come, in the eyes of its witness. The place is
-- where it was then: one that was put back from a backup is somewhere else.
CREATE TABLE mark (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  epoch   TEXT    NOT NULL,
  changes BIGINT  NOT NULL,
  place   TEXT    NOT NULL           -- server/database/table/timeline
);
INSERT INTO mark VALUES (1, '', 0, '');

CREATE TABLE account (
  id              TEXT    PRIMARY KEY,
  plan            TEXT    NOT NULL,
  plan_revision   BIGINT  NOT NULL,  -- plan changes so far
  opened_at       BIGINT  NOT NULL,
  forgiven_at     BIGINT  NOT NULL,  -- the last forgiven loss of a device, or 0
  forgiven_device BYTEA   NOT NULL   -- that device, or zeros
);

-- What was granted: once a plan and period.
CREATE TABLE allowance (
  account       TEXT    NOT NULL REFERENCES account (id),
  plan          TEXT    NOT NULL,
  period        TEXT    NOT NULL,    -- 2026-03 or once
  credits       BIGINT  NOT NULL,
  file_revision BIGINT  NOT NULL,    -- of the plan in the plan file
  granted_at    BIGINT  NOT NULL,
  PRIMARY KEY (account, plan, period)
);

CREATE TABLE device (
  key         BYTEA   PRIMARY KEY,
  account     TEXT    NOT NULL REFERENCES account (id),
  name        TEXT    NOT NULL,
  enrolled_at BIGINT  NOT NULL,
  frozen_at   BIGINT  NOT NULL       -- of what froze it, or 0
);
CREATE INDEX device_account ON device (account);

CREATE TABLE lease (
  id           BYTEA   PRIMARY KEY,
  account      TEXT    NOT NULL REFERENCES account (id),
  device       BYTEA   NOT NULL REFERENCES device (key),
  nonce        BYTEA   NOT NULL,
  tag          TEXT    NOT NULL,     -- begins the numbers of its charges
  document     BYTEA   NOT NULL,     -- the signed lease in its stored form
  issued_at    BIGINT  NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('open', 'returned', 'frozen', 'expired')),
  returned_seq BIGINT  NOT NULL,     -- the last voucher known when it was given back
  acked_seq    BIGINT  NOT NULL,
  acked_hash   BYTEA   NOT NULL
);
CREATE INDEX lease_account ON lease (account, state);
CREATE INDEX lease_tag ON lease (account, tag);
CREATE INDEX lease_nonce ON lease (device, nonce);

-- Every voucher ever accepted. A forked lease has two of one number.
CREATE TABLE voucher (
  lease       BYTEA   NOT NULL REFERENCES lease (id),
  seq         BIGINT  NOT NULL,
  hash        BYTEA   NOT NULL,
  document    BYTEA   NOT NULL,      -- the signed voucher in its stored form
  accepted_at BIGINT  NOT NULL,
  PRIMARY KEY (lease, seq, hash)
);

-- What the vouchers made of a charge. A fork can have two charges of one
-- number; the hash of the hold tells them apart.
CREATE TABLE charge (
  lease   BYTEA   NOT NULL REFERENCES lease (id),
  hold    BYTEA   NOT NULL,
  account TEXT    NOT NULL REFERENCES account (id),
  id      TEXT    NOT NULL,
  recipe  BYTEA   NOT NULL,
  repeats TEXT    NOT NULL,
  plugin  TEXT    NOT NULL,
  credits BIGINT  NOT NULL,
  state   TEXT    NOT NULL CHECK (state IN ('held', 'posted', 'voided', 'refunded')),
  turn    BIGINT  NOT NULL,          -- counts the changes of the account's charges
  at      BIGINT  NOT NULL,          -- when the last of them arrived
  PRIMARY KEY (lease, hold)
);
CREATE INDEX charge_held ON charge (lease) WHERE state = 'held';
CREATE INDEX charge_id ON charge (account, id);
CREATE UNIQUE INDEX charge_turn ON charge (account, turn);

-- +goose StatementBegin
CREATE FUNCTION voucher_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'an accepted voucher is never changed or removed'; END $$;
-- +goose StatementEnd
CREATE TRIGGER voucher_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON voucher EXECUTE FUNCTION voucher_stays();
