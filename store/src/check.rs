//! Invariants that must hold whatever happened: what `staffroom check` verifies.

use crate::contact_centre;
use crate::database::on;
use crate::{Reading, Result};

/// An invariant that does not hold, as a sentence for an operator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding(pub String);

/// Each counts the rows that break an invariant of the organisation ($1).
const INVARIANTS: [(&str, &str); 14] = [
    (
        "employees whose roles are not those of their offices",
        "SELECT count(*) FROM employee e WHERE e.organisation = $1 AND (e.roles & 3) <> (
             SELECT COALESCE(max(a.roles & 1), 0) | COALESCE(max(a.roles & 2), 0)
             FROM assignment a WHERE a.organisation = e.organisation AND a.employee = e.id)",
    ),
    (
        "organisations without an active or invited Administrator",
        "SELECT count(*) FROM organisation o WHERE o.id = $1 AND o.employees > 0 AND NOT EXISTS (
             SELECT 1 FROM employee e WHERE e.organisation = o.id AND (e.roles & 4) <> 0
                 AND e.status IN (1, 2))",
    ),
    (
        "organisations whose count of employees is wrong",
        "SELECT count(*) FROM organisation o WHERE o.id = $1 AND o.employees <> (
             SELECT count(*) FROM employee e WHERE e.organisation = o.id)",
    ),
    (
        "sessions of employees who are not active",
        "SELECT count(*) FROM session s JOIN employee e
             ON e.organisation = s.organisation AND e.id = s.employee
         WHERE s.organisation = $1 AND e.status <> 2",
    ),
    (
        "employees whose last change is not in the audit trail",
        "SELECT count(*) FROM employee e WHERE e.organisation = $1 AND e.version <> COALESCE(
             (SELECT max(a.version) FROM audit a
              WHERE a.organisation = e.organisation AND a.subject = e.id
                  AND a.event NOT IN ('employee.contact_user_revised', 'employee.supervision_changed')), 1)",
    ),
    (
        "offices whose last change is not in the audit trail",
        "SELECT count(*) FROM office o WHERE o.organisation = $1 AND o.version <> COALESCE(
             (SELECT max(a.version) FROM audit a
              WHERE a.organisation = o.organisation AND a.subject = o.id), 1)",
    ),
    (
        "employees by single sign-on without an External ID",
        "SELECT count(*) FROM employee WHERE organisation = $1 AND sign_in = 2
             AND external_id IS NULL",
    ),
    (
        "employees whose provider does not exist",
        "SELECT count(*) FROM employee e WHERE e.organisation = $1 AND e.provider IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM provider p WHERE p.organisation = e.organisation
                 AND p.id = e.provider)",
    ),
    (
        "employees by single sign-on with a password or a second factor",
        "SELECT count(*) FROM employee e WHERE e.organisation = $1 AND e.sign_in = 2
             AND (e.password IS NOT NULL
                 OR EXISTS (SELECT 1 FROM passkey k WHERE k.organisation = e.organisation
                     AND k.employee = e.id)
                 OR EXISTS (SELECT 1 FROM authenticator t WHERE t.organisation = e.organisation
                     AND t.employee = e.id))",
    ),
    (
        "recovery codes of employees without a second factor",
        "SELECT count(*) FROM recovery_code r WHERE r.organisation = $1
             AND NOT EXISTS (SELECT 1 FROM passkey k WHERE k.organisation = r.organisation
                 AND k.employee = r.employee)
             AND NOT EXISTS (SELECT 1 FROM authenticator t WHERE t.organisation = r.organisation
                 AND t.employee = r.employee)",
    ),
    (
        "queues with Engage users who could not end post-processing",
        "SELECT count(*) FROM queue q WHERE q.organisation = $1
             AND (q.post_processing IS NULL OR q.post_processing > 60 OR q.post_processing % 5 <> 0)
             AND EXISTS (SELECT 1 FROM queue_member m JOIN contact_user u
                     ON u.organisation = m.organisation AND u.employee = m.employee
                 WHERE m.organisation = q.organisation AND m.queue = q.id AND u.engage)",
    ),
    (
        "members of queues on another PBX",
        "SELECT count(*) FROM queue_member m
         JOIN queue q ON q.organisation = m.organisation AND q.id = m.queue
         JOIN contact_user u ON u.organisation = m.organisation AND u.employee = m.employee
         WHERE m.organisation = $1 AND q.pbx <> u.pbx",
    ),
    (
        "members of ring groups and call pickup groups on another PBX",
        "SELECT count(*) FROM (
             SELECT m.employee, g.pbx FROM ring_group_member m
             JOIN ring_group g ON g.organisation = m.organisation AND g.id = m.ring_group
             WHERE m.organisation = $1
             UNION ALL SELECT m.employee, g.pbx FROM pickup_group_member m
             JOIN pickup_group g ON g.organisation = m.organisation AND g.id = m.pickup_group
             WHERE m.organisation = $1) m
         JOIN contact_user u ON u.organisation = $1 AND u.employee = m.employee
         WHERE m.pbx <> u.pbx",
    ),
    (
        "organisations with contact-centre users and no default agent group",
        "SELECT count(*) FROM organisation o WHERE o.id = $1
             AND EXISTS (SELECT 1 FROM contact_user u WHERE u.organisation = o.id)
             AND NOT EXISTS (SELECT 1 FROM agent_group g WHERE g.organisation = o.id
                 AND g.is_default)",
    ),
];

impl Reading {
    /// What does not hold in this organisation; empty when all is well.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn check(&mut self) -> Result<Vec<Finding>> {
        let organisation = self.organisation_id();
        let mut findings = Vec::new();
        for (what, sql) in INVARIANTS.iter().chain(contact_centre::check::INVARIANTS) {
            let (count,): (i64,) = on!(self, connection =>
                sqlx::query_as(*sql).bind(organisation).fetch_one(connection).await)?;
            if count > 0 {
                findings.push(Finding(format!("{count} {what}")));
            }
        }
        if let Some(sequence) = self.verify_audit().await? {
            findings.push(Finding(format!(
                "the audit trail was altered at entry {sequence}"
            )));
        }
        Ok(findings)
    }
}
