//! Another time, another agent, or both (P-02).

use super::{Appointment, Proposal, State};
use crate::audit::{Entry, Recorded, Value};
use crate::booking::Obstacle;
use crate::{About, Actor, Allowed, Event, Refusal, Timestamp, Version};
use jiff::SignedDuration;

/// An appointment that takes place at another time or with somebody else.
#[derive(Debug)]
pub struct Moved {
    pub before: Appointment,
    pub after: Appointment,
    pub by_customer: bool,
}

impl Appointment {
    /// Allows what `proposal` says instead: another time, another agent, or both; `None` when it is as
    /// it was. A customer's own move waits to be confirmed where a booking would.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::WrongState`] for what is cancelled or over, and for a proposal
    /// of another office or subject; [`Refusal::Invalid`] on [`crate::Field::Begins`] with what stands
    /// against it.
    pub fn revise(
        &self,
        actor: &Actor,
        proposal: &Proposal,
        set_aside: bool,
        reminder: Option<SignedDuration>,
        at: Timestamp,
    ) -> Result<Option<Allowed<Moved>>, Refusal> {
        self.may(actor)?;
        self.upcoming(at)?;
        if proposal.office != self.office || proposal.subject != self.subject {
            return Err(Refusal::WrongState);
        }
        let same_agent = self.employee == Some(proposal.agent);
        let same_time = self.begins_at == proposal.begins_at && self.ends_at == proposal.ends_at;
        if same_agent && same_time {
            return Ok(None);
        }
        let against = proposal.accept(actor, set_aside)?;
        let by_customer = actor.id().is_none();
        let state = match (by_customer, proposal.by_hand) {
            (true, true) => State::Requested,
            (true, false) => State::Confirmed,
            (false, _) => self.state,
        };
        let remind_at = match same_time {
            true => self.remind_at,
            false => proposal.remind_at(reminder, at),
        };
        let after = Self {
            state,
            employee: Some(proposal.agent),
            begins_at: proposal.begins_at,
            ends_at: proposal.ends_at,
            busy_from: proposal.busy_from,
            busy_until: proposal.busy_until,
            meeting: proposal.meeting,
            against,
            remind_at,
            sequence: self.sequence + 1,
            ..self.clone()
        };
        let moved = Moved {
            before: self.clone(),
            after,
            by_customer,
        };
        Ok(Some(Allowed::new(moved, actor, at)))
    }
}

impl Moved {
    /// Whether the time is another, and not only the agent.
    pub fn in_time(&self) -> bool {
        self.before.begins_at != self.after.begins_at || self.before.ends_at != self.after.ends_at
    }

    /// Whether somebody else takes it.
    pub fn to_another(&self) -> bool {
        self.before.employee != self.after.employee
    }
}

impl Recorded for Moved {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        let (before, after) = (&self.before, &self.after);
        let agent = |of: &Appointment| of.employee.map(|id| id.to_string()).unwrap_or_default();
        let begins = |of: &Appointment| of.begins_at.to_string();
        let values = [
            Value::changed("begins", &begins(before), &begins(after)),
            Value::changed("agent", &agent(before), &agent(after)),
            Value::changed("state", before.state.code(), after.state.code()),
            Value::changed(
                "against",
                &Obstacle::codes(&before.against),
                &Obstacle::codes(&after.against),
            ),
            Value::changed(
                "booked_by",
                "",
                if self.by_customer { "customer" } else { "" },
            ),
        ];
        let event = match self.in_time() {
            true => Event::AppointmentRescheduled,
            false => Event::AppointmentReassigned,
        };
        Entry {
            event,
            subject: About::Appointment(before.id),
            values: values.into_iter().flatten().collect(),
        }
    }
}
