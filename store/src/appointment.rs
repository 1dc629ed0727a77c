//! Appointments: one, those of a list, and those that somebody leaves behind.

mod agenda;
mod day;
mod letter;
mod list;
mod reminder;
mod write;

pub use day::Day;
pub use letter::{Agent, Letter, Occasion, Premises, Reader};
pub use list::{Listed, Query};

use crate::bundle::{Bundled, rows};
use crate::database::on;
use crate::secret::Token;
use crate::{At, Error, Reading, Result};
use domain::appointment::{Answer, Customer, State};
use domain::booking::{Meeting, Obstacle};
use domain::field::{Email, Phone};
use domain::{
    Appointment, AppointmentId, EmployeeId, OfficeId, OrganisationId, SubjectId, Timestamp, Version,
};
use jiff::SignedDuration;
use serde::Deserialize;
use sqlx::{AssertSqlSafe, FromRow};

/// The columns of an appointment `a`, in the order of [`Row`], with its agent's name.
const SELECT: &str =
    "SELECT a.organisation, a.id, a.version, a.state, a.employee, a.office, a.office_name,
    a.subject, a.subject_title, a.meeting, a.begins_at, a.ends_at, a.busy_from, a.busy_until,
    a.customer_name, a.customer_email, a.customer_phone, a.customer_language, a.answers, a.remark,
    a.note, a.reason, a.against, a.sequence, a.consented_at, a.remind_at, a.created_at,
    coalesce(trim(e.first_name || ' ' || e.last_name), '') AS agent,
    coalesce(e.status = 2, false) AS agent_active
    FROM appointment a
    LEFT JOIN employee e ON e.organisation = a.organisation AND e.id = a.employee";

#[derive(FromRow, Deserialize)]
struct Row {
    organisation: OrganisationId,
    id: AppointmentId,
    version: Version,
    state: i32,
    employee: Option<EmployeeId>,
    office: OfficeId,
    office_name: String,
    subject: SubjectId,
    subject_title: String,
    meeting: i32,
    begins_at: At,
    ends_at: At,
    busy_from: At,
    busy_until: At,
    customer_name: String,
    customer_email: String,
    customer_phone: String,
    customer_language: String,
    answers: String,
    remark: String,
    note: String,
    reason: String,
    against: String,
    sequence: i32,
    consented_at: Option<At>,
    remind_at: Option<At>,
    created_at: At,
    agent: String,
    agent_active: bool,
}

impl Bundled for Row {
    const VALUES: &str = "hex(r.organisation), hex(r.id), r.version, r.state,
        nullif(hex(r.employee), ''), hex(r.office), r.office_name, hex(r.subject), r.subject_title,
        r.meeting, r.begins_at, r.ends_at, r.busy_from, r.busy_until, r.customer_name,
        r.customer_email, r.customer_phone, r.customer_language, r.answers, r.remark, r.note,
        r.reason, r.against, r.sequence, r.consented_at, r.remind_at, r.created_at, r.agent,
        iif(r.agent_active, json('true'), json('false'))";
}

impl TryFrom<Row> for Appointment {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let unreadable = |what: &str| Error::Unreadable(format!("{what} of {}", row.id));
        let answers: Vec<Answer> =
            serde_json::from_str(&row.answers).map_err(|_| unreadable("answers"))?;
        Ok(Self {
            organisation: row.organisation,
            id: row.id,
            version: row.version,
            state: State::from_bit(row.state).ok_or_else(|| unreadable("state"))?,
            employee: row.employee,
            office: row.office,
            subject: row.subject,
            meeting: Meeting::from_bit(row.meeting).ok_or_else(|| unreadable("meeting"))?,
            begins_at: row.begins_at.0,
            ends_at: row.ends_at.0,
            busy_from: row.busy_from.0,
            busy_until: row.busy_until.0,
            customer: Customer {
                email: Email::read(&row.customer_email).ok(),
                phone: Phone::e164(&row.customer_phone).ok(),
                name: row.customer_name,
                language: row.customer_language,
            },
            answers,
            against: Obstacle::from_codes(&row.against),
            office_name: row.office_name,
            subject_title: row.subject_title,
            remark: row.remark,
            note: row.note,
            reason: row.reason,
            sequence: row.sequence,
            consented_at: row.consented_at.map(|at| at.0),
            remind_at: row.remind_at.map(|at| at.0),
            created_at: row.created_at.0,
        })
    }
}

fn known(rows: Vec<Row>) -> Result<Vec<Appointment>> {
    rows.into_iter().map(Appointment::try_from).collect()
}

impl Reading {
    /// One appointment, or `None`. Who may see it is the caller's next question to it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn appointment(&mut self, id: AppointmentId) -> Result<Option<Appointment>> {
        let organisation = self.organisation;
        let sql = format!("{SELECT} WHERE a.organisation = $1 AND a.id = $2");
        let rows = rows!(self, Row, sql, |query| query.bind(organisation).bind(id))?;
        Ok(known(rows)?.pop())
    }

    /// The appointment that a customer's link opens (P-05).
    ///
    /// # Errors
    /// When the database can't.
    pub async fn appointment_of_link(&mut self, token: &Token) -> Result<Option<Appointment>> {
        let organisation = self.organisation;
        let sql = format!("{SELECT} WHERE a.organisation = $1 AND a.token = $2");
        let rows = rows!(self, Row, sql, |query| query
            .bind(organisation)
            .bind(token.hash()))?;
        Ok(known(rows)?.pop())
    }

    /// What an agent still has ahead at `now`, by time (E-15, E-16, O-05, P-06).
    ///
    /// # Errors
    /// When the database can't.
    pub async fn upcoming(
        &mut self,
        employee: EmployeeId,
        which: Which,
        now: Timestamp,
    ) -> Result<Vec<Listed>> {
        let organisation = self.organisation;
        let sql = format!("{SELECT} WHERE {AHEAD} ORDER BY a.begins_at, a.id");
        let rows = rows!(self, Row, sql, |query| query
            .bind(organisation)
            .bind(employee)
            .bind(At(now))
            .bind(which == Which::All)
            .bind(At(now - LONGEST)))?;
        rows.into_iter().map(list::listed).collect()
    }

    /// How many [`Reading::upcoming`] would read.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn count_upcoming(
        &mut self,
        employee: EmployeeId,
        which: Which,
        now: Timestamp,
    ) -> Result<i64> {
        let organisation = self.organisation;
        let sql = format!(
            "SELECT count(*) FROM appointment a
             LEFT JOIN employee e ON e.organisation = a.organisation AND e.id = a.employee
             WHERE {AHEAD}"
        );
        let (count,): (i64,) = on!(self, connection => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation)
            .bind(employee)
            .bind(At(now))
            .bind(which == Which::All)
            .bind(At(now - LONGEST))
            .fetch_one(connection)
            .await)?;
        Ok(count)
    }
}

/// Which of somebody's appointments ahead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    All,
    /// Those that they can't take as it stands: not Active, no Agent in that office any more, or away
    /// then.
    Stranded,
}

/// No appointment with its buffers is longer, so that what reaches into a time begins at most so long
/// before it, and an index by beginning serves.
pub(crate) const LONGEST: SignedDuration = SignedDuration::from_hours(48);

/// Why the agent `e` can't take the appointment `a` as it stands; 0 is that they can (E-15, O-05, P-06).
macro_rules! trouble {
    () => {
        "CASE WHEN a.employee IS NULL THEN 1 WHEN e.status <> 2 THEN 2
             WHEN NOT EXISTS (SELECT 1 FROM assignment s WHERE s.organisation = a.organisation
                 AND s.employee = a.employee AND s.office = a.office AND (s.roles & 1) <> 0) THEN 3
             WHEN EXISTS (SELECT 1 FROM absence b WHERE b.organisation = a.organisation
                 AND b.employee = a.employee AND b.from_at < a.ends_at
                 AND b.until_at > a.begins_at) THEN 4
             ELSE 0 END"
    };
}
pub(crate) use trouble;

/// What lies ahead of `$2` after `$3`: all where `$4`, else what is stranded.
const AHEAD: &str = concat!(
    "a.organisation = $1 AND a.employee = $2 AND a.state < 4 AND a.ends_at > $3
     AND a.busy_from > $5 AND ($4 OR ",
    trouble!(),
    " > 0)"
);
