-- +goose Up
-- Numbers of contacts are given once in all workspaces. By them alone a row is
-- found in a tree whose upper pages hold nothing but numbers, so that heads can
-- be as long as what they have.
CREATE TABLE head_by_contact (
    contact   INTEGER NOT NULL PRIMARY KEY,
    workspace INTEGER NOT NULL,
    last      INTEGER NOT NULL, -- seq of the contact's last entry
    stage     INTEGER NOT NULL,
    since     INTEGER NOT NULL,
    latest    INTEGER NOT NULL, -- the latest at of its changes
    changes   INTEGER NOT NULL,
    ids       INTEGER NOT NULL, -- 64-bit Bloom filter of its change ids
    folds     INTEGER NOT NULL, -- Configured.Folds under which state was folded
    state     BLOB,             -- lifecycle.State; NULL = fold again from the chain
    chain     BLOB              -- a byte of format and journal.PackChain of all its entries; NULL = read the log
) STRICT;
INSERT INTO head_by_contact (contact, workspace, last, stage, since, latest, changes, ids, folds, state)
SELECT contact, workspace, last, stage, since, latest, changes, ids, folds, state FROM head ORDER BY contact;
DROP TABLE head;
ALTER TABLE head_by_contact RENAME TO head;
