-- name: identity.get
SELECT contact FROM identity WHERE workspace = $1 AND kind = $2 AND folded = $3 AND exact = $4

-- name: identity.add
INSERT INTO identity (workspace, kind, folded, exact, contact) VALUES ($1, $2, $3, $4, $5)

-- name: identity.remove
DELETE FROM identity WHERE workspace = $1 AND kind = $2 AND folded = $3 AND exact = $4

-- name: identity.prefix
SELECT contact FROM identity
WHERE workspace = $1 AND kind = $2 AND folded >= $3 AND folded < $4 ORDER BY folded LIMIT $5

-- name: identity.count
SELECT workspace, count(CASE kind WHEN 1 THEN 1 END), count(CASE kind WHEN 2 THEN 1 END), count(CASE kind WHEN 3 THEN 1 END)
FROM identity GROUP BY workspace
