//! What somebody says of themselves, or is said of them by who watches them: available, on break,
//! working offline.

use super::{ContactUser, Supervision};
use crate::audit::{Entry, Recorded, Value};
use crate::contact_centre::monitor::may_monitor;
use crate::{
    About, Action, Actor, Allowed, Employee, EmployeeId, Event, Field, QueueId, Refusal, Timestamp,
    Why,
};
use serde::{Deserialize, Serialize};

/// What one says of oneself.
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
    /// Allows that somebody says of themselves in which state they are, by its code; `None` when they are
    /// in it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`] for anybody but the person themselves; a word that is
    /// no state.
    pub fn set_state(
        &self,
        actor: &Actor,
        person: &Employee,
        state: &str,
        at: Timestamp,
    ) -> Result<Option<Allowed<StateSet>>, Refusal> {
        actor.may(Action::UseContactCentre, person.target())?;
        self.in_state(actor, state, at)
    }

    /// Allows that whoever watches a member of `queues` sets their state, by its code; `None` when they are
    /// in it. `supervision` is that of the actor (C-14).
    ///
    /// # Errors
    /// Those of [`may_monitor`]; a word that is no state.
    pub fn set_member_state(
        &self,
        actor: &Actor,
        supervision: &Supervision,
        person: &Employee,
        queues: &[QueueId],
        state: &str,
        at: Timestamp,
    ) -> Result<Option<Allowed<StateSet>>, Refusal> {
        may_monitor(actor, supervision, person, self, queues)?;
        self.in_state(actor, state, at)
    }

    fn in_state(
        &self,
        actor: &Actor,
        state: &str,
        at: Timestamp,
    ) -> Result<Option<Allowed<StateSet>>, Refusal> {
        let unknown = || Refusal::field(Field::Status, Why::UnknownChoice);
        let state = State::from_code(state).ok_or_else(unknown)?;
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
            event: Event::ContactStateSet,
            subject: About::Employee(self.employee),
            values: values.into_iter().collect(),
        }
    }
}
