-- An appointment of a customer with an agent.
CREATE TABLE appointment (
    organisation uuid NOT NULL REFERENCES organisation (id),
    id uuid NOT NULL,
    version bigint NOT NULL,
    -- 1 requested, 2 confirmed, 4 cancelled: bits.
    state integer NOT NULL,
    -- Null for a former employee.
    employee uuid,
    -- No references: what is past stays when an office or subject goes, under the name it had.
    office uuid NOT NULL,
    office_name text NOT NULL,
    subject uuid NOT NULL,
    subject_title text NOT NULL,
    -- 1 in person, 2 video, 4 phone.
    meeting integer NOT NULL,
    begins_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    -- The same with its buffers: in this time the agent has no other.
    busy_from timestamptz NOT NULL,
    busy_until timestamptz NOT NULL,
    -- Of the customer; all empty once erased.
    customer_name text NOT NULL,
    customer_email text NOT NULL,
    customer_email_folded text NOT NULL,
    customer_phone text NOT NULL,
    customer_language text NOT NULL,
    -- What was asked and answered, as JSON: [{"question": …, "answer": …}].
    answers text NOT NULL,
    remark text NOT NULL,
    -- Of the staff.
    note text NOT NULL,
    -- Why it was cancelled.
    reason text NOT NULL,
    -- Which rules staff set aside on purpose, as words with a space between (case 12).
    against text NOT NULL,
    -- SEQUENCE of the event in calendars (RFC 5545).
    sequence integer NOT NULL,
    -- SHA-256 of the secret in the customer's links; the secret itself is sealed, for later mails.
    token bytea NOT NULL,
    token_sealed bytea NOT NULL,
    consented_at timestamptz,
    -- When a reminder is due; null when none is, or when it was sent.
    remind_at timestamptz,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, token),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id)
);

-- Whether an agent is free: those that take time, by when.
CREATE INDEX appointment_by_agent ON appointment (organisation, employee, busy_from, busy_until) WHERE state < 4;
-- For what becomes of all of somebody's, past ones too.
CREATE INDEX appointment_by_employee ON appointment (organisation, employee);
CREATE INDEX appointment_by_office ON appointment (organisation, office, begins_at, id);
CREATE INDEX appointment_by_begin ON appointment (organisation, begins_at, id);
CREATE INDEX appointment_by_customer ON appointment (organisation, customer_email_folded, begins_at);
CREATE INDEX appointment_by_phone ON appointment (organisation, customer_phone) WHERE customer_phone <> '';
CREATE INDEX appointment_by_reminder ON appointment (organisation, remind_at) WHERE remind_at IS NOT NULL;
-- What waits for somebody.
CREATE INDEX appointment_by_state ON appointment (organisation, state, begins_at) WHERE state = 1;
CREATE INDEX appointment_by_subject ON appointment (organisation, subject, begins_at);

-- When an agent is busy elsewhere, by the calendars that they link (O-06).
CREATE TABLE calendar_link (
    organisation uuid NOT NULL,
    id uuid NOT NULL,
    employee uuid NOT NULL,
    -- 1 CalDAV, 2 an ICS address.
    kind integer NOT NULL,
    name text NOT NULL,
    -- Sealed with the key of the secret file: where it is and how to get in.
    access bytea NOT NULL,
    -- Null while it answers.
    failing_since timestamptz,
    failure text,
    failures integer NOT NULL,
    -- When its owner and their managers were told that it fails; null while nobody was.
    told_at timestamptz,
    synced_at timestamptz,
    due_at timestamptz NOT NULL,
    leased_until timestamptz,
    created_at timestamptz NOT NULL,
    -- When it was unlinked while copies stood at the server, which are taken away first; else null.
    ended_at timestamptz,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE
);

CREATE INDEX calendar_link_by_employee ON calendar_link (organisation, employee);
CREATE INDEX calendar_link_by_due ON calendar_link (organisation, due_at);

CREATE TABLE calendar (
    organisation uuid NOT NULL,
    id uuid NOT NULL,
    link uuid NOT NULL,
    employee uuid NOT NULL,
    name text NOT NULL,
    -- Its own address at the server; empty for an ICS address.
    address text NOT NULL,
    -- Whether copies can be put there.
    writable boolean NOT NULL,
    -- "Copy appointments" and "Use for availability".
    copies boolean NOT NULL,
    blocks boolean NOT NULL,
    -- Where the next synchronization goes on; null begins anew.
    sync_token text,
    -- When all of it was read, and not only what changed: what recurs is known as far as it was read.
    read_whole_at timestamptz,
    PRIMARY KEY (organisation, id),
    FOREIGN KEY (organisation, link) REFERENCES calendar_link (organisation, id) ON DELETE CASCADE,
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE
);

CREATE INDEX calendar_by_link ON calendar (organisation, link);
CREATE INDEX calendar_by_employee ON calendar (organisation, employee);

-- When somebody is busy by a calendar: the last that is known of it.
CREATE TABLE busy (
    organisation uuid NOT NULL,
    calendar uuid NOT NULL,
    employee uuid NOT NULL,
    -- The resource it comes from, and which of its repetitions.
    href text NOT NULL,
    number integer NOT NULL,
    from_at timestamptz NOT NULL,
    until_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, calendar, href, number),
    FOREIGN KEY (organisation, calendar) REFERENCES calendar (organisation, id) ON DELETE CASCADE,
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE
);

CREATE INDEX busy_by_employee ON busy (organisation, employee, until_at);

-- The copies of appointments that stand in linked calendars, so that they never block themselves.
CREATE TABLE calendar_copy (
    organisation uuid NOT NULL,
    calendar uuid NOT NULL,
    appointment uuid NOT NULL,
    href text NOT NULL,
    etag text,
    -- The version of the appointment that stands there.
    version bigint NOT NULL,
    PRIMARY KEY (organisation, calendar, appointment),
    FOREIGN KEY (organisation, calendar) REFERENCES calendar (organisation, id) ON DELETE CASCADE
);

-- The private feed of an agent's appointments: SHA-256 of the secret in its address.
CREATE TABLE feed (
    organisation uuid NOT NULL,
    employee uuid NOT NULL,
    token bytea NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, employee),
    UNIQUE (organisation, token),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE
);

-- How the organisation takes bookings (P-05, P-07, P-08).
CREATE TABLE booking_settings (
    organisation uuid NOT NULL PRIMARY KEY REFERENCES organisation (id),
    version bigint NOT NULL,
    -- JSON of `domain::booking::Settings`.
    content text NOT NULL,
    logo bytea
);
