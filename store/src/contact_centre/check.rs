//! Invariants of the contact centre; what `staffroom check` verifies besides the rest.

/// Each counts what breaks an invariant of the organisation ($1).
pub(crate) const INVARIANTS: &[(&str, &str)] = &[
    (
        "licenses with more users than seats",
        "SELECT count(*) FROM (
             SELECT 'contact_center' AS code, count(*) AS used FROM contact_user
             WHERE organisation = $1 AND contact_center
             UNION ALL
             SELECT 'engage', count(*) FROM contact_user WHERE organisation = $1 AND engage
             UNION ALL
             SELECT plan, count(*) FROM contact_user
             WHERE organisation = $1 AND plan IS NOT NULL GROUP BY plan) c
         LEFT JOIN license l ON l.organisation = $1 AND l.code = c.code
         WHERE c.used > COALESCE(l.seats, 0)",
    ),
    (
        "Engage users of other tenants than the default, while there are several PBXs",
        "SELECT count(*) FROM contact_user u
         JOIN tenant t ON t.organisation = u.organisation AND t.id = u.tenant
         WHERE u.organisation = $1 AND u.engage AND NOT t.is_default
             AND (SELECT count(*) FROM pbx p WHERE p.organisation = u.organisation) > 1",
    ),
    (
        "organisations with tenants, none of which is the default",
        "SELECT count(*) FROM organisation o WHERE o.id = $1
             AND EXISTS (SELECT 1 FROM tenant t WHERE t.organisation = o.id)
             AND NOT EXISTS (SELECT 1 FROM tenant t WHERE t.organisation = o.id AND t.is_default)",
    ),
    (
        "organisations with tenants and without a default agent group",
        "SELECT count(*) FROM organisation o WHERE o.id = $1
             AND EXISTS (SELECT 1 FROM tenant t WHERE t.organisation = o.id)
             AND NOT EXISTS (SELECT 1 FROM agent_group g
                 WHERE g.organisation = o.id AND g.is_default)",
    ),
    (
        "scripts whose last change is not in the audit trail",
        "SELECT count(*) FROM script s WHERE s.organisation = $1 AND s.version <> COALESCE(
             (SELECT max(a.version) FROM audit a
              WHERE a.organisation = s.organisation AND a.subject = s.id), 1)",
    ),
];
