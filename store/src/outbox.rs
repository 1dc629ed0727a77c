//! What must leave the house: queued with the change that caused it, delivered until it succeeds.

use crate::appointment::Letter;
use crate::database::on;
use crate::{At, Error, Reading, Result, Store, Transaction};
use domain::field::Email;
use domain::{AppointmentId, EmployeeId, OrganisationId, Timestamp};
use jiff::SignedDuration;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

/// How long a server that claimed a message has to deliver it before another may.
const LEASE: SignedDuration = SignedDuration::from_secs(120);
/// The pause before the second attempt, and before what was on its way when a server died is tried again:
/// one that dies again and again does not send it each time.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(15);
/// The longest pause between two attempts.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);

/// A mail, as what it says; its words are chosen when it is sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Message {
    Invitation {
        to: Email,
        token: String,
        expires_at: Timestamp,
    },
    ConfirmAddress {
        to: Email,
        token: String,
        expires_at: Timestamp,
    },
    AddressWillChange {
        to: Email,
        wanted: Email,
    },
    AddressChanged {
        to: Email,
        email: Email,
    },
    ResetPassword {
        to: Email,
        token: String,
        expires_at: Timestamp,
    },
    /// What somebody should know of their own account.
    News {
        to: Email,
        news: News,
    },
    /// What happens with an appointment, for its customer or its agent (P-02).
    Appointment {
        to: Email,
        letter: Box<Letter>,
    },
    /// The appointments of an agent's day, read when it is sent (P-07).
    Day {
        to: Email,
        on: Date,
    },
    /// What needs somebody's attention, read when it is sent (P-09).
    Attention {
        to: Email,
    },
    /// A certificate of a provider, or our own, that ends soon.
    Expiring {
        to: Email,
        /// What the provider is called; empty for our own.
        name: String,
        expires_at: Timestamp,
    },
    /// A linked calendar that stopped answering (O-06).
    CalendarFailing {
        to: Email,
        employee: EmployeeId,
        /// Whose it is; `None` for one's own.
        whose: Option<String>,
        calendar: String,
        /// Why, by the word that the calendars' side has for it.
        failure: String,
    },
}

/// What happened to an account that its owner should know, in case it was not them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum News {
    PasswordChanged,
    PasskeyAdded,
    AuthenticatorAdded,
    FactorRemoved,
    FactorsReset,
    RecoveryCodeUsed,
    RecoveryCodesMade,
    TurnedOver,
}

impl Message {
    /// Whether it carries the secret of a link.
    fn opens(&self) -> bool {
        match self {
            Self::Invitation { .. } | Self::ConfirmAddress { .. } | Self::ResetPassword { .. } => {
                true
            }
            Self::AddressWillChange { .. }
            | Self::AddressChanged { .. }
            | Self::News { .. }
            | Self::Appointment { .. }
            | Self::Day { .. }
            | Self::Attention { .. }
            | Self::CalendarFailing { .. }
            | Self::Expiring { .. } => false,
        }
    }

    /// The appointment that it is about, with which it is forgotten (P-08).
    fn appointment(&self) -> Option<AppointmentId> {
        match self {
            Self::Appointment { letter, .. } => Some(letter.appointment.id),
            _ => None,
        }
    }

    /// To whom it goes.
    pub fn to(&self) -> &Email {
        match self {
            Self::Invitation { to, .. }
            | Self::ConfirmAddress { to, .. }
            | Self::AddressWillChange { to, .. }
            | Self::AddressChanged { to, .. }
            | Self::ResetPassword { to, .. }
            | Self::News { to, .. }
            | Self::Appointment { to, .. }
            | Self::Day { to, .. }
            | Self::Attention { to }
            | Self::CalendarFailing { to, .. }
            | Self::Expiring { to, .. } => to,
        }
    }
}

/// A message that this server has claimed.
#[derive(Debug)]
pub struct Claimed {
    pub organisation: OrganisationId,
    pub id: Uuid,
    pub employee: Option<EmployeeId>,
    pub attempts: i32,
    pub message: Message,
}

/// Where a message stands, for those who wait for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delivery {
    pub created_at: Timestamp,
    pub delivered_at: Option<Timestamp>,
    pub attempts: i32,
    pub failure: Option<String>,
}

#[derive(FromRow)]
struct Row {
    organisation: OrganisationId,
    id: Uuid,
    employee: Option<EmployeeId>,
    attempts: i32,
    message: Option<Vec<u8>>,
}

#[derive(FromRow)]
struct DeliveryRow {
    created_at: At,
    delivered_at: Option<At>,
    attempts: i32,
    failure: Option<String>,
}

/// Queues a message with the change of this transaction.
pub(crate) async fn queue(
    transaction: &mut Transaction,
    employee: Option<EmployeeId>,
    message: &Message,
    at: Timestamp,
) -> Result<()> {
    let organisation = transaction.organisation;
    let plain = serde_json::to_vec(message).map_err(|e| Error::Unreadable(e.to_string()))?;
    let sealed = transaction.store.key().seal(&plain)?;
    on!(transaction, connection => sqlx::query(
        "INSERT INTO outbox (organisation, id, employee, message, created_at, due_at, attempts, opens,
             appointment)
         VALUES ($1, $2, $3, $4, $5, $5, 0, $6, $7)",
    )
    .bind(organisation)
    .bind(Uuid::now_v7())
    .bind(employee)
    .bind(sealed)
    .bind(At(at))
    .bind(message.opens())
    .bind(message.appointment())
    .execute(connection)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Forgets the mails still queued for somebody whose links are dead. What tells them of a change
/// still goes out.
pub(crate) async fn forget(transaction: &mut Transaction, id: EmployeeId) -> Result<()> {
    let organisation = transaction.organisation;
    on!(transaction, connection => sqlx::query(
        "DELETE FROM outbox WHERE organisation = $1 AND employee = $2 AND opens
             AND delivered_at IS NULL",
    )
    .bind(organisation)
    .bind(id)
    .execute(connection)
    .await
    .map(|_| ()))?;
    Ok(())
}

impl Reading {
    /// Where the latest mail to an employee stands.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn latest_delivery(&mut self, id: EmployeeId) -> Result<Option<Delivery>> {
        let organisation = self.organisation;
        let row: Option<DeliveryRow> = on!(self, connection => sqlx::query_as(
            "SELECT created_at, delivered_at, attempts, failure FROM outbox
             WHERE organisation = $1 AND employee = $2 ORDER BY id DESC LIMIT 1",
        )
        .bind(organisation)
        .bind(id)
        .fetch_optional(connection)
        .await)?;
        Ok(row.map(|row| Delivery {
            created_at: row.created_at.0,
            delivered_at: row.delivered_at.map(|at| at.0),
            attempts: row.attempts,
            failure: row.failure,
        }))
    }
}

impl Store {
    /// Claims what is due in one organisation, at most `most`, so that no other server sends it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn claim(
        &self,
        organisation: OrganisationId,
        most: i64,
        now: Timestamp,
    ) -> Result<Vec<Claimed>> {
        let mut transaction = self.write(organisation, None).await?;
        let rows: Vec<Row> = on!(transaction, connection => sqlx::query_as(
            "UPDATE outbox SET leased_until = $3, attempts = attempts + 1
             WHERE organisation = $1 AND id IN (
                 SELECT id FROM outbox WHERE organisation = $1 AND delivered_at IS NULL
                     AND due_at <= $2 AND (leased_until IS NULL OR leased_until <= $2)
                 ORDER BY due_at, id LIMIT $4)
             RETURNING organisation, id, employee, attempts, message",
        )
        .bind(organisation)
        .bind(At(now))
        .bind(At(now + LEASE))
        .bind(most)
        .fetch_all(connection)
        .await)?;
        transaction.commit_quietly().await?;
        let mut claimed = Vec::with_capacity(rows.len());
        for row in rows {
            let (id, attempts) = (row.id, row.attempts);
            match self.unsealed(row) {
                Ok(message) => claimed.extend(message),
                // What can't be read, such as after a change of keys, holds up nothing else.
                Err(error) => {
                    let why = error.to_string();
                    self.postpone(organisation, id, attempts, &why, now).await?;
                }
            }
        }
        Ok(claimed)
    }

    /// Gives up the claims of a server before this one, which is dead where there is only one: what it may
    /// have sent is due again in 15 s. Several servers leave each other's claims alone until the lease is
    /// over.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn release_claims(&self, now: Timestamp) -> Result<()> {
        if !self.is_alone() {
            return Ok(());
        }
        for (organisation, _) in self.organisations().await? {
            let mut transaction = self.write(organisation, None).await?;
            on!(transaction, connection => sqlx::query(
                "UPDATE outbox SET leased_until = NULL, due_at = $2
                 WHERE organisation = $1 AND delivered_at IS NULL AND leased_until IS NOT NULL",
            )
            .bind(organisation)
            .bind(At(now + FIRST_PAUSE))
            .execute(connection)
            .await
            .map(|done| done.rows_affected()))?;
            transaction.commit_quietly().await?;
        }
        Ok(())
    }

    /// Whether anything is due, asked before a claim so that an idle server never writes.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn has_due(&self, organisation: OrganisationId, now: Timestamp) -> Result<bool> {
        let mut reading = self.read(organisation).await?;
        let due: Option<(Uuid,)> = on!(reading, connection => sqlx::query_as(
            "SELECT id FROM outbox WHERE organisation = $1 AND delivered_at IS NULL
                 AND due_at <= $2 AND (leased_until IS NULL OR leased_until <= $2) LIMIT 1",
        )
        .bind(organisation)
        .bind(At(now))
        .fetch_optional(connection)
        .await)?;
        Ok(due.is_some())
    }

    fn unsealed(&self, row: Row) -> Result<Option<Claimed>> {
        let Some(sealed) = row.message else {
            return Ok(None);
        };
        let plain = self.key().open(&sealed)?;
        let message =
            serde_json::from_slice(&plain).map_err(|e| Error::Unreadable(e.to_string()))?;
        let Row {
            organisation,
            id,
            employee,
            attempts,
            ..
        } = row;
        Ok(Some(Claimed {
            organisation,
            id,
            employee,
            attempts,
            message,
        }))
    }

    /// Notes that a message left, and erases what it said.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn delivered(&self, claimed: &Claimed, now: Timestamp) -> Result<()> {
        let mut transaction = self.write(claimed.organisation, None).await?;
        on!(transaction, connection => sqlx::query(
            "UPDATE outbox SET delivered_at = $3, message = NULL, failure = NULL
             WHERE organisation = $1 AND id = $2",
        )
        .bind(claimed.organisation)
        .bind(claimed.id)
        .bind(At(now))
        .execute(connection)
        .await
        .map(|_| ()))?;
        transaction.commit().await
    }

    /// Notes why a message did not leave, and when to try again: after 15 s, 1 min, 4 min … 1 h.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn failed(&self, claimed: &Claimed, why: &str, now: Timestamp) -> Result<()> {
        let (organisation, id) = (claimed.organisation, claimed.id);
        self.postpone(organisation, id, claimed.attempts, why, now)
            .await
    }

    async fn postpone(
        &self,
        organisation: OrganisationId,
        id: Uuid,
        attempts: i32,
        why: &str,
        now: Timestamp,
    ) -> Result<()> {
        let pause = FIRST_PAUSE * 4_i32.pow(attempts.clamp(1, 6) as u32 - 1);
        let mut transaction = self.write(organisation, None).await?;
        on!(transaction, connection => sqlx::query(
            "UPDATE outbox SET failure = $3, due_at = $4, leased_until = NULL
             WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(why)
        .bind(At(now + pause.min(LONGEST_PAUSE)))
        .execute(connection)
        .await
        .map(|_| ()))?;
        transaction.commit().await
    }
}
