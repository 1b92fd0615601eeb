-- People, their sessions, and the keys of programs. Secrets are never here:
-- passwords as argon2id, tokens and keys as SHA-256.

-- +goose Up

CREATE TABLE person (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    email    TEXT    NOT NULL UNIQUE, -- case folded in Go
    name     TEXT    NOT NULL,
    password TEXT    NOT NULL,        -- PHC string
    created  INTEGER NOT NULL
) STRICT;

CREATE TABLE membership (
    workspace INTEGER NOT NULL,
    person    INTEGER NOT NULL,
    role      TEXT    NOT NULL,
    PRIMARY KEY (person, workspace)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    hash    BLOB    NOT NULL PRIMARY KEY,
    person  INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_person ON session (person, expires);

-- The one-time link by which the first owner comes in: at most one row.
CREATE TABLE setup (
    one     INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    hash    BLOB    NOT NULL,
    expires INTEGER NOT NULL
) STRICT;

CREATE TABLE api_key (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace INTEGER NOT NULL,
    name      TEXT    NOT NULL,
    scope     TEXT    NOT NULL,
    hash      BLOB    NOT NULL UNIQUE,
    created   INTEGER NOT NULL
) STRICT;

CREATE INDEX api_key_workspace ON api_key (workspace, number);
