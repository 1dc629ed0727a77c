//! Reminding customers: once, of what still takes place at the time that they know (P-07).

use super::letter::{Occasion, tell_customer};
use super::{Row, SELECT, known};
use crate::bundle::rows;
use crate::database::on;
use crate::{At, Reading, Result, Transaction};
use domain::appointment::State;
use domain::{AppointmentId, Timestamp};

impl Reading {
    /// Whether a reminder is due, asked before [`Transaction::remind`] so that an idle server never
    /// writes.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn has_reminders(&mut self, now: Timestamp) -> Result<bool> {
        let organisation = self.organisation;
        let due: Option<(AppointmentId,)> = on!(self, connection => sqlx::query_as(
            "SELECT id FROM appointment WHERE organisation = $1 AND remind_at <= $2 LIMIT 1",
        )
        .bind(organisation)
        .bind(At(now))
        .fetch_optional(connection)
        .await)?;
        Ok(due.is_some())
    }
}

impl Transaction {
    /// Queues the reminders that are due, at most `most`, and notes that they are; how many were due.
    /// Of what waits to be confirmed, or has begun, nobody is reminded.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn remind(&mut self, most: i64, now: Timestamp) -> Result<usize> {
        let organisation = self.organisation;
        let sql = format!(
            "{SELECT} WHERE a.organisation = $1 AND a.remind_at <= $2 ORDER BY a.remind_at, a.id
             LIMIT $3"
        );
        let rows = rows!(self, Row, sql, |query| query
            .bind(organisation)
            .bind(At(now))
            .bind(most))?;
        let due = known(rows)?;
        for appointment in &due {
            on!(self, connection => sqlx::query(
                "UPDATE appointment SET remind_at = NULL WHERE organisation = $1 AND id = $2",
            )
            .bind(organisation)
            .bind(appointment.id)
            .execute(connection)
            .await
            .map(|_| ()))?;
            if appointment.state == State::Confirmed && appointment.begins_at > now {
                tell_customer(self, Occasion::Reminder, appointment, now).await?;
            }
        }
        Ok(due.len())
    }
}
