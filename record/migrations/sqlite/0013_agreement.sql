-- What a visitor agreed to, with the ids that other services have for it.

-- +goose Up

-- A cache of the visitor's log: its last agreement as JSON, NULL = none.
ALTER TABLE visitor ADD COLUMN agreement TEXT;

-- When that was said; 0 = it is to be said again.
ALTER TABLE visitor ADD COLUMN agreed INTEGER NOT NULL DEFAULT 0;
