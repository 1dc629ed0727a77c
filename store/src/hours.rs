//! Appointment hours: one document for each agent, read and replaced as a whole (O-04).

use crate::bundle::{Bundled, rows};
use crate::database::on;
use crate::transaction::exactly_one;
use crate::{Error, Reading, Result, Transaction, Write, many};
use domain::hours::Hours;
use domain::hours::change::{HoursChanged, Kept};
use domain::{Allowed, EmployeeId, Version};
use serde::Deserialize;
use sqlx::FromRow;
use std::collections::HashMap;

#[derive(FromRow, Deserialize)]
struct Row {
    employee: EmployeeId,
    content: String,
}

impl Bundled for Row {
    const VALUES: &str = "hex(r.employee), r.content";
}

fn open(employee: EmployeeId, content: &str) -> Result<Hours> {
    serde_json::from_str(content)
        .map_err(|error| Error::Unreadable(format!("hours of {employee}: {error}")))
}

impl Reading {
    /// The appointment hours of one employee; empty while there are none.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn hours(&mut self, employee: EmployeeId) -> Result<Kept> {
        let organisation = self.organisation;
        let row: Option<(Version, String)> = on!(self, connection => sqlx::query_as(
            "SELECT version, content FROM hours WHERE organisation = $1 AND employee = $2",
        )
        .bind(organisation)
        .bind(employee)
        .fetch_optional(connection)
        .await)?;
        Ok(match row {
            None => Kept::default(),
            Some((version, content)) => Kept {
                version: Some(version),
                hours: open(employee, &content)?,
            },
        })
    }

    /// The appointment hours of these employees, in one statement; who has none is not among them.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn hours_of(
        &mut self,
        employees: &[EmployeeId],
    ) -> Result<HashMap<EmployeeId, Hours>> {
        if employees.is_empty() {
            return Ok(HashMap::new());
        }
        let organisation = self.organisation;
        let (list, employees) = many::list(2, employees);
        let sql = format!(
            "SELECT employee, content FROM hours
             WHERE organisation = $1 AND employee IN ({list})"
        );
        let rows = rows!(self, Row, sql, |query| {
            let query = query.bind(organisation);
            employees
                .into_iter()
                .fold(query, |query, id| query.bind(id))
        })?;
        let hours = rows
            .into_iter()
            .map(|row| Ok((row.employee, open(row.employee, &row.content)?)));
        hours.collect()
    }
}

impl Write<HoursChanged> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<HoursChanged>) -> Result<()> {
        let content = serde_json::to_string(&change.hours)
            .map_err(|error| Error::Unreadable(error.to_string()))?;
        let sql = match change.before.version {
            None => {
                "INSERT INTO hours (organisation, employee, version, content)
                 VALUES ($1, $2, $3 + 1, $4) ON CONFLICT DO NOTHING"
            }
            Some(_) => {
                "UPDATE hours SET version = version + 1, content = $4
                 WHERE organisation = $1 AND employee = $2 AND version = $3"
            }
        };
        let changed = on!(self, connection => sqlx::query(sql)
        .bind(change.organisation())
        .bind(change.employee)
        .bind(change.before.version.unwrap_or(Version(0)))
        .bind(content.as_str())
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}
