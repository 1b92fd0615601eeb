-- name: delivery.list
SELECT number, workspace, of, channel, target, '', subject, '', state, attempts, error, created, due, ended FROM delivery
WHERE workspace = $1 AND number < $2 ORDER BY number DESC LIMIT $3

-- name: delivery.due
SELECT number, workspace, of, channel, target, secret, subject, body, state, attempts, error, created, due, ended FROM delivery
WHERE state = 'waiting' AND due <= $1 ORDER BY due, number LIMIT $2

-- name: delivery.add
INSERT INTO delivery (workspace, of, channel, target, secret, subject, body, state, attempts, error, created, due, ended)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, '', $8, $9, 0)

-- name: delivery.forget
DELETE FROM delivery WHERE workspace = $1 AND state <> 'waiting' AND number <=
(SELECT number FROM delivery WHERE workspace = $1 ORDER BY number DESC LIMIT 1 OFFSET 1000)

-- name: delivery.save
UPDATE delivery SET state = $2, attempts = $3, error = $4, due = $5, ended = $6,
body = CASE $2 WHEN 'waiting' THEN body ELSE '' END, secret = CASE $2 WHEN 'waiting' THEN secret ELSE '' END WHERE number = $1
