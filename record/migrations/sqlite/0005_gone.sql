-- Contacts that are no more, what imports wrote to, and how many changes there
-- were when: caches of the log.

-- +goose Up

-- Who was merged into another contact, erased, or made by an import that was
-- undone.
CREATE TABLE gone (
    workspace INTEGER NOT NULL,
    contact   INTEGER NOT NULL,
    last      INTEGER NOT NULL, -- seq of its last entry
    became    INTEGER NOT NULL, -- the contact that it is part of now; 0 = of none
    erasing   INTEGER NOT NULL, -- 1 = its rows wait to be removed for good
    PRIMARY KEY (workspace, contact)
) STRICT, WITHOUT ROWID;

CREATE INDEX gone_became ON gone (workspace, became) WHERE became <> 0;
CREATE INDEX gone_erasing ON gone (workspace, contact) WHERE erasing = 1;

CREATE TABLE import_written (
    import    INTEGER NOT NULL,
    contact   INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL, -- 1 = taken back
    PRIMARY KEY (import, contact)
) STRICT, WITHOUT ROWID;

INSERT INTO import_written (import, contact, withdrawn)
SELECT DISTINCT import, contact, 0 FROM log WHERE import <> 0 AND contact <> 0;

-- Changes by the quarter hour of their time: the days of every time zone are
-- whole numbers of them.
CREATE TABLE change_count (
    workspace  INTEGER NOT NULL,
    quarter    INTEGER NOT NULL, -- since 1970, rounded down
    actor_kind INTEGER NOT NULL,
    silent     INTEGER NOT NULL,
    changes    INTEGER NOT NULL,
    PRIMARY KEY (workspace, quarter, actor_kind, silent)
) STRICT, WITHOUT ROWID;

INSERT INTO change_count (workspace, quarter, actor_kind, silent, changes)
SELECT workspace, (at - 899999 * (at < 0)) / 900000, actor_kind, silent, count(*)
FROM log WHERE kind = 1 GROUP BY 1, 2, 3, 4;

CREATE INDEX import_undoing ON import (number) WHERE state = 'undoing';
