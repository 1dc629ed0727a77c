-- Everything belongs to exactly one organisation, and every key begins with it.
CREATE TABLE organisation (
    id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    host text UNIQUE,
    name text NOT NULL,
    time_zone text NOT NULL,
    country text NOT NULL,
    language text NOT NULL,
    invitation_hours integer NOT NULL,
    -- Kept with every creation and deletion, so that the total is exact at any size.
    employees bigint NOT NULL,
    demo boolean NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE office (
    organisation uuid NOT NULL REFERENCES organisation (id),
    id uuid NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL,
    active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, name_folded)
);
