//! Booking: by staff, or by a customer on the booking page (P-02, P-05).

use super::{Answer, Appointment, Customer, Proposal, State, TEXT_MAX};
use crate::audit::{Entry, Recorded, Value};
use crate::booking::Obstacle;
use crate::{
    About, Actor, Allowed, AppointmentId, Event, Field, Refusal, Timestamp, Version, field,
};
use jiff::SignedDuration;

/// Who comes, and what they said.
#[derive(Clone, Debug)]
pub struct Wish {
    pub customer: Customer,
    pub answers: Vec<Answer>,
    pub remark: String,
    pub consented: bool,
}

/// An appointment that did not exist before.
#[derive(Debug)]
pub struct Booked {
    pub appointment: Appointment,
    pub by_customer: bool,
}

impl Booked {
    /// Allows a booking. One by a customer is asked for by the system, never sets a rule aside, and
    /// waits to be confirmed where the office or the hours want it so.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`]; [`Refusal::Invalid`] on [`Field::Begins`] with
    /// what stands against it.
    pub fn allow(
        actor: &Actor,
        id: AppointmentId,
        proposal: &Proposal,
        wish: Wish,
        set_aside: bool,
        reminder: Option<SignedDuration>,
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        let against = proposal.accept(actor, set_aside)?;
        let remark = field::lines(&wish.remark, TEXT_MAX)
            .map_err(|why| Refusal::field(Field::Remark, why))?;
        let by_customer = actor.id().is_none();
        let state = match by_customer && proposal.by_hand {
            true => State::Requested,
            false => State::Confirmed,
        };
        let appointment = Appointment {
            organisation: proposal.organisation,
            id,
            version: Version(1),
            state,
            employee: Some(proposal.agent),
            office: proposal.office,
            office_name: proposal.office_name.clone(),
            subject: proposal.subject,
            subject_title: proposal.subject_title.clone(),
            meeting: proposal.meeting,
            begins_at: proposal.begins_at,
            ends_at: proposal.ends_at,
            busy_from: proposal.busy_from,
            busy_until: proposal.busy_until,
            customer: wish.customer,
            answers: wish.answers,
            remark,
            note: String::new(),
            reason: String::new(),
            against,
            sequence: 0,
            consented_at: wish.consented.then_some(at),
            remind_at: proposal.remind_at(reminder, at),
            created_at: at,
        };
        let booked = Self {
            appointment,
            by_customer,
        };
        Ok(Allowed::new(booked, actor, at))
    }
}

impl Recorded for Booked {
    fn entry(&self) -> Entry {
        let appointment = &self.appointment;
        let agent = appointment.employee.map(|id| id.to_string());
        let values = [
            Value::changed("begins", "", &appointment.begins_at.to_string()),
            Value::changed("agent", "", &agent.unwrap_or_default()),
            Value::changed("state", "", appointment.state.code()),
            Value::changed("against", "", &Obstacle::codes(&appointment.against)),
            Value::changed(
                "booked_by",
                "",
                if self.by_customer { "customer" } else { "" },
            ),
        ];
        Entry {
            event: Event::AppointmentBooked,
            subject: About::Appointment(appointment.id),
            values: values.into_iter().flatten().collect(),
        }
    }
}
