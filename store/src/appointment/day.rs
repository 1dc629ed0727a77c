//! The day of an agent, and who is told theirs by mail (P-07).

use super::{Row, SELECT, known};
use crate::bundle::rows;
use crate::database::on;
use crate::outbox::{self, Message};
use crate::{At, Reading, Result, Transaction};
use domain::field::Email;
use domain::{Appointment, EmployeeId, Timestamp};
use jiff::civil::Date;

/// A day in a time zone, from midnight to midnight.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Day<'a> {
    pub on: Date,
    /// IANA.
    pub zone: &'a str,
    pub from: Timestamp,
    pub until: Timestamp,
}

impl Reading {
    /// What an agent has between two times, by time: what is cancelled is not theirs to do.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn day(
        &mut self,
        employee: EmployeeId,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<Appointment>> {
        let organisation = self.organisation;
        let sql = format!(
            "{SELECT} WHERE a.organisation = $1 AND a.employee = $2 AND a.state < 4
                 AND a.begins_at >= $3 AND a.begins_at < $4
             ORDER BY a.begins_at, a.id"
        );
        let rows = rows!(self, Row, sql, |query| query
            .bind(organisation)
            .bind(employee)
            .bind(At(from))
            .bind(At(until)))?;
        known(rows)
    }
}

impl Transaction {
    /// Queues the mail of a day for those whose clock is of its zone, who have appointments on it and
    /// want it; `usual` decides for those who leave it to the organisation. Once for each day and
    /// zone; whether it was not before.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn mail_days(&mut self, day: Day<'_>, usual: bool, now: Timestamp) -> Result<bool> {
        let what = format!("digest {} {}", day.on, day.zone);
        if !self.first(&what, now).await? {
            return Ok(false);
        }
        let organisation = self.organisation;
        let readers: Vec<(EmployeeId, Email)> = on!(self, connection => sqlx::query_as(
            "SELECT DISTINCT e.id, e.email FROM appointment a
             JOIN employee e ON e.organisation = a.organisation AND e.id = a.employee
             JOIN organisation o ON o.id = a.organisation
             WHERE a.organisation = $1 AND a.begins_at >= $2 AND a.begins_at < $3 AND a.state < 4
                 AND e.status = 2 AND coalesce(e.mails_day, $4)
                 AND coalesce(e.time_zone, o.time_zone) = $5",
        )
        .bind(organisation)
        .bind(At(day.from))
        .bind(At(day.until))
        .bind(usual)
        .bind(day.zone)
        .fetch_all(connection)
        .await)?;
        for (employee, to) in readers {
            let message = Message::Day { to, on: day.on };
            outbox::queue(self, Some(employee), &message, now).await?;
        }
        Ok(true)
    }
}
