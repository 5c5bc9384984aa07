-- The books of the credits: a double-entry ledger that only grows. Amounts are
-- signed: what a book gives is below 0, what it takes above, and every
-- transaction adds up to 0. So "granted" and "suspense", which only give, stand
-- at or below 0, and all other books at or above.

-- +goose Up

CREATE TABLE ledger_transaction (
  id        INTEGER PRIMARY KEY,
  account   TEXT    NOT NULL REFERENCES account (id),
  kind      TEXT    NOT NULL,
  at        INTEGER NOT NULL,
  charge    TEXT    NOT NULL,        -- the number of the charge, or empty
  unlimited INTEGER NOT NULL         -- credits used on an unlimited lease
) STRICT;
CREATE INDEX ledger_transaction_account ON ledger_transaction (account);

CREATE TABLE ledger_entry (
  entry_of INTEGER NOT NULL REFERENCES ledger_transaction (id),
  line     INTEGER NOT NULL,
  account  TEXT    NOT NULL REFERENCES account (id),
  book     TEXT    NOT NULL CHECK (book IN ('granted', 'available', 'escrow', 'posted', 'expired', 'forfeited', 'suspense')),
  lease    BLOB    NOT NULL,         -- of escrow; empty in the other books
  credits  INTEGER NOT NULL CHECK (credits <> 0),
  PRIMARY KEY (entry_of, line)
) STRICT;

-- The sums of the entries, kept by the database itself. "unlimited" is no book:
-- it is counted beside.
CREATE TABLE balance (
  account TEXT    NOT NULL REFERENCES account (id),
  book    TEXT    NOT NULL,
  lease   BLOB    NOT NULL,
  credits INTEGER NOT NULL,
  PRIMARY KEY (account, book, lease),
  CONSTRAINT no_book_on_the_wrong_side CHECK (
    CASE WHEN book IN ('granted', 'suspense') THEN credits <= 0 ELSE credits >= 0 END)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER ledger_entry_counts AFTER INSERT ON ledger_entry
BEGIN
  INSERT INTO balance (account, book, lease, credits) VALUES (NEW.account, NEW.book, NEW.lease, 0)
    ON CONFLICT DO NOTHING;
  UPDATE balance SET credits = credits + NEW.credits
    WHERE account = NEW.account AND book = NEW.book AND lease = NEW.lease;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_unlimited_counts AFTER INSERT ON ledger_transaction WHEN NEW.unlimited <> 0
BEGIN
  INSERT INTO balance (account, book, lease, credits) VALUES (NEW.account, 'unlimited', x'', 0)
    ON CONFLICT DO NOTHING;
  UPDATE balance SET credits = credits + NEW.unlimited
    WHERE account = NEW.account AND book = 'unlimited';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_stays BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: correct it with a new transaction'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_kept BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: correct it with a new transaction'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_transaction_stays BEFORE UPDATE ON ledger_transaction
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: correct it with a new transaction'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_transaction_kept BEFORE DELETE ON ledger_transaction
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: correct it with a new transaction'); END;
-- +goose StatementEnd
