-- name: contact.get
SELECT number, created, created_by, external_id, email, phone, name, owner, amount, currency, properties, source
FROM contact WHERE number = $2 AND workspace = $1

-- name: contact.add
INSERT INTO contact (workspace, number, created, created_by, external_id, email, phone, name, folded_name, owner,
    amount, currency, properties, source)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)

-- name: contact.save
UPDATE contact SET external_id = $3, email = $4, phone = $5, name = $6, folded_name = $7, owner = $8,
    amount = $9, currency = $10, properties = $11, source = $12
WHERE number = $2 AND workspace = $1

-- name: contact.newest
SELECT number FROM contact WHERE workspace = $1 AND number < $2 ORDER BY number DESC LIMIT $3

-- name: contact.oldest
SELECT number FROM contact WHERE workspace = $1 AND number > $2 ORDER BY number LIMIT $3

-- name: contact.nameless
SELECT number FROM contact
WHERE workspace = $1 AND folded_name IS NULL AND number > $2 ORDER BY number LIMIT $3

-- name: contact.byName
SELECT number, folded_name FROM contact
WHERE workspace = $1 AND folded_name IS NOT NULL AND (folded_name, number) > ($2, $3)
ORDER BY folded_name, number LIMIT $4

-- name: contact.named
SELECT number, folded_name FROM contact
WHERE workspace = $1 AND folded_name >= $2 AND folded_name < $3
ORDER BY folded_name, number LIMIT $4

-- name: contact.names
SELECT workspace, count(external_id), count(email), count(phone) FROM contact GROUP BY workspace
