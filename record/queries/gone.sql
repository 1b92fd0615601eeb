-- Who a contact became. Only asked for when there is no head.
-- name: gone.get
SELECT last, became FROM gone WHERE workspace = $1 AND contact = $2

-- name: gone.add
INSERT INTO gone (workspace, contact, last, became, erasing) VALUES ($1, $2, $3, $4, $5)

-- Whoever had become the contact becomes what that becomes.
-- name: gone.follow
UPDATE gone SET became = $3, erasing = $4 WHERE workspace = $1 AND became = $2 AND became <> 0

-- name: gone.links
SELECT contact, last FROM gone

-- name: gone.erasing
SELECT workspace, contact, last FROM gone WHERE erasing = 1

-- name: gone.erased
UPDATE gone SET erasing = 0 WHERE workspace = $1 AND contact = $2

-- name: gone.merged
SELECT contact FROM gone WHERE became > 0 LIMIT 1

-- name: head.remove
DELETE FROM head WHERE workspace = $1 AND contact = $2

-- name: contact.remove
DELETE FROM contact WHERE number = $2 AND workspace = $1

-- name: identity.stray
SELECT contact FROM identity i
WHERE NOT EXISTS (SELECT 1 FROM head h WHERE h.workspace = i.workspace AND h.contact = i.contact)

-- name: count.add
INSERT INTO change_count (workspace, quarter, actor_kind, silent, changes) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (workspace, quarter, actor_kind, silent) DO UPDATE SET changes = changes + excluded.changes

-- name: count.list
SELECT quarter, actor_kind, silent, changes FROM change_count
WHERE workspace = $1 AND quarter >= $2 AND quarter < $3 AND changes <> 0

-- name: count.silent
SELECT sum(changes) FROM change_count WHERE workspace = $1 AND quarter >= $2 AND quarter < $3 AND silent = 1

-- name: count.counted
SELECT workspace, quarter, actor_kind, silent, changes FROM change_count WHERE changes <> 0

-- What the log says: without what was withdrawn, and without contacts that are
-- gone and became nobody.
-- name: count.recount
SELECT l.workspace, (l.at - 899999 * (l.at < 0)) / 900000, l.actor_kind, l.silent, count(*)
FROM log l
WHERE l.kind = 1
    AND NOT EXISTS (SELECT 1 FROM gone g WHERE g.workspace = l.workspace AND g.contact = l.contact AND g.became = 0)
    AND (l.import = 0 OR NOT EXISTS (
        SELECT 1 FROM import_written w WHERE w.import = l.import AND w.contact = l.contact AND w.withdrawn = 1))
GROUP BY 1, 2, 3, 4

-- name: written.add
INSERT INTO import_written (import, contact, withdrawn) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING

-- name: written.get
SELECT withdrawn FROM import_written WHERE import = $1 AND contact = $2

-- name: written.list
SELECT contact FROM import_written WHERE import = $1 AND contact > $2 ORDER BY contact LIMIT $3

-- name: written.count
SELECT count(*) FROM import_written WHERE import = $1

-- name: written.withdraw
UPDATE import_written SET withdrawn = 1 WHERE import = $1 AND contact = $2
