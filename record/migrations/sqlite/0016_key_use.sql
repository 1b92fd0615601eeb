-- +goose Up

-- When a key was used last, at most an hour late; NULL = never.
ALTER TABLE api_key ADD COLUMN used INTEGER;
