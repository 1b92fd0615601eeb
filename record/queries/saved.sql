-- name: saved.get
SELECT number, workspace, kind, created, edit, members, body FROM saved WHERE workspace = $1 AND kind = $2 AND number = $3

-- name: saved.list
SELECT number, workspace, kind, created, edit, members, body FROM saved WHERE workspace = $1 AND kind = $2 ORDER BY number

-- name: saved.add
INSERT INTO saved (workspace, kind, created, edit, members, body) VALUES ($1, $2, $3, 1, 0, $4) RETURNING number

-- name: saved.save
UPDATE saved SET edit = edit + 1, body = $3 WHERE workspace = $1 AND number = $2

-- name: saved.note
UPDATE saved SET body = $3 WHERE workspace = $1 AND number = $2

-- name: saved.remove
DELETE FROM saved WHERE workspace = $1 AND number = $2

-- name: listMember.list
SELECT contact FROM list_member WHERE list = $1 AND contact > $2 ORDER BY contact LIMIT $3

-- name: listMember.add
INSERT INTO list_member (list, contact) VALUES ($1, $2) ON CONFLICT DO NOTHING

-- name: listMember.remove
DELETE FROM list_member WHERE list = $1 AND contact = $2

-- name: listMember.count
UPDATE saved SET members = members + $2 WHERE number = $1

-- name: listMember.forget
DELETE FROM list_member WHERE list = $1

-- name: listMember.event
INSERT INTO list_event (list, contact, entered, at) VALUES ($1, $2, $3, $4)

-- name: listMember.events
SELECT number, contact, entered, at FROM list_event WHERE list = $1 AND number < $2 ORDER BY number DESC LIMIT $3

-- name: listMember.forgetEvents
DELETE FROM list_event WHERE list = $1

-- The dictionary has the names of all properties that a contact ever had.
-- name: dictionary.from
SELECT text FROM dictionary WHERE workspace = $1 AND text >= $2 AND text < $3 ORDER BY text LIMIT $4
