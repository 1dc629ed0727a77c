-- When an agent can be booked (O-04): the default week, templates, and the dates to which they are
-- applied, as one document, so that it is read and replaced as a whole.
CREATE TABLE hours (
    organisation uuid NOT NULL,
    employee uuid NOT NULL,
    version bigint NOT NULL,
    -- JSON of `domain::hours::Hours`.
    content text NOT NULL,
    PRIMARY KEY (organisation, employee),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE
);

-- When an agent is away (O-05).
CREATE TABLE absence (
    organisation uuid NOT NULL,
    id uuid NOT NULL,
    employee uuid NOT NULL,
    from_at timestamptz NOT NULL,
    until_at timestamptz NOT NULL,
    reason text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE
);

CREATE INDEX absence_by_employee ON absence (organisation, employee, until_at);
