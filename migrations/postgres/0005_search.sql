-- Order by code point as on SQLite, and an index for any part of a name or email.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

ALTER TABLE employee
    ALTER COLUMN name_folded TYPE text COLLATE "C",
    ALTER COLUMN email_folded TYPE text COLLATE "C";
ALTER TABLE office ALTER COLUMN name_folded TYPE text COLLATE "C";

CREATE INDEX employee_by_search ON employee USING gin (search gin_trgm_ops);
