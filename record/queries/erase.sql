-- Erasing people for good. The connection that writes overwrites what it
-- deletes with zeros.

-- name: erasure.list
SELECT g.workspace, g.contact, g.last, l.at, l.actor_kind, l.actor_id, l.actor_name, g.erasing, g.became
FROM gone g JOIN log l ON l.seq = g.last
WHERE g.workspace = $1 AND g.became = 0 AND (l.kind = 5 OR g.erasing = 1) ORDER BY g.last DESC

-- name: erasure.pending
SELECT g.workspace, g.contact, g.last, l.at, l.actor_kind, l.actor_id, l.actor_name, g.erasing, g.became
FROM gone g JOIN log l ON l.seq = g.last WHERE g.erasing = 1 ORDER BY g.workspace, g.contact

-- name: purge.entry
DELETE FROM log WHERE seq = $1

-- name: purge.relink
UPDATE log SET prev = $2 WHERE seq = $1

-- name: purge.tombstone
UPDATE log SET kind = 5, prev = 0, stage = 0, silent = 0, import = 0, note = NULL, change_id = NULL, body = NULL WHERE seq = $1

-- An answer about the person is no longer given; the key stays used.
-- name: purge.answers
UPDATE idempotency SET answer = x'' WHERE workspace = $1 AND instr(answer, $2) > 0

-- name: purge.events
DELETE FROM list_event WHERE contact = $1

-- name: purge.members
DELETE FROM list_member WHERE contact = $1

-- name: purge.touched
DELETE FROM import_contact WHERE contact = $1

-- name: purge.written
DELETE FROM import_written WHERE contact = $1

-- name: purge.rejection
DELETE FROM import_rejection WHERE import = $1 AND line = $2

-- name: purge.reasons
DELETE FROM import_rejection WHERE instr(reason, $2) > 0 AND import IN (SELECT number FROM import WHERE workspace = $1)

-- The number of a text is never given again, so the row stays.
-- name: purge.text
UPDATE dictionary SET text = $3 WHERE workspace = $1 AND number = $2

-- name: contact.texts
SELECT owner, properties, source FROM contact WHERE workspace = $1

-- Everything in the write-ahead log goes into the file, and the log is cut to
-- nothing. The first column is 1 while somebody still reads from it.
-- name: wal.truncate
PRAGMA wal_checkpoint(TRUNCATE)
