-- How long visits are kept of who never became a contact.

-- +goose Up

-- Up to which entry of the log what is too old was taken out.
CREATE TABLE forgotten (
    workspace INTEGER PRIMARY KEY,
    seq       INTEGER NOT NULL
) STRICT;

-- Visitors of whom a part was taken out, until its rows are removed.
CREATE TABLE forgetting (
    workspace INTEGER NOT NULL,
    visitor   INTEGER NOT NULL,
    PRIMARY KEY (workspace, visitor)
) STRICT, WITHOUT ROWID;
