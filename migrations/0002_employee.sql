CREATE TABLE employee (
    organisation uuid NOT NULL REFERENCES organisation (id),
    id uuid NOT NULL,
    version bigint NOT NULL,
    -- 1 Pending, 2 Active, 4 Suspended: bits, so that a filter of several is one comparison.
    status integer NOT NULL,
    activated_at timestamptz,
    -- 1 password, 2 single sign-on.
    sign_in integer NOT NULL,
    email text NOT NULL,
    email_folded text NOT NULL,
    email_wanted text,
    password text,
    first_name text NOT NULL,
    last_name text NOT NULL,
    -- What lists show and sort by: the name, or the email while there is none.
    name_folded text NOT NULL,
    -- What search looks in: name and email, folded.
    search text NOT NULL,
    phone text,
    external_id text,
    -- 1 Agent, 2 Office Manager, 4 Administrator: what is held, over all offices.
    roles integer NOT NULL,
    -- The same bits, for roles chosen before there is an office; they give no rights.
    wanted integer NOT NULL,
    online_planning boolean NOT NULL,
    "function" text NOT NULL,
    introduction text NOT NULL,
    video_link text NOT NULL,
    language text,
    time_zone text,
    picture uuid,
    created_at timestamptz NOT NULL,
    -- 1970 while never seen, so that both databases sort it the same.
    last_seen_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, email_folded),
    UNIQUE (organisation, external_id)
);

CREATE INDEX employee_by_name ON employee (organisation, name_folded, id);
CREATE INDEX employee_by_status ON employee (organisation, status, name_folded, id);
CREATE INDEX employee_by_last_seen ON employee (organisation, last_seen_at, id);
-- Whether somebody is the last Administrator is asked with every change.
CREATE INDEX employee_by_administrator ON employee (organisation, status, id) WHERE (roles & 4) <> 0;

-- The roles somebody holds in an office; a row without a role does not exist.
CREATE TABLE assignment (
    organisation uuid NOT NULL,
    employee uuid NOT NULL,
    office uuid NOT NULL,
    roles integer NOT NULL CHECK (roles IN (1, 2, 3)),
    PRIMARY KEY (organisation, employee, office),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE,
    FOREIGN KEY (organisation, office) REFERENCES office (organisation, id)
);

CREATE INDEX assignment_by_office ON assignment (organisation, office, employee);

CREATE TABLE picture (
    organisation uuid NOT NULL,
    employee uuid NOT NULL,
    id uuid NOT NULL,
    jpeg bytea NOT NULL,
    PRIMARY KEY (organisation, employee),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE
);
