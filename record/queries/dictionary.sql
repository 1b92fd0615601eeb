-- name: dictionary.number
SELECT number FROM dictionary WHERE workspace = $1 AND text = $2

-- name: dictionary.text
SELECT text FROM dictionary WHERE workspace = $1 AND number = $2

-- name: dictionary.last
SELECT max(number) FROM dictionary WHERE workspace = $1

-- name: dictionary.add
INSERT INTO dictionary (workspace, text, number) VALUES ($1, $2, $3)

-- name: source.number
SELECT number FROM source WHERE workspace = $1 AND fields = $2

-- name: source.fields
SELECT fields FROM source WHERE workspace = $1 AND number = $2

-- name: source.last
SELECT max(number) FROM source WHERE workspace = $1

-- name: source.add
INSERT INTO source (workspace, fields, number) VALUES ($1, $2, $3)
