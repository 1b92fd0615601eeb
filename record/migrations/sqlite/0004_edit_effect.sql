-- What edits of the configuration did to the numbers: a cache, as the log up to
-- the edit tells it again.

-- +goose Up

CREATE TABLE edit_effect (
    workspace INTEGER NOT NULL,
    seq       INTEGER NOT NULL, -- of the edit
    body      TEXT    NOT NULL, -- JSON of workspace.EditEffect
    PRIMARY KEY (workspace, seq)
) STRICT, WITHOUT ROWID;
