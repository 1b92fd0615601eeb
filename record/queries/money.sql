-- name: revenue.get
SELECT seq FROM revenue WHERE workspace = $1 AND id = $2

-- name: revenue.add
INSERT INTO revenue (seq, workspace, id, contact) VALUES ($1, $2, $3, $4)

-- name: revenue.remove
DELETE FROM revenue WHERE seq = $1

-- The latest first.
-- name: revenue.list
SELECT l.seq, l.workspace, l.kind, l.contact, l.prev, l.at, l.arrived, l.actor_kind, l.actor_id, l.actor_name,
    l.stage, l.silent, l.import, l.note, l.change_id, l.body
FROM revenue r JOIN log l ON l.seq = r.seq WHERE r.workspace = $1 AND r.seq < $2 ORDER BY r.seq DESC LIMIT $3

-- name: purge.revenue
DELETE FROM revenue WHERE contact = $1

-- name: cost.get
SELECT l.body FROM cost c JOIN log l ON l.seq = c.seq WHERE c.workspace = $1 AND c.day = $2 AND c.fields = $3

-- name: cost.save
INSERT OR REPLACE INTO cost (workspace, day, fields, seq) VALUES ($1, $2, $3, $4)

-- name: cost.remove
DELETE FROM cost WHERE workspace = $1 AND day = $2 AND fields = $3

-- In order of day and fields, after one.
-- name: cost.list
SELECT c.day, c.fields, l.body FROM cost c JOIN log l ON l.seq = c.seq
WHERE c.workspace = $1 AND c.day >= $2 AND c.day < $3 AND (c.day, c.fields) > ($4, $5) ORDER BY c.day, c.fields LIMIT $6

-- Revenue and costs that the log does not have, and those of the log that are
-- not here. What was taken back is no cost, and whoever was erased has no
-- revenue, though the log has it until it is purged.
-- name: money.stray
SELECT 'revenue', r.seq FROM revenue r WHERE NOT EXISTS (SELECT 1 FROM log l WHERE l.seq = r.seq AND l.kind = 10 AND l.workspace = r.workspace)
UNION ALL
SELECT 'revenue', l.seq FROM log l WHERE l.kind = 10 AND NOT EXISTS (SELECT 1 FROM revenue r WHERE r.seq = l.seq)
    AND NOT EXISTS (SELECT 1 FROM gone g WHERE g.workspace = l.workspace AND g.contact = l.contact AND g.became = 0)
UNION ALL
SELECT 'cost', c.seq FROM cost c WHERE NOT EXISTS (SELECT 1 FROM log l WHERE l.seq = c.seq AND l.kind = 11 AND l.workspace = c.workspace)
