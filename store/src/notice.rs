//! The mails of every morning: in which time zones there is one, and whether they were written (P-07, P-09).

use crate::attention::CONCERNS;
use crate::database::on;
use crate::outbox::{self, Message};
use crate::{At, Reading, Result, Transaction, attention};
use domain::field::Email;
use domain::{Action, EmployeeId, Timestamp};
use jiff::SignedDuration;
use jiff::civil::Date;
use sqlx::AssertSqlSafe;

/// How long it is known that the mails of a morning were written.
const KNOWN: SignedDuration = SignedDuration::from_hours(24 * 14);

impl Reading {
    /// The time zones that people chose for themselves.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn own_zones(&mut self) -> Result<Vec<String>> {
        let organisation = self.organisation;
        let zones: Vec<(String,)> = on!(self, connection => sqlx::query_as(
            "SELECT DISTINCT time_zone FROM employee
             WHERE organisation = $1 AND time_zone IS NOT NULL",
        )
        .bind(organisation)
        .fetch_all(connection)
        .await)?;
        Ok(zones.into_iter().map(|(zone,)| zone).collect())
    }
}

impl Transaction {
    /// Queues the mail of what needs attention for those who see some of it and want it; `usual`
    /// decides for those who leave it to the organisation. Once for each day; whether it was not
    /// before.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn mail_attention(&mut self, on: Date, usual: bool, now: Timestamp) -> Result<bool> {
        if !self.first(&format!("attention {on}"), now).await? {
            return Ok(false);
        }
        self.forget_mornings(now - KNOWN).await?;
        let organisation = self.organisation;
        // Who reads it sees what the list shows them then; here it is enough that there is something.
        let sql = format!(
            "WITH concern (office, employee) AS ({CONCERNS})
             SELECT e.id, e.email FROM employee e
             WHERE e.organisation = $1 AND e.status = 2 AND coalesce(e.mails_attention, $7)
                 AND e.id IN (
                     SELECT c.employee FROM concern c
                     UNION SELECT m.employee FROM assignment m WHERE m.organisation = $1
                         AND (m.roles & $6) <> 0 AND m.office IN (SELECT c.office FROM concern c)
                     UNION SELECT a.id FROM employee a WHERE a.organisation = $1 AND a.status = 2
                         AND (a.roles & 4) <> 0 AND EXISTS (SELECT 1 FROM concern))"
        );
        let since = attention::Since::new(now);
        let readers: Vec<(EmployeeId, Email)> = on!(self, connection => {
            sqlx::query_as(AssertSqlSafe(sql))
                .bind(organisation)
                .bind(At(since.now))
                .bind(At(since.longest))
                .bind(At(since.soon))
                .bind(At(since.mails))
                .bind(Action::SeeAttention.office_roles())
                .bind(usual)
                .fetch_all(connection)
                .await
        })?;
        for (employee, to) in readers {
            let message = Message::Attention { to };
            outbox::queue(self, Some(employee), &message, now).await?;
        }
        Ok(true)
    }

    async fn forget_mornings(&mut self, before: Timestamp) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "DELETE FROM announcement WHERE organisation = $1 AND at < $2
                 AND (what LIKE 'digest %' OR what LIKE 'attention %')",
        )
        .bind(organisation)
        .bind(At(before))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
