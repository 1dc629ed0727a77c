//! Sessions begin, are seen, and end.

use super::Device;
use crate::database::on;
use crate::secret::Token;
use crate::{At, Result, Store, Transaction, Write};
use domain::employee::{SessionsEnded, Which};
use domain::sign_in::SignedIn;
use domain::{Allowed, EmployeeId, OrganisationId, SessionId, Timestamp};

impl Transaction {
    /// Begins a session for somebody whose sign-in was allowed; `instead` is the session that the
    /// same browser had before, which ends (fixation fails).
    ///
    /// # Errors
    /// When the database can't.
    pub async fn begin_session(
        &mut self,
        sign_in: Allowed<SignedIn>,
        device: &Device,
        instead: Option<&Token>,
    ) -> Result<Token> {
        let (organisation, token) = (self.organisation, Token::random()?);
        let (employee, method, at) = (sign_in.employee, sign_in.method, At(sign_in.at()));
        let proved_at = sign_in.proved_at.map(At);
        if let Some(old) = instead {
            self.end_session(old).await?;
        }
        self.apply(sign_in).await?;
        on!(self, connection => sqlx::query(
            "INSERT INTO session (organisation, token, id, employee, created_at, seen_at, agent, address,
                 method, proved_at)
             VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9)",
        )
        .bind(organisation)
        .bind(token.hash())
        .bind(SessionId(uuid::Uuid::now_v7()))
        .bind(employee)
        .bind(at)
        .bind(&device.agent)
        .bind(&device.address)
        .bind(method.number())
        .bind(proved_at)
        .execute(connection)
        .await
        .map(|_| ()))?;
        self.know_address(employee, &device.address, at.0).await?;
        Ok(token)
    }

    /// Ends the session of a cookie: signing out.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn end_session(&mut self, token: &Token) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "DELETE FROM session WHERE organisation = $1 AND token = $2",
        )
        .bind(organisation)
        .bind(token.hash())
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Store {
    /// Notes that somebody was here; at most every [`SEEN_EVERY`](super::SEEN_EVERY), off the path of the request.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn seen(
        &self,
        organisation: OrganisationId,
        session: SessionId,
        employee: EmployeeId,
        at: Timestamp,
    ) -> Result<()> {
        let mut transaction = self.write(organisation, None).await?;
        on!(transaction, connection => sqlx::query(
            "UPDATE session SET seen_at = $3 WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(session)
        .bind(At(at))
        .execute(connection)
        .await
        .map(|_| ()))?;
        last_seen(&mut transaction, employee, at).await?;
        transaction.commit_quietly().await
    }
}

impl Write<SignedIn> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<SignedIn>) -> Result<()> {
        last_seen(self, change.employee, change.at()).await
    }
}

impl Write<SessionsEnded> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<SessionsEnded>) -> Result<()> {
        let organisation = self.organisation;
        let (one, but) = match change.which {
            Which::One(id) => (Some(id), None),
            Which::AllBut(id) => (None, Some(id)),
            Which::All => (None, None),
        };
        on!(self, connection => sqlx::query(
            "DELETE FROM session WHERE organisation = $1 AND employee = $2
                 AND ($3 IS NULL OR id = $3) AND ($4 IS NULL OR id <> $4)",
        )
        .bind(organisation)
        .bind(change.employee)
        .bind(one)
        .bind(but)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

async fn last_seen(transaction: &mut Transaction, id: EmployeeId, at: Timestamp) -> Result<()> {
    let organisation = transaction.organisation;
    on!(transaction, connection => sqlx::query(
        "UPDATE employee SET last_seen_at = $3 WHERE organisation = $1 AND id = $2",
    )
    .bind(organisation)
    .bind(id)
    .bind(At(at))
    .execute(connection)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Ends every session of an employee.
pub(crate) async fn end_all(transaction: &mut Transaction, id: EmployeeId) -> Result<()> {
    let organisation = transaction.organisation;
    on!(transaction, connection => sqlx::query(
        "DELETE FROM session WHERE organisation = $1 AND employee = $2",
    )
    .bind(organisation)
    .bind(id)
    .execute(connection)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Ends the sessions of an employee that a provider vouched for.
pub(crate) async fn end_all_of_providers(
    transaction: &mut Transaction,
    id: EmployeeId,
) -> Result<()> {
    let organisation = transaction.organisation;
    on!(transaction, connection => sqlx::query(
        "DELETE FROM session WHERE organisation = $1 AND employee = $2 AND method = 4",
    )
    .bind(organisation)
    .bind(id)
    .execute(connection)
    .await
    .map(|_| ()))?;
    Ok(())
}
