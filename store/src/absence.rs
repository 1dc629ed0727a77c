//! Absences: those of a person, those in a stretch of time, and what changes them (O-05).

use crate::bundle::{Bundled, rows};
use crate::database::on;
use crate::transaction::exactly_one;
use crate::{At, Reading, Result, Transaction, Write, many};
use domain::absence::{Absence, AbsenceEntered, AbsenceRemoved, AbsenceRevised};
use domain::availability::Span;
use domain::{AbsenceId, Allowed, EmployeeId, Timestamp};
use serde::Deserialize;
use sqlx::FromRow;

#[derive(FromRow, Deserialize)]
struct Row {
    id: AbsenceId,
    employee: EmployeeId,
    from_at: At,
    until_at: At,
    reason: String,
}

impl Bundled for Row {
    const VALUES: &str = "hex(r.id), hex(r.employee), r.from_at, r.until_at, r.reason";
}

impl From<Row> for Absence {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            employee: row.employee,
            span: Span {
                from: row.from_at.0,
                until: row.until_at.0,
            },
            reason: row.reason,
        }
    }
}

impl Reading {
    /// The absences of one employee that are not over at `since`, the first first.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn absences(
        &mut self,
        employee: EmployeeId,
        since: Timestamp,
    ) -> Result<Vec<Absence>> {
        let organisation = self.organisation;
        let rows = rows!(
            self,
            Row,
            "SELECT id, employee, from_at, until_at, reason FROM absence
             WHERE organisation = $1 AND employee = $2 AND until_at > $3
             ORDER BY from_at, id",
            |query| query.bind(organisation).bind(employee).bind(At(since))
        )?;
        Ok(rows.into_iter().map(Absence::from).collect())
    }

    /// The absences of these employees that have any time in common with `span`, in one statement, by
    /// employee and then by time.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn absences_in(
        &mut self,
        span: Span,
        employees: &[EmployeeId],
    ) -> Result<Vec<Absence>> {
        if employees.is_empty() {
            return Ok(Vec::new());
        }
        let organisation = self.organisation;
        let (list, employees) = many::list(4, employees);
        let sql = format!(
            "SELECT id, employee, from_at, until_at, reason FROM absence
             WHERE organisation = $1 AND until_at > $2 AND from_at < $3 AND employee IN ({list})
             ORDER BY employee, from_at, id"
        );
        let rows = rows!(self, Row, sql, |query| {
            let query = query.bind(organisation);
            let query = query.bind(At(span.from)).bind(At(span.until));
            employees
                .into_iter()
                .fold(query, |query, id| query.bind(id))
        })?;
        Ok(rows.into_iter().map(Absence::from).collect())
    }

    /// One absence.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn absence(&mut self, id: AbsenceId) -> Result<Option<Absence>> {
        let organisation = self.organisation;
        let row: Option<Row> = on!(self, connection => sqlx::query_as(
            "SELECT id, employee, from_at, until_at, reason FROM absence
             WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .fetch_optional(connection)
        .await)?;
        Ok(row.map(Absence::from))
    }
}

impl Write<AbsenceEntered> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<AbsenceEntered>) -> Result<()> {
        let absence = &change.0;
        on!(self, connection => sqlx::query(
            "INSERT INTO absence (organisation, id, employee, from_at, until_at, reason, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(change.organisation())
        .bind(absence.id)
        .bind(absence.employee)
        .bind(At(absence.span.from))
        .bind(At(absence.span.until))
        .bind(&absence.reason)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<AbsenceRevised> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<AbsenceRevised>) -> Result<()> {
        let changed = on!(self, connection => sqlx::query(
            "UPDATE absence SET from_at = $3, until_at = $4, reason = $5
             WHERE organisation = $1 AND id = $2",
        )
        .bind(change.organisation())
        .bind(change.before.id)
        .bind(At(change.span.from))
        .bind(At(change.span.until))
        .bind(&change.reason)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}

impl Write<AbsenceRemoved> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<AbsenceRemoved>) -> Result<()> {
        let changed = on!(self, connection => sqlx::query(
            "DELETE FROM absence WHERE organisation = $1 AND id = $2",
        )
        .bind(change.organisation())
        .bind(change.0.id)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}
