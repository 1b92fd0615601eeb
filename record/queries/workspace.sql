-- name: workspace.add
INSERT INTO workspace (created, head) VALUES ($1, 0) RETURNING number

-- name: workspace.list
SELECT number, head FROM workspace ORDER BY number

-- name: stage.counted
SELECT workspace, stage, contacts FROM stage_count WHERE contacts <> 0

-- name: workspace.move
UPDATE workspace SET head = $2 WHERE number = $1

-- name: configuration.list
SELECT workspace, seq, folds, body FROM configuration

-- name: configuration.save
INSERT INTO configuration (workspace, seq, folds, body) VALUES ($1, $2, $3, $4)
ON CONFLICT (workspace) DO UPDATE SET seq = excluded.seq, folds = excluded.folds, body = excluded.body
