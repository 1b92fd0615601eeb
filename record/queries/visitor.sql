-- name: visitor.get
SELECT number, cookie, last, entries, contact, identified, agreement, agreed FROM visitor WHERE workspace = $1 AND cookie = $2

-- name: visitor.byNumber
SELECT number, cookie, last, entries, contact, identified, agreement, agreed FROM visitor WHERE number = $2 AND workspace = $1

-- name: visitor.add
INSERT INTO visitor (number, workspace, cookie, last, entries, contact, identified, agreement, agreed)
VALUES ($2, $1, $3, $4, $5, $6, $7, $8, $9)

-- name: visitor.save
UPDATE visitor SET last = $3, entries = $4, contact = $5, identified = $6, agreement = $7, agreed = $8
WHERE number = $2 AND workspace = $1

-- name: visitor.remove
DELETE FROM visitor WHERE number = $2 AND workspace = $1

-- name: visitor.links
SELECT number, last FROM visitor

-- The last entry of a contact, of a visitor, or of who is gone.
-- name: chain.last
SELECT last FROM head WHERE workspace = $1 AND contact = $2
UNION ALL SELECT last FROM visitor WHERE number = $2 AND workspace = $1
UNION ALL SELECT last FROM gone WHERE workspace = $1 AND contact = $2
