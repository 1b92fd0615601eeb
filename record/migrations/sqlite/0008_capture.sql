-- Visitors, money and what public keys may do: caches of the log, but for the
-- origins of keys.

-- +goose Up

-- A visitor has a number of the same row as contacts have, and a chain of
-- entries, but no head: it is no contact. AUTOINCREMENT: a number is never used
-- again. Rows that are written to often are those of the latest numbers.
CREATE TABLE visitor (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace  INTEGER NOT NULL,
    cookie     TEXT    NOT NULL, -- its random id
    last       INTEGER NOT NULL, -- seq of its last entry
    entries    INTEGER NOT NULL,
    contact    INTEGER NOT NULL, -- whom it was last identified as; 0 = nobody
    identified INTEGER NOT NULL  -- when
) STRICT;

CREATE UNIQUE INDEX visitor_cookie ON visitor (workspace, cookie);

CREATE TABLE revenue (
    seq       INTEGER PRIMARY KEY, -- its log entry
    workspace INTEGER NOT NULL,
    id        TEXT    NOT NULL,
    contact   INTEGER NOT NULL -- as it was then
) STRICT;

CREATE UNIQUE INDEX revenue_id ON revenue (workspace, id);
CREATE INDEX revenue_workspace ON revenue (workspace, seq);
CREATE INDEX revenue_contact ON revenue (contact);

-- What was last said of a day and a source.
CREATE TABLE cost (
    workspace INTEGER NOT NULL,
    day       INTEGER NOT NULL, -- local, since 1970
    fields    TEXT    NOT NULL, -- JSON of the source fields
    seq       INTEGER NOT NULL, -- its log entry
    PRIMARY KEY (workspace, day, fields)
) STRICT, WITHOUT ROWID;

-- The sites that a public key may be used from, as JSON; NULL = any.
ALTER TABLE api_key ADD COLUMN origins TEXT;
