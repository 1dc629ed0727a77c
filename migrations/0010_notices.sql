-- What somebody wants by mail: null follows the organisation (P-07, P-09).
ALTER TABLE employee ADD COLUMN mails_day boolean;
ALTER TABLE employee ADD COLUMN mails_attention boolean;

-- In which time zones people have their morning.
CREATE INDEX employee_by_time_zone ON employee (organisation, time_zone) WHERE time_zone IS NOT NULL;

-- The appointment that a mail is about, with which it is forgotten (P-08).
ALTER TABLE outbox ADD COLUMN appointment uuid;
CREATE INDEX outbox_by_appointment ON outbox (organisation, appointment) WHERE appointment IS NOT NULL;
CREATE INDEX outbox_by_failure ON outbox (organisation, created_at) WHERE failure IS NOT NULL;

-- Appointments of which it is still known who came; nobody books without a name.
CREATE INDEX appointment_by_end ON appointment (organisation, ends_at) WHERE customer_name <> '';

-- What fails, and what ends.
CREATE INDEX calendar_link_by_failure ON calendar_link (organisation, failing_since) WHERE failing_since IS NOT NULL;
CREATE INDEX link_by_expiry ON link (organisation, purpose, expires_at) WHERE used_at IS NULL AND revoked_at IS NULL;
