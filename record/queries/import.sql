-- name: import.add
INSERT INTO import (workspace, created, state, plan, progress) VALUES ($1, $2, $3, $4, $5) RETURNING number

-- name: import.get
SELECT number, workspace, created, state, plan, progress FROM import WHERE workspace = $1 AND number = $2

-- name: import.list
SELECT number, workspace, created, state, plan, progress FROM import
WHERE workspace = $1 AND number < $2 ORDER BY number DESC LIMIT $3

-- name: import.running
SELECT number, workspace, created, state, plan, progress FROM import WHERE state IN ('running', 'undoing') ORDER BY number

-- name: import.save
UPDATE import SET state = $3, progress = $4 WHERE workspace = $1 AND number = $2

-- name: import.reject
INSERT INTO import_rejection (import, line, cell, reason, begins, ends) VALUES ($1, $2, $3, $4, $5, $6)

-- name: import.rejections
SELECT line, cell, reason, begins, ends FROM import_rejection WHERE import = $1 AND line > $2 ORDER BY line LIMIT $3

-- name: import.touch
INSERT INTO import_contact (import, contact) VALUES ($1, $2) ON CONFLICT DO NOTHING

-- name: import.touched
SELECT contact FROM import_contact WHERE import = $1 AND contact > $2 ORDER BY contact LIMIT $3

-- name: import.forget
DELETE FROM import_contact WHERE import = $1
