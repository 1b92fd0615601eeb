-- name: user.add
INSERT INTO person (email, name, password, created) VALUES ($1, $2, $3, $4) RETURNING number

-- name: user.get
SELECT number, email, name, password FROM person WHERE number = $1

-- name: user.byEmail
SELECT number, email, name, password FROM person WHERE email = $1

-- name: user.password
UPDATE person SET password = $2 WHERE number = $1

-- name: member.add
INSERT INTO membership (workspace, person, role) VALUES ($1, $2, $3)
ON CONFLICT (person, workspace) DO UPDATE SET role = excluded.role

-- name: member.list
SELECT workspace, role FROM membership WHERE person = $1 ORDER BY workspace

-- name: member.owners
SELECT count(*) FROM membership WHERE role = 'owner'

-- name: setup.get
SELECT hash, expires FROM setup

-- name: setup.save
INSERT INTO setup (one, hash, expires) VALUES (1, $1, $2)
ON CONFLICT (one) DO UPDATE SET hash = excluded.hash, expires = excluded.expires

-- name: setup.clear
DELETE FROM setup

-- name: member.of
SELECT p.number, p.email, p.name, m.role FROM membership m JOIN person p ON p.number = m.person
WHERE m.workspace = $1 ORDER BY p.number

-- name: member.remove
DELETE FROM membership WHERE workspace = $1 AND person = $2
