//! Confirming, cancelling with a reason, and what staff note (P-02, P-08).

use super::{Appointment, Proposal, State, TEXT_MAX};
use crate::audit::{Entry, Recorded, Value};
use crate::booking::Obstacle;
use crate::{About, Actor, Allowed, Event, Field, Refusal, Timestamp, Version, Why, field};

/// A requested appointment that takes place.
#[derive(Debug)]
pub struct Confirmed {
    pub before: Appointment,
}

/// An appointment that does not take place.
#[derive(Debug)]
pub struct Cancelled {
    pub before: Appointment,
    pub reason: String,
    pub by_customer: bool,
}

/// An appointment with another note of the staff.
#[derive(Debug)]
pub struct Noted {
    pub before: Appointment,
    pub note: String,
}

impl Appointment {
    /// Allows that a requested appointment takes place with its agent, as `proposal` says of its time:
    /// a customer is told no name of somebody who can't be there any more.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::WrongState`] for one that is not requested, or over;
    /// [`Refusal::Invalid`] on [`Field::Agent`] when the agent is not Active, not there, or away.
    pub fn confirm(
        &self,
        actor: &Actor,
        proposal: &Proposal,
        at: Timestamp,
    ) -> Result<Allowed<Confirmed>, Refusal> {
        self.may(actor)?;
        self.upcoming(at)?;
        let same = (self.employee, self.begins_at) == (Some(proposal.agent), proposal.begins_at);
        if self.state != State::Requested || !same {
            return Err(Refusal::WrongState);
        }
        let missing = [Obstacle::NotActive, Obstacle::NotInOffice, Obstacle::Absent];
        let against = proposal.obstacles.iter().copied();
        let against: Vec<_> = against.filter(|o| missing.contains(o)).collect();
        if !against.is_empty() {
            return Err(Refusal::field(Field::Agent, Why::AgainstRule(against)));
        }
        let before = self.clone();
        Ok(Allowed::new(Confirmed { before }, actor, at))
    }

    /// Allows that it does not take place; the system asks for the customer, by their link.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::WrongState`] for one that is cancelled or over;
    /// [`Refusal::Invalid`] for a reason that is no plain text.
    pub fn cancel(
        &self,
        actor: &Actor,
        reason: &str,
        at: Timestamp,
    ) -> Result<Allowed<Cancelled>, Refusal> {
        self.may(actor)?;
        self.upcoming(at)?;
        let reason =
            field::lines(reason, TEXT_MAX).map_err(|why| Refusal::field(Field::Reason, why))?;
        let cancelled = Cancelled {
            before: self.clone(),
            reason,
            by_customer: actor.id().is_none(),
        };
        Ok(Allowed::new(cancelled, actor, at))
    }

    /// Allows another note; `None` when it is the same.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Invalid`].
    pub fn note(
        &self,
        actor: &Actor,
        note: &str,
        at: Timestamp,
    ) -> Result<Option<Allowed<Noted>>, Refusal> {
        self.may(actor)?;
        let note = field::lines(note, TEXT_MAX).map_err(|why| Refusal::field(Field::Note, why))?;
        if note == self.note {
            return Ok(None);
        }
        let before = self.clone();
        Ok(Some(Allowed::new(Noted { before, note }, actor, at)))
    }
}

impl Recorded for Confirmed {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::AppointmentConfirmed,
            subject: About::Appointment(self.before.id),
            values: Value::changed("state", self.before.state.code(), State::Confirmed.code())
                .into_iter()
                .collect(),
        }
    }
}

impl Recorded for Cancelled {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        let values = [
            Value::changed("state", self.before.state.code(), State::Cancelled.code()),
            Value::changed(
                "booked_by",
                "",
                if self.by_customer { "customer" } else { "" },
            ),
        ];
        Entry {
            event: Event::AppointmentCancelled,
            subject: About::Appointment(self.before.id),
            values: values.into_iter().flatten().collect(),
        }
    }
}

/// What was noted is not repeated in the trail: it may be about the customer, whose data can be erased.
impl Recorded for Noted {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::AppointmentNoted,
            subject: About::Appointment(self.before.id),
            values: Vec::new(),
        }
    }
}
