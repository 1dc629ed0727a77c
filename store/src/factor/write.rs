//! Second factors come and go; whose they are is told by mail each time.

use crate::database::on;
use crate::error::taken;
use crate::outbox::{self, Message, News};
use crate::{At, Result, Transaction, Write, session};
use domain::factor::{
    AuthenticatorAdded, FactorRemoved, FactorsReset, PasskeyAdded, PasskeyRenamed,
    RecoveryCodeUsed, RecoveryCodesMade, Removal,
};
use domain::{Allowed, EmployeeId, Refusal, Timestamp};

/// Tells somebody what they should know of their account.
async fn tell(
    transaction: &mut Transaction,
    id: EmployeeId,
    news: News,
    at: Timestamp,
) -> Result<()> {
    let employee = transaction.employee(id).await?.ok_or(Refusal::NotFound)?;
    let to = employee.email.clone();
    outbox::queue(transaction, Some(id), &Message::News { to, news }, at).await
}

/// Every second factor of somebody, and the codes that stand in for one.
pub(crate) async fn forget_all(transaction: &mut Transaction, id: EmployeeId) -> Result<()> {
    let organisation = transaction.organisation;
    for sql in [
        "DELETE FROM passkey WHERE organisation = $1 AND employee = $2",
        "DELETE FROM authenticator WHERE organisation = $1 AND employee = $2",
        "DELETE FROM recovery_code WHERE organisation = $1 AND employee = $2",
    ] {
        on!(transaction, connection => sqlx::query(sql)
            .bind(organisation)
            .bind(id)
            .execute(connection)
            .await
            .map(|_| ()))?;
    }
    Ok(())
}

impl Write<PasskeyAdded> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<PasskeyAdded>) -> Result<()> {
        let organisation = self.organisation;
        if self.passkey(&change.credential).await?.is_some() {
            return Err(Refusal::WrongState.into());
        }
        on!(self, connection => sqlx::query(
            "INSERT INTO passkey (organisation, id, employee, name, credential, content, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(organisation)
        .bind(change.id)
        .bind(change.employee)
        .bind(&change.name)
        .bind(&change.credential)
        .bind(&change.content)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))
        .map_err(taken)?;
        session::end_all(self, change.employee).await?;
        tell(self, change.employee, News::PasskeyAdded, change.at()).await
    }
}

impl Write<PasskeyRenamed> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<PasskeyRenamed>) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "UPDATE passkey SET name = $3 WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(change.id)
        .bind(&change.name)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<AuthenticatorAdded> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<AuthenticatorAdded>) -> Result<()> {
        let organisation = self.organisation;
        let sealed = self.store.key().seal(&change.secret)?;
        on!(self, connection => sqlx::query(
            "INSERT INTO authenticator (organisation, employee, secret, step, created_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (organisation, employee) DO UPDATE SET secret = excluded.secret,
                 step = excluded.step, created_at = excluded.created_at",
        )
        .bind(organisation)
        .bind(change.employee)
        .bind(sealed)
        .bind(change.step)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))?;
        session::end_all(self, change.employee).await?;
        tell(self, change.employee, News::AuthenticatorAdded, change.at()).await
    }
}

impl Write<FactorRemoved> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<FactorRemoved>) -> Result<()> {
        let (organisation, id) = (self.organisation, change.employee);
        if change.last {
            forget_all(self, id).await?;
        } else if let Removal::Passkey(passkey) = change.which {
            on!(self, connection => sqlx::query(
                "DELETE FROM passkey WHERE organisation = $1 AND id = $2",
            )
            .bind(organisation)
            .bind(passkey)
            .execute(connection)
            .await
            .map(|_| ()))?;
        } else {
            on!(self, connection => sqlx::query(
                "DELETE FROM authenticator WHERE organisation = $1 AND employee = $2",
            )
            .bind(organisation)
            .bind(id)
            .execute(connection)
            .await
            .map(|_| ()))?;
        }
        tell(self, id, News::FactorRemoved, change.at()).await
    }
}

impl Write<RecoveryCodesMade> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<RecoveryCodesMade>) -> Result<()> {
        let (organisation, id) = (self.organisation, change.employee);
        let older = on!(self, connection => sqlx::query(
            "DELETE FROM recovery_code WHERE organisation = $1 AND employee = $2",
        )
        .bind(organisation)
        .bind(id)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        // The first ones come with a factor, which is told.
        if older > 0 {
            tell(self, id, News::RecoveryCodesMade, change.at()).await?;
        }
        for hash in &change.hashes {
            on!(self, connection => sqlx::query(
                "INSERT INTO recovery_code (organisation, employee, hash) VALUES ($1, $2, $3)",
            )
            .bind(organisation)
            .bind(id)
            .bind(hash)
            .execute(connection)
            .await
            .map(|_| ()))?;
        }
        Ok(())
    }
}

impl Write<RecoveryCodeUsed> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<RecoveryCodeUsed>) -> Result<()> {
        let organisation = self.organisation;
        let used = on!(self, connection => sqlx::query(
            "UPDATE recovery_code SET used_at = $4 WHERE organisation = $1 AND employee = $2
                 AND hash = $3 AND used_at IS NULL",
        )
        .bind(organisation)
        .bind(change.employee)
        .bind(&change.hash)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        if used != 1 {
            return Err(Refusal::WrongCredentials.into());
        }
        tell(self, change.employee, News::RecoveryCodeUsed, change.at()).await
    }
}

impl Write<FactorsReset> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<FactorsReset>) -> Result<()> {
        forget_all(self, change.employee).await?;
        session::end_all(self, change.employee).await?;
        tell(self, change.employee, News::FactorsReset, change.at()).await
    }
}
