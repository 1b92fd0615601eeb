-- Imports: what was asked for, and how far it is. The file itself lies in the
-- data folder; progress is written in the commit of the rows it counts.

-- +goose Up

CREATE TABLE import (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace  INTEGER NOT NULL,
    created    INTEGER NOT NULL,
    state      TEXT    NOT NULL, -- workspace.ImportState
    plan       TEXT    NOT NULL, -- JSON of workspace.ImportPlan
    progress   TEXT    NOT NULL  -- JSON of workspace.ImportProgress
) STRICT;

CREATE INDEX import_workspace ON import (workspace, number);
CREATE INDEX import_running ON import (number) WHERE state = 'running';

CREATE TABLE import_rejection (
    import  INTEGER NOT NULL,
    line    INTEGER NOT NULL,
    cell    INTEGER NOT NULL, -- number of the column, from 1; 0 = the whole row
    reason  TEXT    NOT NULL,
    begins  INTEGER NOT NULL, -- bytes in the stored file
    ends    INTEGER NOT NULL,
    PRIMARY KEY (import, line)
) STRICT, WITHOUT ROWID;

-- The contacts that rows of a running import named, to look at once it ends.
CREATE TABLE import_contact (
    import  INTEGER NOT NULL,
    contact INTEGER NOT NULL,
    PRIMARY KEY (import, contact)
) STRICT, WITHOUT ROWID;
