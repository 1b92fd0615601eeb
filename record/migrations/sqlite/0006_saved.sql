-- Saved views and lists of contacts, and who came to a list and left it. The
-- members of static lists are in the log; list_member caches them, and holds
-- those of smart lists as of their last evaluation.

-- +goose Up

CREATE TABLE saved (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace INTEGER NOT NULL,
    kind      INTEGER NOT NULL, -- workspace.SavedKind
    created   INTEGER NOT NULL,
    edit      INTEGER NOT NULL, -- counts edits, for If-Match
    members   INTEGER NOT NULL, -- of a list: its rows in list_member
    body      TEXT    NOT NULL  -- JSON of what was saved
) STRICT;

CREATE INDEX saved_workspace ON saved (workspace, kind, number);

CREATE TABLE list_member (
    list    INTEGER NOT NULL,
    contact INTEGER NOT NULL,
    PRIMARY KEY (list, contact)
) STRICT, WITHOUT ROWID;

CREATE TABLE list_event (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    list    INTEGER NOT NULL,
    contact INTEGER NOT NULL,
    entered INTEGER NOT NULL, -- 0 = left
    at      INTEGER NOT NULL
) STRICT;

CREATE INDEX list_event_list ON list_event (list, number);
