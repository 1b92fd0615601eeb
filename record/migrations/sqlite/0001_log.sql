-- The one log and the caches of it. See docs/architecture.md, "One log".

-- +goose Up

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE workspace (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    created INTEGER NOT NULL,
    head    INTEGER NOT NULL -- seq of its last log entry
) STRICT;

-- AUTOINCREMENT: a seq is never used again, not even after an erasure. There
-- is no index on contact: entries of one contact are chained by prev, because
-- random index pages halve the load rate of a large log.
CREATE TABLE log (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace  INTEGER NOT NULL,
    kind       INTEGER NOT NULL, -- journal.Kind
    contact    INTEGER NOT NULL, -- 0 = the configuration
    prev       INTEGER NOT NULL, -- seq of the entry before of the same contact, or of the configuration; 0 = first
    at         INTEGER NOT NULL,
    arrived    INTEGER NOT NULL,
    actor_kind INTEGER NOT NULL, -- index in journal.ActorKinds
    actor_id   TEXT,
    actor_name TEXT,
    stage      INTEGER NOT NULL,
    silent     INTEGER NOT NULL,
    import     INTEGER NOT NULL,
    note       TEXT,
    change_id  TEXT,
    body       TEXT              -- JSON of the ContactEdit or Configuration
) STRICT;

CREATE TABLE contact (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace   INTEGER NOT NULL,
    created     INTEGER NOT NULL,
    created_by  TEXT    NOT NULL,
    external_id TEXT,
    email       TEXT,
    phone       TEXT,
    name        TEXT,
    folded_name TEXT, -- case folded in Go, for order and prefix search
    owner       TEXT,
    amount      INTEGER,
    currency    TEXT,
    properties  TEXT, -- JSON object
    source      TEXT  -- JSON object
) STRICT;

-- In order of creation: appended to, never written in the middle.
CREATE INDEX contact_workspace ON contact (workspace);
-- Contacts without a name, as histories bring them, cost nothing here.
CREATE INDEX contact_name ON contact (workspace, folded_name) WHERE folded_name IS NOT NULL;

-- The key is the case folded value, so that a prefix finds it whatever the
-- case; exact is the value itself where that differs.
CREATE TABLE identity (
    workspace INTEGER NOT NULL,
    kind      INTEGER NOT NULL, -- workspace.IdentityKind
    folded    TEXT    NOT NULL,
    exact     TEXT    NOT NULL,
    contact   INTEGER NOT NULL,
    PRIMARY KEY (workspace, kind, folded, exact)
) STRICT, WITHOUT ROWID;

CREATE TABLE head (
    workspace INTEGER NOT NULL,
    contact   INTEGER NOT NULL,
    last      INTEGER NOT NULL, -- seq of the contact's last entry
    stage     INTEGER NOT NULL,
    since     INTEGER NOT NULL,
    latest    INTEGER NOT NULL, -- the latest at of its changes
    changes   INTEGER NOT NULL,
    ids       INTEGER NOT NULL, -- 64-bit Bloom filter of its change ids
    folds     INTEGER NOT NULL, -- Configured.Folds under which state was folded
    state     BLOB,             -- lifecycle.State; NULL = fold again from the chain
    PRIMARY KEY (workspace, contact)
) STRICT, WITHOUT ROWID;

CREATE TABLE stage_count (
    workspace INTEGER NOT NULL,
    stage     INTEGER NOT NULL,
    contacts  INTEGER NOT NULL,
    PRIMARY KEY (workspace, stage)
) STRICT, WITHOUT ROWID;

CREATE TABLE configuration (
    workspace INTEGER NOT NULL PRIMARY KEY,
    seq       INTEGER NOT NULL, -- its log entry
    folds     INTEGER NOT NULL, -- the last edit that changed how logs fold
    body      TEXT    NOT NULL
) STRICT;

-- number follows the time of writing, so that expiry deletes from one end.
CREATE TABLE idempotency (
    number    INTEGER PRIMARY KEY,
    workspace INTEGER NOT NULL,
    key       TEXT    NOT NULL,
    hash      BLOB    NOT NULL,
    answer    BLOB    NOT NULL,
    at        INTEGER NOT NULL,
    UNIQUE (workspace, key)
) STRICT;

CREATE TABLE dictionary (
    workspace INTEGER NOT NULL,
    text      TEXT    NOT NULL,
    number    INTEGER NOT NULL,
    PRIMARY KEY (workspace, text),
    UNIQUE (workspace, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    workspace INTEGER NOT NULL,
    fields    BLOB    NOT NULL, -- the dictionary numbers of its eight fields, as varints
    number    INTEGER NOT NULL,
    PRIMARY KEY (workspace, fields),
    UNIQUE (workspace, number)
) STRICT, WITHOUT ROWID;
