//! What was announced already, so that nobody is told twice.

use crate::database::on;
use crate::outbox::{self, Message};
use crate::{At, Result, Transaction};
use domain::Timestamp;

impl Transaction {
    /// Mails `message` to every active Administrator, once for `what`; whether it was new.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn announce(
        &mut self,
        what: &str,
        message: impl Fn(domain::field::Email) -> Message,
        at: Timestamp,
    ) -> Result<bool> {
        if !self.first(what, at).await? {
            return Ok(false);
        }
        for administrator in self.administrators_ways().await? {
            let message = message(administrator.email.clone());
            outbox::queue(self, Some(administrator.employee), &message, at).await?;
        }
        Ok(true)
    }

    /// Notes that `what` is announced now; whether it was not before, on any server.
    pub(crate) async fn first(&mut self, what: &str, at: Timestamp) -> Result<bool> {
        let organisation = self.organisation;
        let new = on!(self, connection => sqlx::query(
            "INSERT INTO announcement (organisation, what, at) VALUES ($1, $2, $3)
             ON CONFLICT (organisation, what) DO NOTHING",
        )
        .bind(organisation)
        .bind(what)
        .bind(At(at))
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(new > 0)
    }
}
