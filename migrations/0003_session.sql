-- A session; the cookie holds the secret, the row its SHA-256.
CREATE TABLE session (
    organisation uuid NOT NULL,
    token bytea NOT NULL,
    id uuid NOT NULL,
    employee uuid NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    agent text NOT NULL,
    address text NOT NULL,
    PRIMARY KEY (organisation, token),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE
);

CREATE INDEX session_by_employee ON session (organisation, employee);

-- A link that was sent or handed over: single use, for one purpose, bound to one address.
CREATE TABLE link (
    organisation uuid NOT NULL,
    token bytea NOT NULL,
    -- 1 invitation, 2 confirmation of an address.
    purpose integer NOT NULL,
    employee uuid NOT NULL,
    address text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (organisation, token),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE
);

CREATE INDEX link_by_employee ON link (organisation, employee, purpose);

-- What must leave the house, written in the transaction that decided it.
CREATE TABLE outbox (
    organisation uuid NOT NULL,
    id uuid NOT NULL,
    employee uuid,
    -- Whether it carries the secret of a link, and is forgotten when the link dies.
    opens boolean NOT NULL,
    -- Sealed with the key of the secret file, and erased once delivered.
    message bytea,
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    leased_until timestamptz,
    attempts integer NOT NULL,
    failure text,
    delivered_at timestamptz,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE
);

CREATE INDEX outbox_by_due ON outbox (delivered_at, due_at);
CREATE INDEX outbox_by_employee ON outbox (organisation, employee);
