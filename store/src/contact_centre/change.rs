//! What a PBX must still be told, and what it was: queued with the change that causes it, applied in
//! order (C-17).

mod claim;
mod concern;

pub use claim::{Claimed, LEASE};
pub(crate) use concern::Concern;

use crate::database::on;
use crate::{At, Error, Reading, Result};
use domain::{EmployeeId, Event, PbxId, Timestamp};
use sqlx::FromRow;

/// Where a change stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    Waiting,
    Applied,
    Failed,
}

/// A change and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// Of the audit trail, whose entry it follows from.
    pub sequence: i64,
    pub event: Event,
    /// The employee whom it is about, with their name while they are there.
    pub about: Option<(EmployeeId, String)>,
    pub at: Timestamp,
    pub progress: Progress,
    pub attempts: i32,
    /// When it is tried next.
    pub due_at: Timestamp,
    /// Why the last attempt did not succeed.
    pub failure: Option<String>,
    pub applied_at: Option<Timestamp>,
}

#[derive(FromRow)]
struct Row {
    sequence: i64,
    event: String,
    employee: Option<EmployeeId>,
    name: Option<String>,
    at: At,
    state: i32,
    attempts: i32,
    due_at: At,
    failure: Option<String>,
    applied_at: Option<At>,
}

impl Row {
    fn known(self) -> Result<Change> {
        let unreadable = || Error::Unreadable(format!("the PBX's change {}", self.sequence));
        Ok(Change {
            event: Event::from_code(&self.event).ok_or_else(unreadable)?,
            progress: match self.state {
                1 => Progress::Waiting,
                2 => Progress::Applied,
                3 => Progress::Failed,
                _ => return Err(unreadable()),
            },
            about: self.employee.zip(self.name),
            sequence: self.sequence,
            at: self.at.0,
            attempts: self.attempts,
            due_at: self.due_at.0,
            failure: self.failure,
            applied_at: self.applied_at.map(|at| at.0),
        })
    }
}

impl Reading {
    /// The last changes of a PBX, newest first, at most `most`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn pbx_changes(&mut self, pbx: PbxId, most: i64) -> Result<Vec<Change>> {
        let organisation = self.organisation;
        let rows: Vec<Row> = on!(self, connection => sqlx::query_as(
            "SELECT c.sequence, a.event, e.id AS employee,
                 CASE WHEN e.first_name = '' AND e.last_name = '' THEN e.email
                     ELSE e.first_name || ' ' || e.last_name END AS name,
                 c.at, c.state, c.attempts, c.due_at, c.failure, c.applied_at
             FROM pbx_change c
             JOIN audit a ON a.organisation = c.organisation AND a.sequence = c.sequence
             LEFT JOIN employee e ON e.organisation = a.organisation AND e.id = a.subject
             WHERE c.organisation = $1 AND c.pbx = $2 ORDER BY c.sequence DESC LIMIT $3",
        )
        .bind(organisation)
        .bind(pbx)
        .bind(most)
        .fetch_all(connection)
        .await)?;
        rows.into_iter().map(Row::known).collect()
    }

    /// How many changes of a PBX are not applied.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn unapplied_changes(&mut self, pbx: PbxId) -> Result<i64> {
        let organisation = self.organisation;
        let (count,): (i64,) = on!(self, connection => sqlx::query_as(
            "SELECT count(*) FROM pbx_change
             WHERE organisation = $1 AND pbx = $2 AND state <> 2",
        )
        .bind(organisation)
        .bind(pbx)
        .fetch_one(connection)
        .await)?;
        Ok(count)
    }

    /// A number that is another once a change of any PBX came, was tried or was applied.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn progress_of_pbxs(&mut self) -> Result<i64> {
        let organisation = self.organisation;
        let (mark,): (i64,) = on!(self, connection => sqlx::query_as(
            "SELECT CAST(COALESCE(sum(sequence + 10 * attempts + state), 0) AS bigint)
             FROM pbx_change WHERE organisation = $1",
        )
        .bind(organisation)
        .fetch_one(connection)
        .await)?;
        Ok(mark)
    }
}
