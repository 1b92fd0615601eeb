-- All stage changes of a workspace in order of arrival, as a fold needs them.
-- name: change.each
SELECT contact << 17 | stage << 1 | silent, at FROM log WHERE seq <= $2 AND workspace = $1 AND kind = 1 ORDER BY seq

-- name: effect.list
SELECT seq, body FROM edit_effect WHERE workspace = $1

-- name: effect.save
INSERT OR REPLACE INTO edit_effect (workspace, seq, body) VALUES ($1, $2, $3)
