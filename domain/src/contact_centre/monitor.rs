//! The monitor page: whom somebody watches, and what they see of them (C-14).

use super::user::{ContactUser, State, Supervision};
use crate::employee::Status;
use crate::listing::{Cursor, PAGE_SIZES, Place};
use crate::{
    Action, Actor, AgentGroupId, Caller, Employee, EmployeeId, PbxId, QueueId, Reach, Refusal,
    Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whom somebody may watch, before any of them is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Watching {
    /// Every contact-centre user.
    Everybody,
    /// The members of what is assigned to this supervisor and enabled.
    Scope(EmployeeId),
}

impl Watching {
    /// What the table of section 8 gives to whoever asks.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`].
    pub fn of(actor: &Actor) -> Result<Self, Refusal> {
        if actor.reaches_all(Action::Monitor) {
            return Ok(Self::Everybody);
        }
        match actor.id() {
            Some(id) if monitors(actor) => Ok(Self::Scope(id)),
            _ => Err(Refusal::Forbidden),
        }
    }
}

fn monitors(actor: &Actor) -> bool {
    let monitored = |caller: Caller| Action::Monitor.reach(caller) == Reach::Monitored;
    actor.callers().any(monitored)
}

impl Supervision {
    /// Whether somebody in these queues and in this agent group is watched: by what is assigned and
    /// enabled.
    pub fn covers(&self, queues: &[QueueId], group: AgentGroupId) -> bool {
        let by_queue = |(id, enabled): &(QueueId, bool)| *enabled && queues.contains(id);
        let by_group = |(id, enabled): &(AgentGroupId, bool)| *enabled && *id == group;
        self.on && (self.queues.iter().any(by_queue) || self.groups.iter().any(by_group))
    }
}

/// The rule of who may watch `user`, a member of `queues`, and set their state. `supervision` is that
/// of whoever asks.
///
/// # Errors
/// [`Refusal::NotFound`] for whom they do not watch, [`Refusal::Forbidden`] for whom they may see.
pub fn may_monitor(
    actor: &Actor,
    supervision: &Supervision,
    person: &Employee,
    user: &ContactUser,
    queues: &[QueueId],
) -> Result<(), Refusal> {
    let refused = match actor.may(Action::Monitor, person.target()) {
        Ok(()) => return Ok(()),
        Err(refused) => refused,
    };
    let here = person.organisation == actor.organisation();
    let covered = supervision.covers(queues, user.settings.agent_group);
    match here && monitors(actor) && covered {
        true => Ok(()),
        false => Err(refused),
    }
}

/// Of whose members the page shows; none of both is all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    Queue(QueueId),
    Group(AgentGroupId),
}

/// What the page is asked for; everything in it stands in the address.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Query {
    pub of: Option<Of>,
    pub state: Option<Shown>,
    /// Only those who are on a call, whatever their state.
    #[serde(default)]
    pub on_call: bool,
    /// Any part of the name, as typed.
    pub search: String,
    /// Rows of a page; one of [`PAGE_SIZES`].
    pub size: Option<u32>,
    pub place: Place,
}

impl Query {
    /// How many rows a page has.
    pub fn rows(&self) -> u32 {
        let size = self.size.filter(|size| PAGE_SIZES.contains(size));
        size.unwrap_or(PAGE_SIZES[0])
    }
}

/// The state in which somebody is shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Active: what they say of themselves.
    Says(State),
    /// Suspended or pending: no call is offered to them, whatever they said.
    NotActive,
}

impl Shown {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 4] = [
        Self::Says(State::Available),
        Self::Says(State::OnBreak),
        Self::Says(State::WorkingOffline),
        Self::NotActive,
    ];

    /// How somebody is shown.
    pub fn of(status: Status, state: State) -> Self {
        match status {
            Status::Active => Self::Says(state),
            Status::Pending | Status::Suspended => Self::NotActive,
        }
    }

    /// The number by which it is counted and filtered: that of the state, or 0.
    pub const fn number(self) -> i32 {
        match self {
            Self::Says(state) => state.number(),
            Self::NotActive => 0,
        }
    }

    /// The word in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Says(state) => state.code(),
            Self::NotActive => "not_active",
        }
    }

    /// What a word in an address stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shown| shown.code() == code)
    }
}

/// How somebody's phones stand, as their PBX says.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phone {
    /// Signed in, and on no call.
    Free,
    Ringing,
    /// On a call, or holding one.
    OnCall,
    /// No device is signed in.
    Unreachable,
}

/// The extensions on a call, of every PBX that is heard.
pub type OnCall = BTreeMap<PbxId, Vec<String>>;

/// Somebody on the page. Nothing in it is of what the watcher does not watch.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Watched {
    pub id: EmployeeId,
    pub name: String,
    pub status: Status,
    pub state: State,
    /// Since when they are in the state.
    #[serde(with = "crate::instant")]
    pub since: Timestamp,
    pub pbx: PbxId,
    /// What is dialled to reach them, and after the code to listen.
    pub extension: Option<String>,
    /// The queues by which they are watched, by name; whether they are enabled in each.
    pub queues: Vec<(String, bool)>,
    /// Their agent group, where it is watched.
    pub group: Option<String>,
    pub cursor: Cursor,
}

/// A page of those who are watched.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Page {
    pub rows: Vec<Watched>,
    /// Whether there is a page before this one.
    pub before: bool,
    /// Whether there is a page after this one.
    pub after: bool,
    /// How many are in each state, whichever is asked for.
    pub counts: Vec<(Shown, i64)>,
    /// How many are on a call; `None` where no PBX is heard.
    pub on_call: Option<i64>,
}

impl Page {
    /// How many there are of what a query asks for, on all its pages.
    pub fn total(&self, asked: &Query) -> i64 {
        match asked.on_call {
            true => self.on_call.unwrap_or_default(),
            false => self.count(asked.state),
        }
    }

    /// How many are in a state; in all of them where none is asked for.
    pub fn count(&self, shown: Option<Shown>) -> i64 {
        let asked = |(one, _): &&(Shown, i64)| shown.is_none_or(|shown| shown == *one);
        self.counts
            .iter()
            .filter(asked)
            .map(|(_, count)| count)
            .sum()
    }
}

/// What somebody may watch, by name.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Watchable {
    pub queues: Vec<(QueueId, String)>,
    pub groups: Vec<(AgentGroupId, String)>,
}
