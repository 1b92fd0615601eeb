-- Messages, without bodies and secrets.
-- name: delivery.list
SELECT number, workspace, of, channel, target, '', subject, '', state, attempts, error, created, due, ended, seq, event, contact, since, '', '' FROM delivery
WHERE workspace = $1 AND number < $2 AND seq = 0 ORDER BY number DESC LIMIT $3

-- What one destination was told, without what was sent and answered.
-- name: delivery.of
SELECT number, workspace, of, channel, target, '', subject, '', state, attempts, error, created, due, ended, seq, event, contact, since, '', '' FROM delivery
WHERE of = $1 AND number < $2 ORDER BY number DESC LIMIT $3

-- name: delivery.ofState
SELECT number, workspace, of, channel, target, '', subject, '', state, attempts, error, created, due, ended, seq, event, contact, since, '', '' FROM delivery
WHERE of = $1 AND state = $4 AND number < $2 ORDER BY number DESC LIMIT $3

-- What was told of a contact, the oldest first.
-- name: delivery.ofContact
SELECT number, workspace, of, channel, target, '', subject, '', state, attempts, error, created, due, ended, seq, event, contact, since, request, answer FROM delivery
WHERE contact = $2 AND workspace = $1 ORDER BY number

-- How many events are in a state, of all destinations of a workspace.
-- name: delivery.inState
SELECT count(*) FROM delivery WHERE state = $2 AND of IN (SELECT 'destination_' || number FROM saved WHERE workspace = $1 AND kind = 14)

-- name: delivery.get
SELECT number, workspace, of, channel, target, secret, subject, body, state, attempts, error, created, due, ended, seq, event, contact, since, request, answer FROM delivery
WHERE number = $2 AND workspace = $1

-- name: delivery.due
SELECT number, workspace, of, channel, target, secret, subject, body, state, attempts, error, created, due, ended, seq, event, contact, since, '', '' FROM delivery
WHERE state = 'waiting' AND seq = 0 AND due <= $1 ORDER BY due, number LIMIT $2

-- name: delivery.dueOf
SELECT number, workspace, of, channel, target, '', subject, '', state, attempts, error, created, due, ended, seq, event, contact, since, '', '' FROM delivery
WHERE state = 'waiting' AND seq > 0 AND of = $1 AND due <= $2 ORDER BY due, number LIMIT $3

-- Counted in the index alone.
-- name: delivery.counts
SELECT c.state, c.n, d.ended FROM (SELECT state, count(*) AS n, max(number) AS last FROM delivery WHERE of = $1 GROUP BY state) c
JOIN delivery d ON d.number = c.last

-- What was sent to a destination since, the oldest first.
-- name: delivery.sent
SELECT request FROM delivery WHERE of = $1 AND state = 'sent' AND ended >= $2 ORDER BY number

-- name: delivery.add
INSERT INTO delivery (workspace, of, channel, target, secret, subject, body, state, attempts, error, created, due, ended, since)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, '', $8, $9, 0, $9)

-- name: delivery.queue
INSERT INTO delivery (workspace, of, channel, target, secret, subject, body, state, attempts, error, created, due, ended, since, seq, event, contact)
VALUES ($1, $2, 'destination', '', '', '', '', 'waiting', 0, '', $3, $3, 0, $3, $4, $5, $6) ON CONFLICT DO NOTHING

-- name: delivery.forget
DELETE FROM delivery WHERE workspace = $1 AND seq = 0 AND state <> 'waiting' AND number <=
(SELECT number FROM delivery WHERE workspace = $1 AND seq = 0 ORDER BY number DESC LIMIT 1 OFFSET 1000)

-- name: delivery.forgetOf
DELETE FROM delivery WHERE of = $1 AND state = $2 AND number <=
(SELECT number FROM delivery WHERE of = $1 AND state = $2 ORDER BY number DESC LIMIT 1 OFFSET $3)

-- name: delivery.save
UPDATE delivery SET state = $2, attempts = $3, error = $4, due = $5, ended = $6, request = $7, answer = $8,
body = CASE $2 WHEN 'waiting' THEN body ELSE '' END, secret = CASE $2 WHEN 'waiting' THEN secret ELSE '' END WHERE number = $1

-- name: delivery.replay
UPDATE delivery SET state = 'waiting', attempts = 0, due = $3, since = $3, ended = 0 WHERE number = $2 AND workspace = $1 AND seq > 0

-- name: delivery.replayOf
UPDATE delivery SET state = 'waiting', attempts = 0, due = $2, since = $2, ended = 0 WHERE of = $1 AND state = 'failed' AND seq > 0

-- name: delivery.removeOf
DELETE FROM delivery WHERE of = $1

-- name: purge.deliveries
DELETE FROM delivery WHERE contact = $1

-- name: follower.get
SELECT seq FROM follower WHERE name = $1

-- name: follower.save
INSERT OR REPLACE INTO follower (name, seq) VALUES ($1, $2)

-- name: follower.remove
DELETE FROM follower WHERE name = $1
