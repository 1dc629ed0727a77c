//! Links that open something once: invitations and confirmations of an address.

use crate::database::on;
use crate::outbox::{self, Message};
use crate::secret::Token;
use crate::{At, Reading, Result, Transaction, Write};
use domain::employee::{EmailChanged, EmailRequested};
use domain::field::Email;
use domain::invitation::{InvitationRevoked, Invited};
use domain::{Allowed, EmployeeId, Refusal, Timestamp};
use jiff::SignedDuration;
use sqlx::FromRow;

/// How long a new address has to confirm itself.
const CONFIRMATION: SignedDuration = SignedDuration::from_hours(72);
/// How long a link lives that replaces a forgotten password.
const RESET: SignedDuration = SignedDuration::from_hours(1);

/// What a link is for; a link opens nothing else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    Invitation,
    ConfirmAddress,
    /// A new password in place of one that was forgotten.
    ResetPassword,
}

impl Purpose {
    const fn number(self) -> i32 {
        match self {
            Self::Invitation => 1,
            Self::ConfirmAddress => 2,
            Self::ResetPassword => 3,
        }
    }
}

/// Whom a living link is of, and the address it went to.
#[derive(Clone, Debug, FromRow)]
pub struct Holder {
    pub employee: EmployeeId,
    pub address: Email,
}

/// Where the latest invitation of somebody stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Latest {
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub revoked: bool,
    pub used: bool,
    pub delivery: Option<outbox::Delivery>,
}

#[derive(FromRow)]
struct LatestRow {
    created_at: At,
    expires_at: At,
    used_at: Option<At>,
    revoked_at: Option<At>,
}

impl Reading {
    /// Whose link this is, if it would still open something at `now`. Reading uses nothing up,
    /// since mail scanners open links.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn link(
        &mut self,
        token: &Token,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Option<Holder>> {
        let organisation = self.organisation;
        Ok(on!(self, connection => sqlx::query_as(
            "SELECT employee, address FROM link WHERE organisation = $1 AND token = $2
                 AND purpose = $3 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $4",
        )
        .bind(organisation)
        .bind(token.hash())
        .bind(purpose.number())
        .bind(At(now))
        .fetch_optional(connection)
        .await)?)
    }

    /// The latest invitation of an employee.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn latest_invitation(&mut self, id: EmployeeId) -> Result<Option<Latest>> {
        let organisation = self.organisation;
        let row: Option<LatestRow> = on!(self, connection => sqlx::query_as(
            "SELECT created_at, expires_at, used_at, revoked_at FROM link
             WHERE organisation = $1 AND employee = $2 AND purpose = 1
             ORDER BY created_at DESC, CASE WHEN revoked_at IS NULL THEN 0 ELSE 1 END LIMIT 1",
        )
        .bind(organisation)
        .bind(id)
        .fetch_optional(connection)
        .await)?;
        let Some(row) = row else { return Ok(None) };
        let delivery = self.latest_delivery(id).await?;
        Ok(Some(Latest {
            created_at: row.created_at.0,
            expires_at: row.expires_at.0,
            used: row.used_at.is_some(),
            revoked: row.revoked_at.is_some(),
            delivery: delivery.filter(|delivery| delivery.created_at >= row.created_at.0),
        }))
    }
}

impl Transaction {
    /// Sends a link that replaces a forgotten password to the sign-in address of somebody who may
    /// have one; who may is the caller's question to the rule.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn send_reset(
        &mut self,
        id: EmployeeId,
        address: &Email,
        at: Timestamp,
    ) -> Result<()> {
        let expires_at = at + RESET;
        let token = self
            .new_link(Purpose::ResetPassword, id, address, at, expires_at)
            .await?;
        let message = Message::ResetPassword {
            to: address.clone(),
            token: token.reveal().to_owned(),
            expires_at,
        };
        outbox::queue(self, Some(id), &message, at).await
    }

    /// Uses a link up: of two requests at the same moment, one gets its holder.
    ///
    /// # Errors
    /// [`Refusal::DeadLink`], whatever the reason.
    pub async fn use_link(
        &mut self,
        token: &Token,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Holder> {
        let organisation = self.organisation;
        let holder: Option<Holder> = on!(self, connection => sqlx::query_as(
            "UPDATE link SET used_at = $4 WHERE organisation = $1 AND token = $2 AND purpose = $3
                 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $4
             RETURNING employee, address",
        )
        .bind(organisation)
        .bind(token.hash())
        .bind(purpose.number())
        .bind(At(now))
        .fetch_optional(connection)
        .await)?;
        Ok(holder.ok_or(Refusal::DeadLink)?)
    }

    async fn new_link(
        &mut self,
        purpose: Purpose,
        employee: EmployeeId,
        address: &Email,
        at: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Token> {
        let (organisation, token) = (self.organisation, Token::random()?);
        revoke(self, employee, Some(purpose), at).await?;
        on!(self, connection => sqlx::query(
            "INSERT INTO link (organisation, token, purpose, employee, address, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(organisation)
        .bind(token.hash())
        .bind(purpose.number())
        .bind(employee)
        .bind(address.as_str())
        .bind(At(at))
        .bind(At(expires_at))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(token)
    }
}

impl Write<Invited> for Transaction {
    /// The secret of the link, for an address that is handed over.
    type Output = Token;

    async fn write(&mut self, change: &Allowed<Invited>) -> Result<Token> {
        let (id, at) = (change.employee, change.at());
        outbox::forget(self, id).await?;
        let token = self
            .new_link(
                Purpose::Invitation,
                id,
                &change.address,
                at,
                change.expires_at,
            )
            .await?;
        if change.by_mail {
            let message = Message::Invitation {
                to: change.address.clone(),
                token: token.reveal().to_owned(),
                expires_at: change.expires_at,
            };
            outbox::queue(self, Some(id), &message, at).await?;
        }
        Ok(token)
    }
}

impl Write<InvitationRevoked> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<InvitationRevoked>) -> Result<()> {
        outbox::forget(self, change.employee).await?;
        revoke(
            self,
            change.employee,
            Some(Purpose::Invitation),
            change.at(),
        )
        .await
    }
}

/// Kills every link of an employee, and the mails that would carry one.
pub(crate) async fn revoke_all(
    transaction: &mut Transaction,
    id: EmployeeId,
    at: Timestamp,
) -> Result<()> {
    outbox::forget(transaction, id).await?;
    revoke(transaction, id, None, at).await
}

/// Kills the links that would replace a password.
pub(crate) async fn revoke_resets(
    transaction: &mut Transaction,
    id: EmployeeId,
    at: Timestamp,
) -> Result<()> {
    revoke(transaction, id, Some(Purpose::ResetPassword), at).await
}

async fn revoke(
    transaction: &mut Transaction,
    id: EmployeeId,
    purpose: Option<Purpose>,
    at: Timestamp,
) -> Result<()> {
    let organisation = transaction.organisation;
    on!(transaction, connection => sqlx::query(
        "UPDATE link SET revoked_at = $3 WHERE organisation = $1 AND employee = $2
             AND revoked_at IS NULL AND used_at IS NULL AND ($4 = 0 OR purpose = $4)",
    )
    .bind(organisation)
    .bind(id)
    .bind(At(at))
    .bind(purpose.map_or(0, Purpose::number))
    .execute(connection)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Asks the new address to confirm, and tells the present one.
pub(crate) async fn confirm_address(
    transaction: &mut Transaction,
    id: EmployeeId,
    change: &Allowed<EmailRequested>,
) -> Result<()> {
    let at = change.at();
    let expires_at = at + CONFIRMATION;
    outbox::forget(transaction, id).await?;
    let token = transaction
        .new_link(Purpose::ConfirmAddress, id, &change.wanted, at, expires_at)
        .await?;
    let ask = Message::ConfirmAddress {
        to: change.wanted.clone(),
        token: token.reveal().to_owned(),
        expires_at,
    };
    let tell = Message::AddressWillChange {
        to: change.present.clone(),
        wanted: change.wanted.clone(),
    };
    outbox::queue(transaction, Some(id), &ask, at).await?;
    outbox::queue(transaction, Some(id), &tell, at).await
}

/// Tells both addresses that the sign-in name is another.
pub(crate) async fn tell_of_change(
    transaction: &mut Transaction,
    id: EmployeeId,
    change: &Allowed<EmailChanged>,
) -> Result<()> {
    for to in [&change.before, &change.email] {
        let message = Message::AddressChanged {
            to: to.clone(),
            email: change.email.clone(),
        };
        outbox::queue(transaction, Some(id), &message, change.at()).await?;
    }
    Ok(())
}
