-- Who may use an account: its email and password, and the sessions that a
-- person opened with them. Neither a password nor a token stands here, only
-- what they can be checked with.

-- +goose Up

CREATE TABLE credential (
  account      TEXT    PRIMARY KEY REFERENCES account (id),
  email        TEXT    NOT NULL UNIQUE,  -- in its normal form
  password     TEXT    NOT NULL,         -- hashed by argon2id, as $argon2id$v=19$m=…,t=…,p=…$salt$hash
  confirmed_at INTEGER NOT NULL,         -- when the email was confirmed, or 0
  created_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
  id         BLOB    PRIMARY KEY,        -- public: what a session is ended by
  token      BLOB    NOT NULL UNIQUE,    -- the SHA-256 of the token
  account    TEXT    NOT NULL REFERENCES account (id),
  kind       TEXT    NOT NULL CHECK (kind IN ('api', 'web')),
  created_at INTEGER NOT NULL,
  used_at    INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_account ON session (account);
