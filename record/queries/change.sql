-- All stage changes of a workspace in order of arrival, as a fold needs them.
-- name: change.each
SELECT contact, at, seq, stage, silent FROM log WHERE workspace = $1 AND kind = 1 ORDER BY seq
