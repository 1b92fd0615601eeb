-- Visits that were kept for as long as they were to be.

-- Numbers and times of arrival grow alike, so a place is found by halves.
-- name: retention.arrived
SELECT seq, arrived FROM log WHERE seq <= $1 ORDER BY seq DESC LIMIT 1

-- The entries of visitors that say what was seen or done, among the next ones.
-- name: retention.seen
SELECT seq, contact, kind FROM log WHERE seq > $2 AND seq <= $3 AND workspace = $1 ORDER BY seq LIMIT $4

-- name: retention.get
SELECT seq FROM forgotten WHERE workspace = $1

-- name: retention.set
INSERT INTO forgotten (workspace, seq) VALUES ($1, $2) ON CONFLICT (workspace) DO UPDATE SET seq = excluded.seq

-- name: retention.parts
SELECT f.workspace, f.visitor, v.last FROM forgetting f JOIN visitor v ON v.number = f.visitor AND v.workspace = f.workspace

-- name: retention.part
INSERT INTO forgetting (workspace, visitor) VALUES ($1, $2) ON CONFLICT DO NOTHING

-- name: retention.whole
DELETE FROM forgetting WHERE workspace = $1 AND visitor = $2
