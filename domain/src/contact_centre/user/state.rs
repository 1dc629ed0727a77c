//! What somebody says of themselves: available, on break, working offline.

use super::ContactUser;
use crate::audit::{Entry, Recorded, Value};
use crate::{About, Action, Actor, Allowed, Employee, EmployeeId, Event, Refusal, Timestamp};
use serde::{Deserialize, Serialize};

/// What one sets oneself.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum State {
    #[default]
    Available,
    OnBreak,
    WorkingOffline,
}

impl State {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Available, Self::OnBreak, Self::WorkingOffline];

    /// The stored number.
    pub const fn number(self) -> i32 {
        match self {
            Self::Available => 1,
            Self::OnBreak => 2,
            Self::WorkingOffline => 3,
        }
    }

    /// The state of a stored number.
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.number() == number)
    }

    /// The word in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::OnBreak => "on_break",
            Self::WorkingOffline => "working_offline",
        }
    }

    /// The state of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A user in another state.
#[derive(Debug)]
pub struct StateSet {
    pub employee: EmployeeId,
    pub before: State,
    pub state: State,
}

impl ContactUser {
    /// Allows that somebody says of themselves in which state they are; `None` when they are in it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`] for anybody but the person themselves.
    pub fn set_state(
        &self,
        actor: &Actor,
        person: &Employee,
        state: State,
        at: Timestamp,
    ) -> Result<Option<Allowed<StateSet>>, Refusal> {
        actor.may(Action::UseContactCentre, person.target())?;
        let set = StateSet {
            employee: self.employee,
            before: self.state,
            state,
        };
        Ok((state != self.state).then(|| Allowed::new(set, actor, at)))
    }
}

impl Recorded for StateSet {
    fn entry(&self) -> Entry {
        let values = Value::changed("state", self.before.code(), self.state.code());
        Entry {
            event: Event::ContactUserRevised,
            subject: About::Employee(self.employee),
            values: values.into_iter().collect(),
        }
    }
}
