-- The books of the credits: a double-entry ledger that only grows. Amounts are
-- signed: what a book gives is below 0, what it takes above, and every
-- transaction adds up to 0. So "granted" and "suspense", which only give, stand
-- at or below 0, and all other books at or above.

-- +goose Up

CREATE TABLE ledger_transaction (
  id        BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  account   TEXT    NOT NULL REFERENCES account (id),
  kind      TEXT    NOT NULL,
  at        BIGINT  NOT NULL,
  charge    TEXT    NOT NULL,        -- the number of the charge, or empty
  unlimited BIGINT  NOT NULL         -- credits used on an unlimited lease
);
CREATE INDEX ledger_transaction_account ON ledger_transaction (account);

CREATE TABLE ledger_entry (
  entry_of BIGINT  NOT NULL REFERENCES ledger_transaction (id),
  line     BIGINT  NOT NULL,
  account  TEXT    NOT NULL REFERENCES account (id),
  book     TEXT    NOT NULL CHECK (book IN ('granted', 'available', 'escrow', 'posted', 'expired', 'forfeited', 'suspense')),
  lease    BYTEA   NOT NULL,         -- of escrow; empty in the other books
  credits  BIGINT  NOT NULL CHECK (credits <> 0),
  PRIMARY KEY (entry_of, line)
);

-- The sums of the entries, kept by the database itself. "unlimited" is no book:
-- it is counted beside.
CREATE TABLE balance (
  account TEXT    NOT NULL REFERENCES account (id),
  book    TEXT    NOT NULL,
  lease   BYTEA   NOT NULL,
  credits BIGINT  NOT NULL,
  PRIMARY KEY (account, book, lease),
  CONSTRAINT no_book_on_the_wrong_side CHECK (
    CASE WHEN book IN ('granted', 'suspense') THEN credits <= 0 ELSE credits >= 0 END)
);

-- +goose StatementBegin
CREATE FUNCTION ledger_entry_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO balance (account, book, lease, credits) VALUES (NEW.account, NEW.book, NEW.lease, 0)
    ON CONFLICT DO NOTHING;
  UPDATE balance SET credits = credits + NEW.credits
    WHERE account = NEW.account AND book = NEW.book AND lease = NEW.lease;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER ledger_entry_counts AFTER INSERT ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_entry_counts();

-- +goose StatementBegin
CREATE FUNCTION ledger_unlimited_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO balance (account, book, lease, credits) VALUES (NEW.account, 'unlimited', '', 0)
    ON CONFLICT DO NOTHING;
  UPDATE balance SET credits = credits + NEW.unlimited
    WHERE account = NEW.account AND book = 'unlimited';
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER ledger_unlimited_counts AFTER INSERT ON ledger_transaction
  FOR EACH ROW WHEN (NEW.unlimited <> 0) EXECUTE FUNCTION ledger_unlimited_counts();

-- +goose StatementBegin
CREATE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger only grows: correct it with a new transaction'; END $$;
-- +goose StatementEnd
CREATE TRIGGER ledger_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry EXECUTE FUNCTION ledger_only_grows();
CREATE TRIGGER ledger_transaction_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transaction EXECUTE FUNCTION ledger_only_grows();
