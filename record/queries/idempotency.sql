-- name: idempotency.get
SELECT hash, answer FROM idempotency WHERE workspace = $1 AND key = $2 AND at > $3

-- An expired answer of the same key is replaced, and moves to the young end.
-- name: idempotency.save
INSERT OR REPLACE INTO idempotency (workspace, key, hash, answer, at) VALUES ($1, $2, $3, $4, $5)

-- name: idempotency.expire
DELETE FROM idempotency
WHERE number < (SELECT min(number) FROM idempotency) + 1000 AND at <= $1
