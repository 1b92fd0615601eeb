-- What contacts do is told to destinations by the same queue as messages: a row
-- names the log entry and the contact, and what is sent is made of the log at
-- each attempt. What was sent and answered stays, without secrets.

-- +goose Up

ALTER TABLE delivery ADD COLUMN seq     INTEGER NOT NULL DEFAULT 0;  -- the log entry; 0 = a message
ALTER TABLE delivery ADD COLUMN event   TEXT    NOT NULL DEFAULT ''; -- what of it is told
ALTER TABLE delivery ADD COLUMN contact INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN since   INTEGER NOT NULL DEFAULT 0;  -- when it was queued, or queued again
ALTER TABLE delivery ADD COLUMN request TEXT    NOT NULL DEFAULT ''; -- JSON of the last attempt
ALTER TABLE delivery ADD COLUMN answer  TEXT    NOT NULL DEFAULT '';

UPDATE delivery SET since = created;

DROP INDEX delivery_workspace;
DROP INDEX delivery_due;

CREATE INDEX delivery_workspace ON delivery (workspace, number) WHERE seq = 0;
CREATE INDEX delivery_due ON delivery (due) WHERE state = 'waiting' AND seq = 0;
CREATE INDEX delivery_queue ON delivery (of, due) WHERE state = 'waiting' AND seq > 0;
CREATE INDEX delivery_state ON delivery (of, state, number);
CREATE INDEX delivery_contact ON delivery (contact) WHERE contact > 0;

-- An event is told once.
CREATE UNIQUE INDEX delivery_event ON delivery (of, seq, event) WHERE seq > 0;

-- How far somebody who follows the log has read it.
CREATE TABLE follower (
    name   TEXT    PRIMARY KEY, -- the destination
    seq    INTEGER NOT NULL     -- the last entry that was read
) STRICT, WITHOUT ROWID;
