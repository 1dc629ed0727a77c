-- The chain: never updated, never deleted from. Each hash covers the one before it.
CREATE TABLE audit (
    organisation uuid NOT NULL REFERENCES organisation (id),
    sequence bigint NOT NULL,
    at timestamptz NOT NULL,
    event text NOT NULL,
    -- Who: null is Staffroom itself. No foreign key: the trail outlives the person.
    author uuid,
    -- 1 employee, 2 office, 3 the organisation.
    subject_kind integer NOT NULL,
    subject uuid,
    -- The subject's version after the change: what a second editor missed (E-20).
    version bigint,
    -- SHA-256 over the digests of the personal values beside the chain (audit_value).
    commitment bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (organisation, sequence)
);

CREATE INDEX audit_by_subject ON audit (organisation, subject, sequence);
CREATE INDEX audit_by_author ON audit (organisation, author, sequence);

-- The personal values of an entry, erased with the person they are of (E-16).
CREATE TABLE audit_value (
    organisation uuid NOT NULL,
    sequence bigint NOT NULL,
    -- 0 what changed, 1 from which address.
    position integer NOT NULL,
    -- Of whom it speaks; null for nobody.
    person uuid,
    -- Null, like the content, once erased; the digest stays and goes on proving the chain.
    salt bytea,
    content text,
    digest bytea NOT NULL,
    PRIMARY KEY (organisation, sequence, position),
    FOREIGN KEY (organisation, sequence) REFERENCES audit (organisation, sequence)
);

CREATE INDEX audit_value_by_person ON audit_value (organisation, person);
