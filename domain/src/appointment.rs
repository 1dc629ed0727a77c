//! Appointments of customers with agents, and the rules for what is done to them (P-02).

mod book;
mod customer;
mod end;
mod revise;

pub use book::{Booked, Wish};
#[cfg(feature = "server")]
pub use customer::CustomerDraft;
pub use customer::{Answer, Customer};
pub use end::{Cancelled, Confirmed, Noted};
pub use revise::Moved;

use crate::booking::{Meeting, Obstacle};
use crate::{
    Action, Actor, AppointmentId, EmployeeId, Field, OfficeId, OrganisationId, Refusal, SubjectId,
    Timestamp, Version, Why,
};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// The most characters of a remark, a note, a reason.
pub const TEXT_MAX: usize = 2_000;

/// Where an appointment stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for somebody to confirm it; its time is kept free.
    Requested,
    Confirmed,
    Cancelled,
}

impl State {
    /// Every state, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Requested, Self::Confirmed, Self::Cancelled];

    /// The stored bit, so that a filter of several is one comparison.
    pub const fn bit(self) -> i32 {
        match self {
            Self::Requested => 1,
            Self::Confirmed => 2,
            Self::Cancelled => 4,
        }
    }

    /// The state of a stored bit.
    pub fn from_bit(bit: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.bit() == bit)
    }

    /// The word of this state in addresses and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Confirmed => "confirmed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// An appointment as the store read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Appointment {
    pub organisation: OrganisationId,
    pub id: AppointmentId,
    pub version: Version,
    pub state: State,
    /// `None` for a former employee.
    pub employee: Option<EmployeeId>,
    pub office: OfficeId,
    /// What the office was called when the appointment was last changed.
    pub office_name: String,
    pub subject: SubjectId,
    pub subject_title: String,
    pub meeting: Meeting,
    #[serde(with = "crate::instant")]
    pub begins_at: Timestamp,
    #[serde(with = "crate::instant")]
    pub ends_at: Timestamp,
    /// The same with its buffers: in this time the agent has no other.
    #[serde(with = "crate::instant")]
    pub busy_from: Timestamp,
    #[serde(with = "crate::instant")]
    pub busy_until: Timestamp,
    pub customer: Customer,
    pub answers: Vec<Answer>,
    /// What the customer added.
    pub remark: String,
    /// Of the staff, never shown to the customer.
    pub note: String,
    /// Why it was cancelled.
    pub reason: String,
    /// Which rules staff set aside on purpose (case 12).
    pub against: Vec<Obstacle>,
    /// SEQUENCE of its event in calendars (RFC 5545 §3.8.7.4).
    pub sequence: i32,
    #[serde(with = "crate::instant::optional")]
    pub consented_at: Option<Timestamp>,
    /// When the customer is to be reminded; `None` when nobody is, or was already (P-07).
    #[serde(with = "crate::instant::optional")]
    pub remind_at: Option<Timestamp>,
    #[serde(with = "crate::instant")]
    pub created_at: Timestamp,
}

impl Appointment {
    /// Whether the actor may handle it: Agents those of the offices they take appointments in,
    /// managers those of their offices.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]: who may not handle an appointment may not see it either.
    pub fn may(&self, actor: &Actor) -> Result<(), Refusal> {
        let same = actor.organisation() == self.organisation;
        match same
            && actor
                .may_in(Action::HandleAppointments, self.office)
                .is_ok()
        {
            true => Ok(()),
            false => Err(Refusal::NotFound),
        }
    }

    /// UID of its event in calendars, the same for its whole life (RFC 5545 §3.8.4.7).
    pub fn uid(&self) -> String {
        format!("{}@staffroom", self.id)
    }

    /// Whether it still takes an agent's time at `now`.
    pub fn is_upcoming(&self, now: Timestamp) -> bool {
        self.state != State::Cancelled && self.ends_at > now
    }

    /// What is left to do with it is nothing, once it is cancelled or over.
    fn upcoming(&self, at: Timestamp) -> Result<(), Refusal> {
        match self.is_upcoming(at) {
            true => Ok(()),
            false => Err(Refusal::WrongState),
        }
    }
}

/// An agent, a subject, an office and a time, with what stands against them (P-03). Made by
/// [`crate::booking::Case::propose`] alone, so that no booking goes around the question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    pub(crate) organisation: OrganisationId,
    pub(crate) agent: EmployeeId,
    pub(crate) office: OfficeId,
    pub(crate) office_name: String,
    pub(crate) subject: SubjectId,
    pub(crate) subject_title: String,
    pub(crate) meeting: Meeting,
    pub(crate) begins_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) busy_from: Timestamp,
    pub(crate) busy_until: Timestamp,
    /// Whether a customer's booking waits to be confirmed.
    pub(crate) by_hand: bool,
    pub(crate) obstacles: Vec<Obstacle>,
}

impl Proposal {
    /// What stands against it, in the order in which it is told.
    pub fn obstacles(&self) -> &[Obstacle] {
        &self.obstacles
    }

    /// Which rules the actor sets aside by accepting it; those that can't be set aside refuse it.
    fn accept(&self, actor: &Actor, set_aside: bool) -> Result<Vec<Obstacle>, Refusal> {
        if actor.organisation() != self.organisation {
            return Err(Refusal::NotFound);
        }
        actor.may_in(Action::HandleAppointments, self.office)?;
        let (soft, hard): (Vec<_>, Vec<_>) = self.obstacles.iter().partition(|o| o.is_soft());
        match hard.as_slice() {
            [] => {}
            [Obstacle::Past] => return Err(Refusal::field(Field::Begins, Why::Past)),
            [Obstacle::Taken] => return Err(Refusal::field(Field::Begins, Why::NotFree)),
            _ => return Err(Refusal::field(Field::Begins, Why::AgainstRule(hard))),
        }
        if soft.is_empty() {
            return Ok(soft);
        }
        let may = actor.may_in(Action::BookAgainstRule, self.office).is_ok();
        match may && set_aside && actor.id().is_some() {
            true => Ok(soft),
            false => Err(Refusal::field(Field::Begins, Why::AgainstRule(soft))),
        }
    }

    /// When a customer is reminded who wants to be so long before: never of what is nearer already.
    fn remind_at(&self, before: Option<SignedDuration>, now: Timestamp) -> Option<Timestamp> {
        before
            .and_then(|before| self.begins_at.checked_sub(before).ok())
            .filter(|at| *at > now)
    }
}
