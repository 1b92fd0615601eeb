-- name: meta.get
SELECT value FROM meta WHERE name = $1

-- name: meta.set
INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value

-- The highest number ever given in a table with AUTOINCREMENT.
-- name: meta.sequence
SELECT seq FROM sqlite_sequence WHERE name = $1

-- name: savepoint.set
SAVEPOINT request

-- name: savepoint.undo
ROLLBACK TO request

-- name: savepoint.release
RELEASE request

-- name: write.begin
BEGIN IMMEDIATE

-- name: write.rollback
ROLLBACK

-- name: read.begin
BEGIN

-- name: commit
COMMIT

-- Numbers of a restored record go on after those that were given since.
-- name: sequence.add
INSERT INTO sqlite_sequence (name, seq) SELECT $1, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = $1)

-- name: sequence.raise
UPDATE sqlite_sequence SET seq = $2 WHERE name = $1 AND seq < $2
