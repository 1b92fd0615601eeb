-- name: session.add
INSERT INTO session (hash, person, expires) VALUES ($1, $2, $3)

-- name: session.get
SELECT person, expires FROM session WHERE hash = $1

-- name: session.renew
UPDATE session SET expires = $2 WHERE hash = $1

-- name: session.remove
DELETE FROM session WHERE hash = $1

-- name: session.removeOthers
DELETE FROM session WHERE person = $1 AND hash <> $2

-- name: session.expire
DELETE FROM session WHERE person = $1 AND expires <= $2

-- Those of a person beyond the $2 that were used last.
-- name: session.trim
DELETE FROM session WHERE hash IN (
    SELECT hash FROM session WHERE person = $1 ORDER BY expires DESC, hash LIMIT -1 OFFSET $2)
