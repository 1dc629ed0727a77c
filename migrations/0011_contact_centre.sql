-- The contact centre. What a rule refuses, the keys and checks of these tables refuse as well.

-- A switch on which endpoints register and queues run (C-06).
CREATE TABLE pbx (
    organisation uuid NOT NULL REFERENCES organisation (id),
    id uuid NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL,
    -- The name or address under which endpoints reach it.
    host text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, name_folded)
);

CREATE TABLE tenant (
    organisation uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    pbx uuid NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL,
    is_default boolean NOT NULL,
    -- Display customer CLI when call offering (C-07).
    shows_cli boolean NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, name_folded),
    UNIQUE (organisation, id, pbx),
    FOREIGN KEY (organisation, pbx) REFERENCES pbx (organisation, id)
);

CREATE UNIQUE INDEX tenant_by_default ON tenant (organisation) WHERE is_default;
CREATE INDEX tenant_by_pbx ON tenant (organisation, pbx);

-- How many seats there are of a license; one without a row has none (C-03).
CREATE TABLE license (
    organisation uuid NOT NULL REFERENCES organisation (id),
    -- contact_center, engage, engage_bundled, engage_unbundled, or what an added plan is called by.
    code text NOT NULL,
    version bigint NOT NULL,
    -- 1 Contact Center, 2 Engage (CC), 3 a Work plan.
    kind integer NOT NULL CHECK (kind IN (1, 2, 3)),
    -- What an added plan is called; empty for those that are there from the start.
    name text NOT NULL,
    seats integer NOT NULL CHECK (seats >= 0),
    PRIMARY KEY (organisation, code)
);

CREATE TABLE agent_group (
    organisation uuid NOT NULL REFERENCES organisation (id),
    id uuid NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL,
    is_default boolean NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, name_folded)
);

CREATE UNIQUE INDEX agent_group_by_default ON agent_group (organisation) WHERE is_default;

-- An employee's contact-centre profile (C-01 to C-05, C-07, C-11, C-12).
CREATE TABLE contact_user (
    organisation uuid NOT NULL,
    employee uuid NOT NULL,
    version bigint NOT NULL,
    tenant uuid NOT NULL,
    -- The tenant's.
    pbx uuid NOT NULL,
    department text NOT NULL,
    site text NOT NULL,
    contact_center boolean NOT NULL,
    engage boolean NOT NULL,
    -- The Work license of an Engage user.
    plan text,
    call_waiting boolean NOT NULL,
    shows_cli boolean NOT NULL,
    agent_group uuid NOT NULL,
    supervisor boolean NOT NULL,
    may_monitor boolean NOT NULL,
    may_whisper boolean NOT NULL,
    may_barge boolean NOT NULL,
    -- 1 available, 2 on break, 3 working offline, as they set it themselves.
    state integer NOT NULL CHECK (state IN (1, 2, 3)),
    state_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, employee),
    UNIQUE (organisation, employee, pbx),
    UNIQUE (organisation, employee, engage),
    UNIQUE (organisation, employee, supervisor),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE,
    FOREIGN KEY (organisation, tenant, pbx) REFERENCES tenant (organisation, id, pbx) ON UPDATE CASCADE,
    FOREIGN KEY (organisation, plan) REFERENCES license (organisation, code),
    FOREIGN KEY (organisation, agent_group) REFERENCES agent_group (organisation, id),
    -- The pair or neither half, and not the other license besides.
    CHECK (engage = (plan IS NOT NULL) AND NOT (engage AND contact_center))
);

CREATE INDEX contact_user_by_tenant ON contact_user (organisation, tenant, employee);
CREATE INDEX contact_user_by_group ON contact_user (organisation, agent_group, employee);
CREATE INDEX contact_user_by_plan ON contact_user (organisation, plan);

-- Extensions are unique in a PBX (C-04).
CREATE TABLE extension (
    organisation uuid NOT NULL,
    pbx uuid NOT NULL,
    extension text NOT NULL,
    employee uuid NOT NULL,
    -- 1 Work, 2 Contact Center.
    environment integer NOT NULL CHECK (environment IN (1, 2)),
    PRIMARY KEY (organisation, pbx, extension),
    UNIQUE (organisation, employee, environment),
    FOREIGN KEY (organisation, employee, pbx) REFERENCES contact_user (organisation, employee, pbx)
        ON DELETE CASCADE ON UPDATE CASCADE
);

-- Queues (C-09).
CREATE TABLE queue (
    organisation uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    pbx uuid NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL,
    -- 1 inbound, 2 outbound.
    direction integer NOT NULL CHECK (direction IN (1, 2)),
    -- Seconds; null is Manual.
    post_processing integer CHECK (post_processing >= 0),
    -- Whether Engage users can be members: never Manual, 0 to 60 in steps of 5.
    suits_engage boolean NOT NULL,
    -- 1 all at once, 2 in turn, 3 who was idle longest, 4 who took the fewest calls.
    strategy integer NOT NULL CHECK (strategy BETWEEN 1 AND 4),
    ring_seconds integer NOT NULL CHECK (ring_seconds BETWEEN 5 AND 120),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, name_folded),
    UNIQUE (organisation, id, pbx),
    UNIQUE (organisation, id, suits_engage),
    FOREIGN KEY (organisation, pbx) REFERENCES pbx (organisation, id),
    CHECK (suits_engage = (post_processing IS NOT NULL AND post_processing <= 60 AND post_processing % 5 = 0))
);

-- Who is assigned to a queue (C-10). An Engage user is never in a queue that does not suit them, from
-- whichever side it changes: both keys cascade into the check.
CREATE TABLE queue_member (
    organisation uuid NOT NULL,
    queue uuid NOT NULL,
    employee uuid NOT NULL,
    pbx uuid NOT NULL,
    suits_engage boolean NOT NULL,
    engage boolean NOT NULL,
    enabled boolean NOT NULL,
    -- 1 is asked first.
    priority integer NOT NULL CHECK (priority BETWEEN 1 AND 10),
    PRIMARY KEY (organisation, queue, employee),
    FOREIGN KEY (organisation, queue, pbx) REFERENCES queue (organisation, id, pbx) ON DELETE CASCADE,
    FOREIGN KEY (organisation, queue, suits_engage) REFERENCES queue (organisation, id, suits_engage)
        ON DELETE CASCADE ON UPDATE CASCADE,
    FOREIGN KEY (organisation, employee, pbx) REFERENCES contact_user (organisation, employee, pbx)
        ON DELETE CASCADE,
    FOREIGN KEY (organisation, employee, engage) REFERENCES contact_user (organisation, employee, engage)
        ON DELETE CASCADE ON UPDATE CASCADE,
    CHECK (suits_engage OR NOT engage)
);

-- How many are in each queue is counted in the index alone.
CREATE INDEX queue_member_by_queue ON queue_member (organisation, queue, enabled, engage);
CREATE INDEX queue_member_by_employee ON queue_member (organisation, employee, queue);

-- What a supervisor is assigned (C-12); taking supervisor away is refused by the key while any is left.
CREATE TABLE supervised_queue (
    organisation uuid NOT NULL,
    employee uuid NOT NULL,
    queue uuid NOT NULL,
    supervisor boolean NOT NULL CHECK (supervisor),
    enabled boolean NOT NULL,
    PRIMARY KEY (organisation, employee, queue),
    FOREIGN KEY (organisation, employee, supervisor) REFERENCES contact_user (organisation, employee, supervisor)
        ON DELETE CASCADE,
    FOREIGN KEY (organisation, queue) REFERENCES queue (organisation, id) ON DELETE CASCADE
);

CREATE INDEX supervised_queue_by_queue ON supervised_queue (organisation, queue);

CREATE TABLE supervised_group (
    organisation uuid NOT NULL,
    employee uuid NOT NULL,
    agent_group uuid NOT NULL,
    supervisor boolean NOT NULL CHECK (supervisor),
    enabled boolean NOT NULL,
    PRIMARY KEY (organisation, employee, agent_group),
    FOREIGN KEY (organisation, employee, supervisor) REFERENCES contact_user (organisation, employee, supervisor)
        ON DELETE CASCADE,
    FOREIGN KEY (organisation, agent_group) REFERENCES agent_group (organisation, id) ON DELETE CASCADE
);

CREATE INDEX supervised_group_by_group ON supervised_group (organisation, agent_group);

-- Ring groups and call pickup groups (C-13).
CREATE TABLE ring_group (
    organisation uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    pbx uuid NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL,
    ring_seconds integer NOT NULL CHECK (ring_seconds BETWEEN 5 AND 120),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, name_folded),
    UNIQUE (organisation, id, pbx),
    FOREIGN KEY (organisation, pbx) REFERENCES pbx (organisation, id)
);

CREATE TABLE ring_group_member (
    organisation uuid NOT NULL,
    ring_group uuid NOT NULL,
    employee uuid NOT NULL,
    pbx uuid NOT NULL,
    PRIMARY KEY (organisation, ring_group, employee),
    FOREIGN KEY (organisation, ring_group, pbx) REFERENCES ring_group (organisation, id, pbx) ON DELETE CASCADE,
    FOREIGN KEY (organisation, employee, pbx) REFERENCES contact_user (organisation, employee, pbx) ON DELETE CASCADE
);

CREATE INDEX ring_group_member_by_employee ON ring_group_member (organisation, employee);

CREATE TABLE pickup_group (
    organisation uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    pbx uuid NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, name_folded),
    UNIQUE (organisation, id, pbx),
    FOREIGN KEY (organisation, pbx) REFERENCES pbx (organisation, id)
);

CREATE TABLE pickup_group_member (
    organisation uuid NOT NULL,
    pickup_group uuid NOT NULL,
    employee uuid NOT NULL,
    pbx uuid NOT NULL,
    PRIMARY KEY (organisation, pickup_group, employee),
    FOREIGN KEY (organisation, pickup_group, pbx) REFERENCES pickup_group (organisation, id, pbx) ON DELETE CASCADE,
    FOREIGN KEY (organisation, employee, pbx) REFERENCES contact_user (organisation, employee, pbx) ON DELETE CASCADE
);

CREATE INDEX pickup_group_member_by_employee ON pickup_group_member (organisation, employee);

-- What happens to a call (C-19): steps as JSON, and what they lead to, so that it can't be deleted.
CREATE TABLE script (
    organisation uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    pbx uuid NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL,
    content text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, name_folded),
    UNIQUE (organisation, id, pbx),
    FOREIGN KEY (organisation, pbx) REFERENCES pbx (organisation, id)
);

CREATE TABLE script_target (
    organisation uuid NOT NULL,
    script uuid NOT NULL,
    position integer NOT NULL,
    pbx uuid NOT NULL,
    queue uuid,
    ring_group uuid,
    PRIMARY KEY (organisation, script, position),
    FOREIGN KEY (organisation, script, pbx) REFERENCES script (organisation, id, pbx) ON DELETE CASCADE,
    FOREIGN KEY (organisation, queue, pbx) REFERENCES queue (organisation, id, pbx),
    FOREIGN KEY (organisation, ring_group, pbx) REFERENCES ring_group (organisation, id, pbx),
    CHECK ((queue IS NULL) <> (ring_group IS NULL))
);

CREATE INDEX script_target_by_queue ON script_target (organisation, queue);
CREATE INDEX script_target_by_ring_group ON script_target (organisation, ring_group);

CREATE TABLE channel (
    organisation uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL,
    script uuid NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, name_folded),
    FOREIGN KEY (organisation, script) REFERENCES script (organisation, id)
);

CREATE INDEX channel_by_script ON channel (organisation, script);

-- The inventory of numbers in E.164, and the one place that has each (C-04).
CREATE TABLE number (
    organisation uuid NOT NULL REFERENCES organisation (id),
    number text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, number)
);

CREATE TABLE number_use (
    organisation uuid NOT NULL,
    number text NOT NULL,
    employee uuid,
    -- 1 Work, 2 Contact Center; null for a channel.
    environment integer CHECK (environment IN (1, 2)),
    channel uuid,
    PRIMARY KEY (organisation, number),
    UNIQUE (organisation, employee, environment),
    UNIQUE (organisation, channel),
    FOREIGN KEY (organisation, number) REFERENCES number (organisation, number),
    FOREIGN KEY (organisation, employee) REFERENCES contact_user (organisation, employee) ON DELETE CASCADE,
    FOREIGN KEY (organisation, channel) REFERENCES channel (organisation, id) ON DELETE CASCADE,
    CHECK ((employee IS NULL) = (environment IS NULL) AND (employee IS NULL) <> (channel IS NULL))
);

-- Devices and programs on which somebody takes calls (C-16).
CREATE TABLE endpoint (
    organisation uuid NOT NULL,
    id uuid NOT NULL,
    employee uuid NOT NULL,
    -- 1 desktop, 2 web, 3 mobile, 4 desk phone, 5 Microsoft Teams, 6 agent workspace.
    kind integer NOT NULL CHECK (kind BETWEEN 1 AND 6),
    name text NOT NULL,
    username text NOT NULL,
    -- Sealed with the key of the secret file.
    secret bytea NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, username),
    FOREIGN KEY (organisation, employee) REFERENCES contact_user (organisation, employee) ON DELETE CASCADE
);

CREATE INDEX endpoint_by_employee ON endpoint (organisation, employee);

-- What a PBX must still be told, and what it was (C-17).
CREATE TABLE pbx_change (
    organisation uuid NOT NULL,
    pbx uuid NOT NULL,
    -- The entry of the audit trail that it follows from.
    sequence bigint NOT NULL,
    at timestamptz NOT NULL,
    -- 1 waiting, 2 applied, 3 failed.
    state integer NOT NULL CHECK (state IN (1, 2, 3)),
    attempts integer NOT NULL,
    due_at timestamptz NOT NULL,
    leased_until timestamptz,
    failure text,
    applied_at timestamptz,
    PRIMARY KEY (organisation, pbx, sequence),
    FOREIGN KEY (organisation, pbx) REFERENCES pbx (organisation, id) ON DELETE CASCADE
);

CREATE INDEX pbx_change_by_due ON pbx_change (state, due_at);

-- Everything of the contact centre that the audit trail names.
CREATE VIEW contact_centre_part AS
    SELECT organisation, id, name FROM pbx
    UNION ALL SELECT organisation, id, name FROM tenant
    UNION ALL SELECT organisation, id, name FROM agent_group
    UNION ALL SELECT organisation, id, name FROM queue
    UNION ALL SELECT organisation, id, name FROM ring_group
    UNION ALL SELECT organisation, id, name FROM pickup_group
    UNION ALL SELECT organisation, id, name FROM script
    UNION ALL SELECT organisation, id, name FROM channel;
