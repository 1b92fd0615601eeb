-- name: log.append
INSERT INTO log (seq, workspace, kind, contact, prev, at, arrived, actor_kind, actor_id, actor_name,
    stage, silent, import, note, change_id, body)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)

-- name: log.get
SELECT seq, workspace, kind, contact, prev, at, arrived, actor_kind, actor_id, actor_name,
    stage, silent, import, note, change_id, body
FROM log WHERE seq = $1

-- name: log.scan
SELECT seq, workspace, kind, contact, prev, at, arrived, actor_kind, actor_id, actor_name,
    stage, silent, import, note, change_id, body
FROM log WHERE seq > $2 AND seq <= $3 AND workspace = $1 ORDER BY seq LIMIT $4

-- The changes of a workspace, newest first; $3 bounds how far one call reads.
-- name: log.list
SELECT seq, workspace, kind, contact, prev, at, arrived, actor_kind, actor_id, actor_name,
    stage, silent, import, note, change_id, body
FROM log WHERE seq < $2 AND seq >= $3 AND workspace = $1 AND kind = 1 ORDER BY seq DESC

-- name: log.links
SELECT seq, workspace, contact, prev FROM log ORDER BY seq

-- name: log.last
SELECT max(seq) FROM log
