//! The private feed of an agent's appointments: only the hash of its address is kept.

use crate::database::on;
use crate::secret::Token;
use crate::{At, Reading, Result, Transaction, Write};
use domain::calendar::{FeedEnded, FeedMade};
use domain::{Allowed, EmployeeId, Timestamp};

impl Reading {
    /// When somebody's feed got the address that it has; `None` when there is no feed.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn feed_since(&mut self, employee: EmployeeId) -> Result<Option<Timestamp>> {
        let organisation = self.organisation;
        let since: Option<(At,)> = on!(self, connection => sqlx::query_as(
            "SELECT created_at FROM feed WHERE organisation = $1 AND employee = $2",
        )
        .bind(organisation)
        .bind(employee)
        .fetch_optional(connection)
        .await)?;
        Ok(since.map(|(at,)| at.0))
    }

    /// Whose feed this is, if they are Active.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn feed_owner(&mut self, token: &Token) -> Result<Option<EmployeeId>> {
        let organisation = self.organisation;
        let owner: Option<(EmployeeId,)> = on!(self, connection => sqlx::query_as(
            "SELECT f.employee FROM feed f
             JOIN employee e ON e.organisation = f.organisation AND e.id = f.employee
             WHERE f.organisation = $1 AND f.token = $2 AND e.status = 2",
        )
        .bind(organisation)
        .bind(token.hash())
        .fetch_optional(connection)
        .await)?;
        Ok(owner.map(|(id,)| id))
    }
}

impl Write<FeedMade> for Transaction {
    /// The secret in the address.
    type Output = Token;

    async fn write(&mut self, change: &Allowed<FeedMade>) -> Result<Token> {
        let token = Token::random()?;
        on!(self, connection => sqlx::query(
            "INSERT INTO feed (organisation, employee, token, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (organisation, employee)
             DO UPDATE SET token = excluded.token, created_at = excluded.created_at",
        )
        .bind(change.organisation())
        .bind(change.0)
        .bind(token.hash())
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(token)
    }
}

impl Write<FeedEnded> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<FeedEnded>) -> Result<()> {
        on!(self, connection => sqlx::query(
            "DELETE FROM feed WHERE organisation = $1 AND employee = $2",
        )
        .bind(change.organisation())
        .bind(change.0)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
