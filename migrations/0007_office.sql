-- An office in full (O-01).
ALTER TABLE office ADD COLUMN virtual boolean NOT NULL DEFAULT false;
ALTER TABLE office ADD COLUMN description text NOT NULL DEFAULT '';
ALTER TABLE office ADD COLUMN external_id text;
ALTER TABLE office ADD COLUMN email text;
ALTER TABLE office ADD COLUMN phone text;
ALTER TABLE office ADD COLUMN address text NOT NULL DEFAULT '';
ALTER TABLE office ADD COLUMN directions text NOT NULL DEFAULT '';
ALTER TABLE office ADD COLUMN parking text NOT NULL DEFAULT '';
-- Null for the organisation's.
ALTER TABLE office ADD COLUMN time_zone text;

CREATE UNIQUE INDEX office_by_external_id ON office (organisation, external_id);

-- When an office is open, in its own time; an office without a row is open whenever its agents are.
CREATE TABLE office_opening (
    organisation uuid NOT NULL,
    office uuid NOT NULL,
    -- 1 Monday to 7 Sunday.
    weekday integer NOT NULL,
    -- Minutes since midnight; until is at most 1440.
    from_minute integer NOT NULL,
    until_minute integer NOT NULL,
    PRIMARY KEY (organisation, office, weekday, from_minute),
    FOREIGN KEY (organisation, office) REFERENCES office (organisation, id) ON DELETE CASCADE,
    CHECK (weekday BETWEEN 1 AND 7 AND from_minute >= 0 AND from_minute < until_minute AND until_minute <= 1440)
);

-- Days on which an office is closed, as YYYY-MM-DD, the last one included.
CREATE TABLE office_closing (
    organisation uuid NOT NULL,
    office uuid NOT NULL,
    first_day text NOT NULL,
    last_day text NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (organisation, office, first_day),
    FOREIGN KEY (organisation, office) REFERENCES office (organisation, id) ON DELETE CASCADE
);

-- What appointments can be about (O-02), in groups.
CREATE TABLE category (
    organisation uuid NOT NULL REFERENCES organisation (id),
    id uuid NOT NULL,
    version bigint NOT NULL,
    title text NOT NULL,
    title_folded text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, title_folded)
);

CREATE TABLE subject (
    organisation uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    category uuid NOT NULL,
    title text NOT NULL,
    title_folded text NOT NULL,
    active boolean NOT NULL,
    external_id text,
    -- 1 in person, 2 video, 4 phone: bits.
    meetings integer NOT NULL,
    -- Minutes.
    duration integer NOT NULL,
    -- Minutes kept free before and after.
    buffer_before integer NOT NULL,
    buffer_after integer NOT NULL,
    -- The earliest notice in minutes, the latest in days.
    notice_least integer NOT NULL,
    notice_most integer NOT NULL,
    -- What customers are asked, as JSON: [{"text": …, "required": …}].
    questions text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, title_folded),
    UNIQUE (organisation, external_id),
    FOREIGN KEY (organisation, category) REFERENCES category (organisation, id)
);

-- How an office narrows a subject; null is as the subject says.
CREATE TABLE office_subject (
    organisation uuid NOT NULL,
    office uuid NOT NULL,
    subject uuid NOT NULL,
    offered boolean NOT NULL,
    duration integer,
    notice_least integer,
    notice_most integer,
    -- Whether bookings wait to be confirmed by hand; null is as the block of hours says.
    by_hand boolean,
    PRIMARY KEY (organisation, office, subject),
    FOREIGN KEY (organisation, office) REFERENCES office (organisation, id) ON DELETE CASCADE,
    FOREIGN KEY (organisation, subject) REFERENCES subject (organisation, id) ON DELETE CASCADE
);

-- That an agent handles a subject in an office (O-03). Stays while the role is away, and counts only with it.
CREATE TABLE expertise (
    organisation uuid NOT NULL,
    employee uuid NOT NULL,
    office uuid NOT NULL,
    subject uuid NOT NULL,
    PRIMARY KEY (organisation, employee, office, subject),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE,
    FOREIGN KEY (organisation, office) REFERENCES office (organisation, id) ON DELETE CASCADE,
    FOREIGN KEY (organisation, subject) REFERENCES subject (organisation, id) ON DELETE CASCADE
);

CREATE INDEX expertise_by_subject ON expertise (organisation, office, subject, employee);
-- For the deletion of a subject.
CREATE INDEX expertise_of_subject ON expertise (organisation, subject);
