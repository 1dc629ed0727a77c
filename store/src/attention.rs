//! What needs somebody's attention: one statement for each kind, however much there is (P-09).

use crate::appointment::{LONGEST, trouble};
use crate::database::on;
use crate::{At, Error, Reading, Result};
use domain::appointment::State;
use domain::{
    Action, Actor, AppointmentId, EmployeeId, OfficeId, OrganisationId, Roles, Timestamp, Version,
};
use jiff::SignedDuration;
use sqlx::{AssertSqlSafe, FromRow};

/// The most lines of a kind.
pub const MOST: i64 = 100;
/// An invitation that ends within this time is about to expire.
const SOON: SignedDuration = SignedDuration::from_hours(24);
/// For how long a mail that does not leave is worth looking at.
const MAILS: SignedDuration = SignedDuration::from_hours(24 * 14);

/// Everything that waits for somebody.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Attention {
    /// To confirm, the soonest first.
    pub requests: Vec<Waiting>,
    /// Without an agent who can take them, the soonest first.
    pub without_agent: Vec<Waiting>,
    pub calendars: Vec<FailingCalendar>,
    /// Those that end soon first, the soonest before; then those that ended, the latest before.
    pub invitations: Vec<Ending>,
    pub mails: Vec<FailingMail>,
}

impl Attention {
    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.requests.len()
            + self.without_agent.len()
            + self.calendars.len()
            + self.invitations.len()
            + self.mails.len()
    }
}

/// An appointment that waits for somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    pub id: AppointmentId,
    pub version: Version,
    pub state: State,
    pub begins_at: Timestamp,
    pub subject_title: String,
    pub office: OfficeId,
    pub office_name: String,
    pub customer: String,
    /// `None` for a former employee.
    pub employee: Option<EmployeeId>,
    pub agent: String,
    pub trouble: Option<Trouble>,
}

/// Why an agent can't take an appointment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// There is none any more.
    Former,
    NotActive,
    /// No longer Agent in the office.
    NotInOffice,
    Absent,
}

/// A linked calendar that does not answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FailingCalendar {
    pub employee: EmployeeId,
    pub person: String,
    pub name: String,
    pub since: Timestamp,
}

/// An invitation that ends soon, or has ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ending {
    pub employee: EmployeeId,
    /// The name, or the email while there is none.
    pub person: String,
    pub expires_at: Timestamp,
    pub is_over: bool,
}

/// A mail that does not leave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FailingMail {
    /// What it is about.
    pub appointment: Option<(AppointmentId, OfficeId, String)>,
    /// Whom it is for, where it is about no appointment.
    pub employee: Option<(EmployeeId, String)>,
    pub created_at: Timestamp,
}

/// The times that the statements are asked with.
pub(crate) struct Since {
    pub now: Timestamp,
    /// What reaches into the present begins after it.
    pub longest: Timestamp,
    /// Invitations that end before it.
    pub soon: Timestamp,
    /// Mails that were queued after it.
    pub mails: Timestamp,
}

impl Since {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self {
            now,
            longest: now - LONGEST,
            soon: now + SOON,
            mails: now - MAILS,
        }
    }
}

/// Whom and which offices the whole of it concerns: `$1` the organisation, `$2` now, `$3` what
/// reaches into now, `$4` soon, `$5` since when mails count.
pub(crate) const CONCERNS: &str = concat!(
    "SELECT a.office, a.employee FROM appointment a
     LEFT JOIN employee e ON e.organisation = a.organisation AND e.id = a.employee
     WHERE a.organisation = $1 AND a.state < 4 AND a.ends_at > $2 AND a.begins_at > $3
         AND (a.state = 1 OR ",
    trouble!(),
    " > 0)
     UNION SELECT s.office, c.employee FROM calendar_link c
     LEFT JOIN assignment s ON s.organisation = c.organisation AND s.employee = c.employee
     WHERE c.organisation = $1 AND c.failing_since IS NOT NULL AND c.ended_at IS NULL
     UNION SELECT s.office, l.employee FROM link l
     JOIN employee e ON e.organisation = l.organisation AND e.id = l.employee
     LEFT JOIN assignment s ON s.organisation = l.organisation AND s.employee = l.employee
     WHERE l.organisation = $1 AND l.purpose = 1 AND l.used_at IS NULL AND l.revoked_at IS NULL
         AND l.expires_at < $4 AND e.status = 1
     UNION SELECT coalesce(a.office, s.office), coalesce(a.employee, o.employee) FROM outbox o
     LEFT JOIN appointment a ON a.organisation = o.organisation AND a.id = o.appointment
     LEFT JOIN assignment s ON s.organisation = o.organisation AND s.employee = o.employee
     WHERE o.organisation = $1 AND o.failure IS NOT NULL AND o.delivered_at IS NULL
         AND o.created_at > $5"
);

/// Whether the actor (`$2` sees all, `$3` is them, `$4` the roles by which they see an office) sees
/// what is in the office of `a`.
const IN_OFFICE: &str = "EXISTS (SELECT 1 FROM assignment m WHERE m.organisation = a.organisation
    AND m.office = a.office AND m.employee = $3 AND (m.roles & $4) <> 0)";

/// The same for a person, whose rows are `x`.
const OF_PERSON: &str = "EXISTS (SELECT 1 FROM assignment s JOIN assignment m
    ON m.organisation = s.organisation AND m.office = s.office AND m.employee = $3
    WHERE s.organisation = x.organisation AND s.employee = x.employee AND (m.roles & $4) <> 0)";

/// What lists show of an employee `e`.
const NAME: &str = "CASE WHEN e.first_name = '' AND e.last_name = '' THEN e.email
    ELSE trim(e.first_name || ' ' || e.last_name) END";

#[derive(FromRow)]
struct WaitingRow {
    id: AppointmentId,
    version: Version,
    state: i32,
    begins_at: At,
    subject_title: String,
    office: OfficeId,
    office_name: String,
    customer_name: String,
    employee: Option<EmployeeId>,
    agent: String,
    trouble: i32,
}

#[derive(FromRow)]
struct PersonRow {
    employee: EmployeeId,
    person: String,
    /// What the line is called, beside the person.
    name: String,
    at: At,
}

#[derive(FromRow)]
struct MailRow {
    appointment: Option<AppointmentId>,
    office: Option<OfficeId>,
    subject_title: Option<String>,
    employee: Option<EmployeeId>,
    person: Option<String>,
    created_at: At,
}

/// Who asks, as the statements need it.
#[derive(Clone, Copy)]
struct Scope {
    organisation: OrganisationId,
    all: bool,
    id: Option<EmployeeId>,
    roles: Roles,
}

impl Reading {
    /// What needs the actor's attention at `now`; nothing for those whom nothing can.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn attention(&mut self, actor: &Actor, now: Timestamp) -> Result<Attention> {
        if !actor.sees_attention() {
            return Ok(Attention::default());
        }
        let action = Action::SeeAttention;
        let scope = Scope {
            organisation: self.organisation,
            all: actor.reaches_all(action),
            id: actor.id(),
            roles: action.office_roles(),
        };
        let since = Since::new(now);
        let waiting = self.waiting(scope, &since).await?;
        let (without_agent, requests) = waiting.into_iter().partition(|one| one.trouble.is_some());
        Ok(Attention {
            requests,
            without_agent,
            calendars: self.failing_calendars(scope).await?,
            invitations: self.ending_invitations(scope, &since).await?,
            mails: self.failing_mails(scope, &since).await?,
        })
    }

    /// The same for an employee by their id, such as the reader of a mail.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn attention_of(&mut self, id: EmployeeId, now: Timestamp) -> Result<Attention> {
        let Some(employee) = self.employee(id).await? else {
            return Ok(Attention::default());
        };
        let places = employee.places.clone();
        let actor = Actor::known(self.organisation, id, employee.administrator, places);
        self.attention(&actor, now).await
    }

    /// What is requested, and what has an agent against whom something stands.
    async fn waiting(&mut self, scope: Scope, since: &Since) -> Result<Vec<Waiting>> {
        let trouble = trouble!();
        let sql = format!(
            "SELECT * FROM (
                 SELECT a.id, a.version, a.state, a.begins_at, a.subject_title, a.office,
                     a.office_name, a.customer_name, a.employee,
                     coalesce(trim(e.first_name || ' ' || e.last_name), '') AS agent,
                     {trouble} AS trouble
                 FROM appointment a
                 LEFT JOIN employee e ON e.organisation = a.organisation AND e.id = a.employee
                 WHERE a.organisation = $1 AND a.state < 4 AND a.ends_at > $5 AND a.begins_at > $6
                     AND ($2 OR a.employee = $3 OR {IN_OFFICE})) w
             WHERE w.state = 1 OR w.trouble > 0
             ORDER BY w.begins_at, w.id LIMIT $7"
        );
        let rows: Vec<WaitingRow> = on!(self, connection => sqlx::query_as(AssertSqlSafe(sql))
            .bind(scope.organisation)
            .bind(scope.all)
            .bind(scope.id)
            .bind(scope.roles)
            .bind(At(since.now))
            .bind(At(since.longest))
            .bind(MOST)
            .fetch_all(connection)
            .await)?;
        rows.into_iter().map(WaitingRow::known).collect()
    }

    async fn failing_calendars(&mut self, scope: Scope) -> Result<Vec<FailingCalendar>> {
        let sql = format!(
            "SELECT x.employee, {NAME} AS person, x.name, x.failing_since AS at
             FROM calendar_link x
             JOIN employee e ON e.organisation = x.organisation AND e.id = x.employee
             WHERE x.organisation = $1 AND x.failing_since IS NOT NULL AND x.ended_at IS NULL
                 AND ($2 OR x.employee = $3 OR {OF_PERSON})
             ORDER BY x.failing_since, x.id LIMIT $5"
        );
        let rows: Vec<PersonRow> = on!(self, connection => sqlx::query_as(AssertSqlSafe(sql))
            .bind(scope.organisation)
            .bind(scope.all)
            .bind(scope.id)
            .bind(scope.roles)
            .bind(MOST)
            .fetch_all(connection)
            .await)?;
        let calendar = |row: PersonRow| FailingCalendar {
            employee: row.employee,
            person: row.person,
            name: row.name,
            since: row.at.0,
        };
        Ok(rows.into_iter().map(calendar).collect())
    }

    async fn ending_invitations(&mut self, scope: Scope, since: &Since) -> Result<Vec<Ending>> {
        let sql = format!(
            "SELECT x.employee, {NAME} AS person, '' AS name, x.expires_at AS at
             FROM link x
             JOIN employee e ON e.organisation = x.organisation AND e.id = x.employee
             WHERE x.organisation = $1 AND x.purpose = 1 AND x.used_at IS NULL
                 AND x.revoked_at IS NULL AND x.expires_at < $5 AND e.status = 1
                 AND ($2 OR x.employee = $3 OR {OF_PERSON})
             ORDER BY x.expires_at DESC, x.employee LIMIT $6"
        );
        let rows: Vec<PersonRow> = on!(self, connection => sqlx::query_as(AssertSqlSafe(sql))
            .bind(scope.organisation)
            .bind(scope.all)
            .bind(scope.id)
            .bind(scope.roles)
            .bind(At(since.soon))
            .bind(MOST)
            .fetch_all(connection)
            .await)?;
        let ending = |row: PersonRow| Ending {
            employee: row.employee,
            person: row.person,
            is_over: row.at.0 <= since.now,
            expires_at: row.at.0,
        };
        let (over, mut soon): (Vec<_>, Vec<_>) =
            rows.into_iter().map(ending).partition(|one| one.is_over);
        soon.reverse();
        soon.extend(over);
        Ok(soon)
    }

    async fn failing_mails(&mut self, scope: Scope, since: &Since) -> Result<Vec<FailingMail>> {
        let sql = format!(
            "SELECT x.appointment, a.office, a.subject_title, x.employee,
                 CASE WHEN e.id IS NULL THEN NULL ELSE {NAME} END AS person, x.created_at
             FROM outbox x
             LEFT JOIN appointment a ON a.organisation = x.organisation AND a.id = x.appointment
             LEFT JOIN employee e ON e.organisation = x.organisation AND e.id = x.employee
             WHERE x.organisation = $1 AND x.failure IS NOT NULL AND x.delivered_at IS NULL
                 AND x.created_at > $5
                 AND ($2 OR x.employee = $3 OR a.employee = $3 OR {IN_OFFICE}
                     OR (x.appointment IS NULL AND {OF_PERSON}))
             ORDER BY x.created_at DESC, x.id LIMIT $6"
        );
        let rows: Vec<MailRow> = on!(self, connection => sqlx::query_as(AssertSqlSafe(sql))
            .bind(scope.organisation)
            .bind(scope.all)
            .bind(scope.id)
            .bind(scope.roles)
            .bind(At(since.mails))
            .bind(MOST)
            .fetch_all(connection)
            .await)?;
        let mut mails: Vec<FailingMail> = rows.into_iter().map(MailRow::known).collect();
        // Two mails about one thing are one thing to mend.
        let mut seen = std::collections::HashSet::new();
        mails.retain(|mail| {
            let appointment = mail.appointment.as_ref().map(|(id, ..)| *id);
            seen.insert((appointment, mail.employee.as_ref().map(|(id, _)| *id)))
        });
        Ok(mails)
    }
}

impl WaitingRow {
    fn known(self) -> Result<Waiting> {
        let unreadable = || Error::Unreadable(format!("state of {}", self.id));
        Ok(Waiting {
            id: self.id,
            version: self.version,
            state: State::from_bit(self.state).ok_or_else(unreadable)?,
            begins_at: self.begins_at.0,
            subject_title: self.subject_title,
            office: self.office,
            office_name: self.office_name,
            customer: self.customer_name,
            employee: self.employee,
            agent: self.agent,
            trouble: match self.trouble {
                1 => Some(Trouble::Former),
                2 => Some(Trouble::NotActive),
                3 => Some(Trouble::NotInOffice),
                4 => Some(Trouble::Absent),
                _ => None,
            },
        })
    }
}

impl MailRow {
    fn known(self) -> FailingMail {
        let title = self.subject_title.unwrap_or_default();
        let appointment = self.appointment.zip(self.office);
        // It is mended at the appointment then, whether it is for the customer or the agent.
        let employee = self.employee.zip(self.person);
        let employee = employee.filter(|_| appointment.is_none());
        FailingMail {
            appointment: appointment.map(|(id, office)| (id, office, title)),
            employee,
            created_at: self.created_at.0,
        }
    }
}
