//! How bookings, moves, cancellations and notes reach the tables. An agent's time is taken once: every
//! write that takes it asks first, alone in the organisation (P-04).

use super::LONGEST;
use super::letter::{Occasion, tell, tell_agent, tell_customer};
use crate::database::on;
use crate::secret::Token;
use crate::transaction::exactly_one;
use crate::{At, Error, Result, Transaction, Write};
use domain::appointment::{Booked, Cancelled, Confirmed, Moved, Noted, State};
use domain::booking::Obstacle;
use domain::fold::fold;
use domain::{Allowed, Appointment, AppointmentId, EmployeeId, Field, Refusal, Timestamp, Why};

/// The secret of a customer's links; `None` for an appointment that is gone, and for one whose secret
/// can't be opened any more (another key, a damaged row): its mails go without links.
pub(super) async fn token(
    transaction: &mut Transaction,
    id: AppointmentId,
) -> Result<Option<String>> {
    let organisation = transaction.organisation;
    let sealed: Option<(Vec<u8>,)> = on!(transaction, connection => sqlx::query_as(
        "SELECT token_sealed FROM appointment WHERE organisation = $1 AND id = $2",
    )
    .bind(organisation)
    .bind(id)
    .fetch_optional(connection)
    .await)?;
    let Some((sealed,)) = sealed else {
        return Ok(None);
    };
    let plain = transaction.store.key().open(&sealed).ok();
    Ok(plain.and_then(|plain| String::from_utf8(plain).ok()))
}

/// Refuses when the agent has another appointment that reaches into this one, buffers included.
async fn refuse_taken(transaction: &mut Transaction, wanted: &Appointment) -> Result<()> {
    let organisation = transaction.organisation;
    let other: Option<(AppointmentId,)> = on!(transaction, connection => sqlx::query_as(
        "SELECT id FROM appointment WHERE organisation = $1 AND employee = $2 AND state < 4
             AND busy_from < $3 AND busy_from > $4 AND busy_until > $5 AND id <> $6 LIMIT 1",
    )
    .bind(organisation)
    .bind(wanted.employee)
    .bind(At(wanted.busy_until))
    .bind(At(wanted.busy_from - LONGEST))
    .bind(At(wanted.busy_from))
    .bind(wanted.id)
    .fetch_optional(connection)
    .await)?;
    match other {
        Some(_) => Err(Refusal::field(Field::Begins, Why::NotFree).into()),
        None => Ok(()),
    }
}

impl Write<Booked> for Transaction {
    /// The secret of the customer's links.
    type Output = Token;

    async fn write(&mut self, change: &Allowed<Booked>) -> Result<Token> {
        let (organisation, booked) = (self.organisation, &change.appointment);
        refuse_taken(self, booked).await?;
        let token = Token::random()?;
        let sealed = self.store.key().seal(token.reveal().as_bytes())?;
        let answers = serde_json::to_string(&booked.answers)
            .map_err(|error| Error::Unreadable(error.to_string()))?;
        let email = booked
            .customer
            .email
            .as_ref()
            .map_or("", |email| email.as_str());
        let phone = booked
            .customer
            .phone
            .as_ref()
            .map_or("", |phone| phone.as_str());
        on!(self, connection => sqlx::query(
            "INSERT INTO appointment (organisation, id, version, state, employee, office,
                 office_name, subject, subject_title, meeting, begins_at, ends_at, busy_from,
                 busy_until, customer_name, customer_email, customer_email_folded, customer_phone,
                 customer_language, answers, remark, note, reason, against, sequence, token,
                 token_sealed, consented_at, remind_at, created_at)
             VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                 $18, $19, $20, $21, '', $22, 0, $23, $24, $25, $26, $27)",
        )
        .bind(organisation)
        .bind(booked.id)
        .bind(booked.state.bit())
        .bind(booked.employee)
        .bind(booked.office)
        .bind(&booked.office_name)
        .bind(booked.subject)
        .bind(&booked.subject_title)
        .bind(booked.meeting.bit())
        .bind(At(booked.begins_at))
        .bind(At(booked.ends_at))
        .bind(At(booked.busy_from))
        .bind(At(booked.busy_until))
        .bind(&booked.customer.name)
        .bind(email)
        .bind(fold(email))
        .bind(phone)
        .bind(&booked.customer.language)
        .bind(answers)
        .bind(&booked.remark)
        .bind(&booked.note)
        .bind(Obstacle::codes(&booked.against))
        .bind(token.hash())
        .bind(sealed)
        .bind(booked.consented_at.map(At))
        .bind(booked.remind_at.map(At))
        .bind(At(booked.created_at))
        .execute(connection)
        .await
        .map(|_| ()))?;
        let occasion = match booked.state {
            State::Requested => Occasion::Requested,
            State::Confirmed | State::Cancelled => Occasion::Booked,
        };
        tell(self, occasion, booked, change.at()).await?;
        Ok(token)
    }
}

impl Write<Moved> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<Moved>) -> Result<()> {
        let (before, after) = (&change.before, &change.after);
        refuse_taken(self, after).await?;
        let organisation = self.organisation;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE appointment SET version = version + 1, state = $4, employee = $5, meeting = $6,
                 begins_at = $7, ends_at = $8, busy_from = $9, busy_until = $10, against = $11,
                 sequence = $12, remind_at = $13
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(organisation)
        .bind(before.id)
        .bind(before.version)
        .bind(after.state.bit())
        .bind(after.employee)
        .bind(after.meeting.bit())
        .bind(At(after.begins_at))
        .bind(At(after.ends_at))
        .bind(At(after.busy_from))
        .bind(At(after.busy_until))
        .bind(Obstacle::codes(&after.against))
        .bind(after.sequence)
        .bind(after.remind_at.map(At))
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)?;
        self.tell_of_move(change, change.at()).await
    }
}

impl Write<Confirmed> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<Confirmed>) -> Result<()> {
        let confirmed = Appointment {
            state: State::Confirmed,
            sequence: change.before.sequence + 1,
            ..change.before.clone()
        };
        self.end(&change.before, &confirmed).await?;
        tell(self, Occasion::Confirmed, &confirmed, change.at()).await
    }
}

impl Write<Cancelled> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<Cancelled>) -> Result<()> {
        let cancelled = Appointment {
            state: State::Cancelled,
            reason: change.reason.clone(),
            sequence: change.before.sequence + 1,
            remind_at: None,
            ..change.before.clone()
        };
        self.end(&change.before, &cancelled).await?;
        tell(self, Occasion::Cancelled, &cancelled, change.at()).await
    }
}

impl Write<Noted> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<Noted>) -> Result<()> {
        let organisation = self.organisation;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE appointment SET version = version + 1, note = $4
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(organisation)
        .bind(change.before.id)
        .bind(change.before.version)
        .bind(&change.note)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}

impl Transaction {
    /// The customer learns what changed for them; an agent whose appointment went to somebody else
    /// learns that too, so that it leaves their calendar.
    async fn tell_of_move(&mut self, moved: &Moved, at: Timestamp) -> Result<()> {
        let (before, after) = (&moved.before, &moved.after);
        let occasion = match (after.state, moved.in_time()) {
            (State::Requested, _) => Occasion::Requested,
            (_, true) => Occasion::Moved,
            (_, false) => Occasion::Reassigned,
        };
        tell_customer(self, occasion, after, at).await?;
        let Some(agent) = after.employee else {
            return Ok(());
        };
        match before.employee.filter(|_| moved.to_another()) {
            Some(former) => {
                let gone = Appointment {
                    sequence: after.sequence,
                    ..before.clone()
                };
                let new = match after.state {
                    State::Requested => Occasion::Requested,
                    State::Confirmed | State::Cancelled => Occasion::Booked,
                };
                tell_agent(self, Occasion::GivenAway, &gone, former, at).await?;
                tell_agent(self, new, after, agent, at).await
            }
            None => tell_agent(self, occasion, after, agent, at).await,
        }
    }

    /// The secret of the customer's links, for somebody who just made the appointment; `None` where
    /// there is no such appointment.
    ///
    /// # Errors
    /// When the database can't, or the secret was sealed with another key.
    pub async fn link_of_appointment(&mut self, id: AppointmentId) -> Result<Option<String>> {
        token(self, id).await
    }

    async fn end(&mut self, before: &Appointment, after: &Appointment) -> Result<()> {
        let organisation = self.organisation;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE appointment SET version = version + 1, state = $4, reason = $5, sequence = $6,
                 remind_at = $7
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(organisation)
        .bind(before.id)
        .bind(before.version)
        .bind(after.state.bit())
        .bind(&after.reason)
        .bind(after.sequence)
        .bind(after.remind_at.map(At))
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }

    /// Takes the name of somebody who is deleted off what they did: past appointments stay, with a
    /// former employee (E-16).
    pub(crate) async fn forget_agent(&mut self, id: EmployeeId) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "UPDATE appointment SET employee = NULL WHERE organisation = $1 AND employee = $2",
        )
        .bind(organisation)
        .bind(id)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
