-- name: head.get
SELECT last, stage, since, latest, changes, ids, folds, state, contact, chain FROM head WHERE workspace = $1 AND contact = $2

-- name: head.chain
SELECT chain FROM head WHERE contact = $1

-- Not a join: SQLite would plan that again at every call that binds a 0 or 1.
-- name: head.find
SELECT last, stage, since, latest, changes, ids, folds, state, contact, chain FROM head
WHERE workspace = $1 AND contact = (
    SELECT contact FROM identity WHERE workspace = $1 AND kind = $2 AND folded = $3 AND exact = $4
)

-- name: head.add
INSERT INTO head (workspace, contact, last, stage, since, latest, changes, ids, folds, state, chain)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- name: head.save
UPDATE head SET last = $3, stage = $4, since = $5, latest = $6, changes = $7, ids = $8, folds = $9, state = $10, chain = $11
WHERE workspace = $1 AND contact = $2

-- name: head.links
SELECT contact, last FROM head ORDER BY workspace, contact

-- name: head.chains
SELECT contact, last, chain FROM head WHERE chain IS NOT NULL

-- name: head.moved
SELECT 1 FROM head WHERE workspace = $1 AND changes > 0 LIMIT 1

-- name: stage.count
SELECT stage, contacts FROM stage_count WHERE workspace = $1 AND contacts <> 0

-- name: stage.recount
SELECT workspace, stage, count(*) FROM head WHERE stage <> 0 GROUP BY workspace, stage

-- name: stage.add
INSERT INTO stage_count (workspace, stage, contacts) VALUES ($1, $2, $3)
ON CONFLICT (workspace, stage) DO UPDATE SET contacts = contacts + excluded.contacts
