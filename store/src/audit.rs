//! The audit trail: appended to with every change, chained by hashes, read by those who may (E-23).

mod chain;

pub(crate) use chain::{Chain, append, erase};

use crate::database::on;
use crate::search::found;
use crate::{At, Error, Reading, Result};
use domain::audit::{Line, Person, Query, Value};
use domain::listing::{Of, Visibility};
use domain::{
    About, AppointmentId, CategoryId, EmployeeId, Event, OfficeId, PartId, ProviderId, SubjectId,
    Timestamp, Version,
};
use sqlx::FromRow;
use uuid::Uuid;

/// How many entries a page of the trail has.
pub const PAGE: i64 = 50;

#[derive(FromRow)]
struct Row {
    sequence: i64,
    at: At,
    event: String,
    author: Option<EmployeeId>,
    author_name: Option<String>,
    subject_kind: i32,
    subject: Option<Uuid>,
    subject_name: Option<String>,
    values_sequence: Option<i64>,
    content: Option<String>,
    address: Option<String>,
}

/// The statement, by what a search of authors may look in (where somebody may not see the author,
/// only the name that is shown, never the email), by which entries somebody may see, and by whether
/// one subject is asked for, whose entries an index finds.
macro_rules! trail {
    ($author:literal, $scope:literal, $subject:literal) => {
        concat!(
            "SELECT a.sequence, a.at, a.event, a.author, a.subject_kind, a.subject,
                 CASE WHEN w.first_name = '' AND w.last_name = '' THEN w.email
                     ELSE w.first_name || ' ' || w.last_name END AS author_name,
                 COALESCE(f.name, p.name, c.title, s.title, t.subject_title, CASE WHEN e.first_name = '' AND e.last_name = '' THEN e.email
                     ELSE e.first_name || ' ' || e.last_name END,
                     (SELECT g.name FROM contact_centre_part g
                      WHERE g.organisation = a.organisation AND g.id = a.subject)) AS subject_name,
                 v.sequence AS values_sequence, v.content, d.content AS address
             FROM audit a
             LEFT JOIN employee w ON w.organisation = a.organisation AND w.id = a.author
             LEFT JOIN employee e ON e.organisation = a.organisation AND e.id = a.subject
             LEFT JOIN office f ON f.organisation = a.organisation AND f.id = a.subject
             LEFT JOIN provider p ON p.organisation = a.organisation AND p.id = a.subject
             LEFT JOIN category c ON c.organisation = a.organisation AND c.id = a.subject
             LEFT JOIN subject s ON s.organisation = a.organisation AND s.id = a.subject
             LEFT JOIN appointment t ON t.organisation = a.organisation AND t.id = a.subject
             LEFT JOIN audit_value v ON v.organisation = a.organisation
                 AND v.sequence = a.sequence AND v.position = 0
             LEFT JOIN audit_value d ON d.organisation = a.organisation
                 AND d.sequence = a.sequence AND d.position = 1
             WHERE a.organisation = $1 AND a.sequence < $2 ",
            $subject,
            " AND ($4 IS NULL OR a.event = $4) AND (",
            found!("e.search", 5),
            " OR ",
            found!($author, 5),
            ") AND a.at >= $6 AND a.at < $7 AND ($8 IS NULL OR a.version > $8)
                 AND ($9 IS NULL OR $9 IS NOT NULL) AND ($11 IS NULL OR a.subject_kind = $11) ",
            $scope,
            " ORDER BY a.sequence DESC LIMIT $10"
        )
    };
}

/// The statement for all subjects, and for one.
macro_rules! trails {
    ($author:literal, $scope:literal) => {
        (
            trail!($author, $scope, "AND ($3 IS NULL OR $3 IS NOT NULL)"),
            trail!($author, $scope, "AND a.subject = $3"),
        )
    };
}

impl Reading {
    /// The entries that somebody may see, newest first, at most [`PAGE`] and one more.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn audit(&mut self, visibility: Visibility, query: &Query) -> Result<Vec<Line>> {
        let ((of_all, of_one), who) = match visibility.of() {
            Of::Nobody => return Ok(Vec::new()),
            Of::Everyone => (trails!("w.search", ""), None),
            Of::ManagedBy(id) => (
                trails!(
                    "w.name_folded",
                    "AND (a.subject = $9 OR EXISTS (
                         SELECT 1 FROM assignment m WHERE m.organisation = a.organisation
                             AND m.employee = $9 AND (m.roles & 2) <> 0
                             AND (m.office = a.subject OR m.office = t.office OR EXISTS (
                                 SELECT 1 FROM assignment s WHERE s.organisation = m.organisation
                                     AND s.office = m.office AND s.employee = a.subject))))"
                ),
                Some(id),
            ),
            Of::Only(id) => (
                trails!("w.name_folded", "AND (a.subject = $9 OR t.employee = $9)"),
                Some(id),
            ),
        };
        let organisation = visibility.organisation();
        let (kind, about) = match query.subject.map(chain::subject_columns) {
            Some((kind, about)) => (Some(kind), about),
            None => (None, None),
        };
        let sql = if about.is_some() { of_one } else { of_all };
        let person = crate::search::pattern(&query.person);
        // Before the first entry and after the last, both databases know the same times.
        let never_after = Timestamp::from_second(253_402_207_200).unwrap_or(Timestamp::MAX);
        let within = |at: Timestamp| at.clamp(Timestamp::UNIX_EPOCH, never_after);
        let rows: Vec<Row> = on!(self, connection => sqlx::query_as(sql)
            .bind(organisation)
            .bind(query.before.unwrap_or(i64::MAX))
            .bind(about)
            .bind(query.event.map(Event::code))
            .bind(person)
            .bind(At(within(query.from.unwrap_or(Timestamp::MIN))))
            .bind(At(within(query.until.unwrap_or(Timestamp::MAX))))
            .bind(query.since.map(|Version(version)| version))
            .bind(who)
            .bind(PAGE + 1)
            .bind(kind)
            .fetch_all(connection)
            .await)?;
        let mut lines: Vec<Line> = rows.into_iter().map(line).collect::<Result<_>>()?;
        if let Of::ManagedBy(id) = visibility.of() {
            let managed = self.managed_by(id).await?;
            for line in lines
                .iter_mut()
                .filter(|line| line.subject != About::Employee(id))
            {
                line.values.retain(|value| value.concerns(&managed));
            }
        }
        Ok(lines)
    }

    async fn managed_by(&mut self, id: EmployeeId) -> Result<Vec<OfficeId>> {
        let organisation = self.organisation;
        let offices: Vec<(OfficeId,)> = on!(self, connection => sqlx::query_as(
            "SELECT office FROM assignment
             WHERE organisation = $1 AND employee = $2 AND (roles & 2) <> 0",
        )
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?;
        Ok(offices.into_iter().map(|(office,)| office).collect())
    }
}

fn line(row: Row) -> Result<Line> {
    let unreadable = || Error::Unreadable(format!("audit entry {}", row.sequence));
    let subject = match (row.subject_kind, row.subject) {
        (1, Some(id)) => About::Employee(EmployeeId(id)),
        (2, Some(id)) => About::Office(OfficeId(id)),
        (3, None) => About::Organisation,
        (4, Some(id)) => About::Provider(ProviderId(id)),
        (5, Some(id)) => About::Category(CategoryId(id)),
        (6, Some(id)) => About::Subject(SubjectId(id)),
        (7, Some(id)) => About::Appointment(AppointmentId(id)),
        (8, Some(id)) => About::Part(PartId(id)),
        _ => return Err(unreadable()),
    };
    let values: Vec<Value> = match &row.content {
        Some(json) => serde_json::from_str(json).map_err(|_| unreadable())?,
        None => Vec::new(),
    };
    Ok(Line {
        sequence: row.sequence,
        at: row.at.0,
        event: Event::from_code(&row.event).ok_or_else(unreadable)?,
        author: match (row.author, &row.author_name) {
            (None, _) => Person::System,
            (Some(id), Some(name)) => Person::Known(id, name.trim().to_owned()),
            (Some(_), None) => Person::Former,
        },
        subject,
        subject_name: row.subject_name.map(|name| name.trim().to_owned()),
        erased: row.values_sequence.is_some() && row.content.is_none(),
        values,
        address: row.address,
    })
}
