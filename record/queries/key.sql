-- name: key.add
INSERT INTO api_key (workspace, name, scope, hash, created, origins) VALUES ($1, $2, $3, $4, $5, $6) RETURNING number

-- name: key.get
SELECT number, workspace, name, scope, hash, created, origins, used FROM api_key WHERE hash = $1

-- name: key.list
SELECT number, workspace, name, scope, hash, created, origins, used FROM api_key WHERE workspace = $1 ORDER BY number

-- name: key.save
UPDATE api_key SET name = $3, origins = $4 WHERE workspace = $1 AND number = $2

-- name: key.use
UPDATE api_key SET used = $2 WHERE number = $1

-- name: key.remove
DELETE FROM api_key WHERE workspace = $1 AND number = $2
