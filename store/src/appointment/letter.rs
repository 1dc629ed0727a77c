//! What customers and agents are told by mail, as it stood when it was decided (P-02, P-07).

use crate::database::on;
use crate::outbox::{self, Message};
use crate::{Result, Transaction};
use domain::field::{Email, Phone};
use domain::{Appointment, EmployeeId, OfficeId, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

/// Why a letter is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Occasion {
    /// It waits to be confirmed.
    Requested,
    Booked,
    Confirmed,
    /// At another time, maybe with somebody else.
    Moved,
    /// With somebody else at the same time.
    Reassigned,
    /// Somebody else has it now.
    GivenAway,
    Cancelled,
    Reminder,
}

/// Who reads a letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Reader {
    Customer,
    Agent,
}

/// A letter about an appointment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Letter {
    pub occasion: Occasion,
    pub reader: Reader,
    /// The secret of the customer's links; for customers alone.
    pub token: Option<String>,
    pub appointment: Appointment,
    /// Who takes it; for [`Occasion::GivenAway`] who took it before.
    pub agent: Option<Agent>,
    pub premises: Premises,
    /// When it was decided, which is DTSTAMP of its event (RFC 5545 §3.8.7.2).
    #[serde(with = "domain::instant")]
    pub at: Timestamp,
}

/// What a letter says of an agent (E-09).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, FromRow)]
pub struct Agent {
    pub name: String,
    #[serde(default)]
    pub function: String,
    pub email: Email,
    #[serde(default)]
    pub phone: Option<Phone>,
    pub language: Option<String>,
    /// Where a meeting by video takes place.
    pub video_link: String,
    pub is_active: bool,
}

/// What a letter says of an office.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize, FromRow)]
pub struct Premises {
    pub name: String,
    pub address: String,
    pub directions: String,
    pub parking: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// IANA; the organisation's where the office has none of its own.
    pub time_zone: String,
}

/// Queues what the customer and the agent are told.
pub(super) async fn tell(
    transaction: &mut Transaction,
    occasion: Occasion,
    appointment: &Appointment,
    at: Timestamp,
) -> Result<()> {
    tell_customer(transaction, occasion, appointment, at).await?;
    if let Some(employee) = appointment.employee {
        tell_agent(transaction, occasion, appointment, employee, at).await?;
    }
    Ok(())
}

/// Queues what the customer is told; nothing where no email is known.
pub(super) async fn tell_customer(
    transaction: &mut Transaction,
    occasion: Occasion,
    appointment: &Appointment,
    at: Timestamp,
) -> Result<()> {
    let Some(to) = appointment.customer.email.clone() else {
        return Ok(());
    };
    let agent = match appointment.employee {
        Some(id) => agent(transaction, id).await?,
        None => None,
    };
    let letter = Letter {
        occasion,
        reader: Reader::Customer,
        token: super::write::token(transaction, appointment.id).await?,
        appointment: appointment.clone(),
        agent,
        premises: premises(transaction, appointment.office, &appointment.office_name).await?,
        at,
    };
    post(transaction, to, None, letter).await
}

/// Queues what an agent is told; nothing for one who is not Active.
pub(super) async fn tell_agent(
    transaction: &mut Transaction,
    occasion: Occasion,
    appointment: &Appointment,
    employee: EmployeeId,
    at: Timestamp,
) -> Result<()> {
    let Some(agent) = agent(transaction, employee).await? else {
        return Ok(());
    };
    if !agent.is_active {
        return Ok(());
    }
    let letter = Letter {
        occasion,
        reader: Reader::Agent,
        token: None,
        appointment: appointment.clone(),
        premises: premises(transaction, appointment.office, &appointment.office_name).await?,
        agent: Some(agent.clone()),
        at,
    };
    post(transaction, agent.email, Some(employee), letter).await
}

/// What an agent is told goes with the agent who is deleted.
async fn post(
    transaction: &mut Transaction,
    to: Email,
    agent: Option<EmployeeId>,
    letter: Letter,
) -> Result<()> {
    if transaction.quiet {
        return Ok(());
    }
    let at = letter.at;
    let letter = Box::new(letter);
    let message = Message::Appointment { to, letter };
    outbox::queue(transaction, agent, &message, at).await
}

async fn agent(transaction: &mut Transaction, id: EmployeeId) -> Result<Option<Agent>> {
    let organisation = transaction.organisation;
    Ok(on!(transaction, connection => sqlx::query_as(
        "SELECT trim(first_name || ' ' || last_name) AS name, function, email, phone,
             language, video_link, status = 2 AS is_active
         FROM employee WHERE organisation = $1 AND id = $2",
    )
    .bind(organisation)
    .bind(id)
    .fetch_optional(connection)
    .await)?)
}

/// What is known of the office; of one that is gone, the name it had.
async fn premises(transaction: &mut Transaction, id: OfficeId, name: &str) -> Result<Premises> {
    let organisation = transaction.organisation;
    let known: Option<Premises> = on!(transaction, connection => sqlx::query_as(
        "SELECT f.name, f.address, f.directions, f.parking, f.phone, f.email,
             coalesce(f.time_zone, o.time_zone) AS time_zone
         FROM office f JOIN organisation o ON o.id = f.organisation
         WHERE f.organisation = $1 AND f.id = $2",
    )
    .bind(organisation)
    .bind(id)
    .fetch_optional(connection)
    .await)?;
    Ok(known.unwrap_or_else(|| Premises {
        name: name.to_owned(),
        time_zone: "UTC".to_owned(),
        ..Premises::default()
    }))
}
