-- An identity provider of the organisation (A-05, A-06).
CREATE TABLE provider (
    organisation uuid NOT NULL REFERENCES organisation (id),
    id uuid NOT NULL,
    version bigint NOT NULL,
    -- 1 SAML, 2 OpenID Connect.
    protocol integer NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL,
    enabled boolean NOT NULL,
    -- SAML's entity id, OpenID Connect's issuer.
    issuer text NOT NULL,
    -- Where a SAML sign-in begins; empty for OpenID Connect, which discovers it.
    address text NOT NULL,
    -- The provider's signing certificates in PEM, one after the other.
    certificates text NOT NULL,
    -- The earliest day on which one of them ends; null where there is none.
    expires_at timestamptz,
    sign_requests boolean NOT NULL,
    client_id text NOT NULL,
    -- Sealed with the key of the secret file.
    client_secret bytea,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, name_folded),
    UNIQUE (organisation, issuer)
);

-- Our own key for signed requests, sealed, with its certificate in PEM.
CREATE TABLE signing_key (
    organisation uuid NOT NULL PRIMARY KEY REFERENCES organisation (id),
    content bytea NOT NULL,
    certificate text NOT NULL,
    created_at timestamptz NOT NULL
);

-- What a provider said once and must not be said again (A-05: replay).
CREATE TABLE used_assertion (
    organisation uuid NOT NULL REFERENCES organisation (id),
    issuer text NOT NULL,
    id text NOT NULL,
    until timestamptz NOT NULL,
    PRIMARY KEY (organisation, issuer, id)
);

-- Which provider knows somebody who signs in by one; no reference, since SQLite can't add one with
-- two columns. Rules keep a provider that somebody uses.
ALTER TABLE employee ADD COLUMN provider uuid;
-- May go on signing in by password where single sign-on is required (A-12).
ALTER TABLE employee ADD COLUMN exempt boolean NOT NULL DEFAULT false;
-- A password that is too short without a second factor (A-03).
ALTER TABLE employee ADD COLUMN password_short boolean NOT NULL DEFAULT false;

-- The roles that need a second factor, as bits (A-07).
ALTER TABLE organisation ADD COLUMN second_factor integer NOT NULL DEFAULT 0;
-- Who must sign in by single sign-on: 0 nobody, 1 those of some mail domains, 2 everybody (A-12).
ALTER TABLE organisation ADD COLUMN single_sign_on integer NOT NULL DEFAULT 0;
-- The mail domains, with a space between.
ALTER TABLE organisation ADD COLUMN single_sign_on_domains text NOT NULL DEFAULT '';

-- How a session began: 1 password, 2 with a second factor, 3 passkey, 4 single sign-on.
ALTER TABLE session ADD COLUMN method integer NOT NULL DEFAULT 1;
-- When it was proved last who it is; null where a provider did not say.
ALTER TABLE session ADD COLUMN proved_at timestamptz;

CREATE TABLE passkey (
    organisation uuid NOT NULL,
    id uuid NOT NULL,
    employee uuid NOT NULL,
    name text NOT NULL,
    -- The id by which the authenticator knows it.
    credential bytea NOT NULL,
    -- The public key and its counter, as JSON.
    content text NOT NULL,
    created_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, credential),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE
);

CREATE INDEX passkey_by_employee ON passkey (organisation, employee);

-- An authenticator app (TOTP); the secret is sealed.
CREATE TABLE authenticator (
    organisation uuid NOT NULL,
    employee uuid NOT NULL,
    secret bytea NOT NULL,
    -- The last step whose code was accepted, so that none is accepted twice.
    step bigint NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, employee),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE
);

CREATE TABLE recovery_code (
    organisation uuid NOT NULL,
    employee uuid NOT NULL,
    hash bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (organisation, employee, hash),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE
);

-- What waits for its second half, bound to the browser that began it: a sign-in that went to a
-- provider, a second factor, the making of one.
CREATE TABLE ceremony (
    organisation uuid NOT NULL REFERENCES organisation (id),
    token bytea NOT NULL,
    browser bytea NOT NULL,
    purpose integer NOT NULL,
    -- Sealed.
    content bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, token)
);

CREATE INDEX ceremony_by_browser ON ceremony (organisation, browser, purpose);
CREATE INDEX ceremony_by_end ON ceremony (organisation, expires_at);

-- How often something was tried and failed (A-09); the key is a hash, so that no email stands here
-- that is nobody's.
CREATE TABLE attempt (
    organisation uuid NOT NULL REFERENCES organisation (id),
    key bytea NOT NULL,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL,
    blocked_until timestamptz,
    PRIMARY KEY (organisation, key)
);

CREATE INDEX attempt_by_end ON attempt (organisation, last_at);

-- What was announced already, such as the end of a certificate (A-11).
CREATE TABLE announcement (
    organisation uuid NOT NULL REFERENCES organisation (id),
    what text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (organisation, what)
);

-- From where somebody signed in lately: what strangers try from elsewhere does not slow them down there.
CREATE TABLE known_address (
    organisation uuid NOT NULL,
    employee uuid NOT NULL,
    address text NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (organisation, employee, address),
    FOREIGN KEY (organisation, employee) REFERENCES employee (organisation, id) ON DELETE CASCADE
);
