-- Messages that leave the house: one row for each place, kept with what became
-- of it. Body and secret go once it ended.

-- +goose Up

CREATE TABLE delivery (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace INTEGER NOT NULL,
    of        TEXT    NOT NULL, -- the digest or the alert
    channel   TEXT    NOT NULL,
    target    TEXT    NOT NULL,
    secret    TEXT    NOT NULL,
    subject   TEXT    NOT NULL,
    body      TEXT    NOT NULL, -- JSON
    state     TEXT    NOT NULL,
    attempts  INTEGER NOT NULL,
    error     TEXT    NOT NULL,
    created   INTEGER NOT NULL,
    due       INTEGER NOT NULL,
    ended     INTEGER NOT NULL
) STRICT;

CREATE INDEX delivery_workspace ON delivery (workspace, number);
CREATE INDEX delivery_due ON delivery (due) WHERE state = 'waiting';
