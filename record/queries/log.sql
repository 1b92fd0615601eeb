-- name: log.append
INSERT INTO log (seq, workspace, kind, contact, prev, at, arrived, actor_kind, actor_id, actor_name,
    stage, silent, import, note, change_id, body)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)

-- name: log.scan
SELECT seq, workspace, kind, contact, prev, at, arrived, actor_kind, actor_id, actor_name,
    stage, silent, import, note, change_id, body
FROM log WHERE seq > $2 AND seq <= $3 AND workspace = $1 ORDER BY seq LIMIT $4

-- name: log.entry
SELECT seq, workspace, kind, contact, prev, at, arrived, actor_kind, actor_id, actor_name,
    stage, silent, import, note, change_id, body
FROM log WHERE seq = $2 AND workspace = $1

-- Whose entries are, and who became whom: merges and identifications.
-- name: log.outline
SELECT seq, kind, contact, CASE WHEN kind IN (4, 9) THEN body END
FROM log WHERE seq > $2 AND seq <= $3 AND workspace = $1 ORDER BY seq LIMIT $4

-- An entry and those chained back from it, the latest first. The row behind
-- the last one is not there, as no entry has seq 0.
-- name: log.chain
WITH RECURSIVE back AS (
    SELECT seq, workspace, kind, contact, prev, at, arrived, actor_kind, actor_id, actor_name,
        stage, silent, import, note, change_id, body
    FROM log WHERE seq = $1
    UNION ALL
    SELECT l.seq, l.workspace, l.kind, l.contact, l.prev, l.at, l.arrived, l.actor_kind, l.actor_id, l.actor_name,
        l.stage, l.silent, l.import, l.note, l.change_id, l.body
    FROM back b JOIN log l ON l.seq = b.prev WHERE b.prev < b.seq
)
SELECT * FROM back

-- Only what rows of reports are made of. Small numbers share a column and what
-- changes do not need is NULL, because each column costs as much as the row.
-- To SQLite, | and << bind alike, from left to right.
-- name: log.leanChain
WITH RECURSIVE back AS (
    SELECT seq, kind | (silent << 4) | (stage << 5) AS packed, contact, prev, at,
        nullif(import, 0) AS import, CASE WHEN kind <> 1 THEN arrived END AS arrived, body
    FROM log WHERE seq = $1
    UNION ALL
    SELECT l.seq, l.kind | (l.silent << 4) | (l.stage << 5), l.contact, l.prev, l.at,
        nullif(l.import, 0), CASE WHEN l.kind <> 1 THEN l.arrived END, l.body
    FROM back b JOIN log l ON l.seq = b.prev WHERE b.prev < b.seq
)
SELECT * FROM back

-- name: log.leanScan
SELECT seq, kind | (silent << 4) | (stage << 5), contact, prev, at,
    nullif(import, 0), CASE WHEN kind <> 1 THEN arrived END, body
FROM log WHERE seq > $2 AND seq <= $3 AND workspace = $1 ORDER BY seq LIMIT $4

-- The changes of a workspace, newest first; $3 bounds how far one call reads.
-- name: log.list
SELECT seq, workspace, kind, contact, prev, at, arrived, actor_kind, actor_id, actor_name,
    stage, silent, import, note, change_id, body
FROM log WHERE seq < $2 AND seq >= $3 AND workspace = $1 AND kind = 1 ORDER BY seq DESC

-- Costs are chained to nothing.
-- name: log.links
SELECT seq, workspace, contact, prev FROM log WHERE kind <> 11 ORDER BY seq

-- What touches, views and costs say of sources.
-- name: log.sourced
SELECT seq, kind, body FROM log WHERE workspace = $1 AND kind IN (7, 8, 11) AND body IS NOT NULL

-- name: log.last
SELECT max(seq) FROM log
