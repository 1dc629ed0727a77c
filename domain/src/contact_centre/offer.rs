//! Who is offered a call, and why not: one function for the page that asks and for what a PBX is
//! told (C-05, C-15, C-17).

mod cli;
mod moment;
mod post_processing;

pub use cli::{Shown, shown, shows_cli};
pub use moment::{Asked, Asking, Moment};
pub use post_processing::{
    ENGAGE_SECONDS_MAX, ENGAGE_STEP, PostProcessing, SECONDS_MAX, TimeoutProblem,
};

use super::user::State;
use crate::Status;
use serde::{Deserialize, Serialize};

/// The two sorts of contact-centre users (C-03).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Takes queue calls on Work endpoints; has no button that ends post-processing.
    Engage,
    /// A formal agent, with the agent workspace.
    Formal,
}

/// A call that arrives for somebody.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arriving {
    QueueCall,
    DirectCall,
}

impl Arriving {
    /// Both, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::QueueCall, Self::DirectCall];
}

/// How one user stands in one queue: what is configured.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Membership {
    pub status: Status,
    pub kind: Kind,
    pub assigned: bool,
    pub enabled: bool,
    /// At least one device that rings.
    pub has_endpoint: bool,
    pub call_waiting: bool,
    /// The queue's timeout; of several queues, that of the one whose call the user ended last.
    pub post_processing: PostProcessing,
    /// 1 is asked first. It orders those to whom a call is offered and takes it from nobody.
    pub priority: u8,
}

/// A moment, real or made up.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Situation {
    /// What they say of themselves.
    pub state: State,
    /// A device is registered with the PBX; else the user is offline.
    pub registered: bool,
    pub queue_calls: u32,
    pub direct_calls: u32,
    /// Seconds since the queue call ended whose post-processing was not ended by hand.
    pub post_processing: Option<u32>,
}

impl Situation {
    /// At the desk, with nothing to do.
    pub const IDLE: Self = Self {
        state: State::Available,
        registered: true,
        queue_calls: 0,
        direct_calls: 0,
        post_processing: None,
    };
}

/// Why a call is not offered; in order, from what lasts to what passes by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Suspended,
    /// Invited, and not activated yet.
    Pending,
    NotAssigned,
    NotEnabled,
    NoEndpoint,
    /// No device of theirs is registered.
    Offline,
    WorkingOffline,
    OnBreak,
    /// During a queue call: no second one, and no direct one without call waiting.
    OnQueueCall,
    /// During a direct call: no queue call, and no second direct one without call waiting.
    OnDirectCall,
    /// For this many seconds more; `None` until the user ends it.
    PostProcessing(Option<u16>),
}

impl Reason {
    /// The word of this reason in messages and in the JSON API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Suspended => "suspended",
            Self::Pending => "pending",
            Self::NotAssigned => "not_assigned",
            Self::NotEnabled => "not_enabled",
            Self::NoEndpoint => "no_endpoint",
            Self::Offline => "offline",
            Self::WorkingOffline => "working_offline",
            Self::OnBreak => "on_break",
            Self::OnQueueCall => "on_queue_call",
            Self::OnDirectCall => "on_direct_call",
            Self::PostProcessing(_) => "post_processing",
        }
    }
}

/// The answer for one member.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    Offered,
    /// Every reason, in order and at least one: whoever mends the first sees at once what is next.
    Withheld(Vec<Reason>),
}

impl Offer {
    /// Whether the call is offered.
    pub const fn is_offered(&self) -> bool {
        matches!(self, Self::Offered)
    }

    /// What is told first when it is not.
    pub fn first(&self) -> Option<Reason> {
        match self {
            Self::Offered => None,
            Self::Withheld(reasons) => reasons.first().copied(),
        }
    }

    fn of(reasons: Vec<Reason>) -> Self {
        if reasons.is_empty() {
            Self::Offered
        } else {
            Self::Withheld(reasons)
        }
    }
}

/// Whether the call is offered to this member at this moment, and if not, why (C-05, C-15, C-18).
///
/// A break, working offline and post-processing are between a user and the queues: a direct call
/// reaches them all the same, as a colleague's knock would.
pub fn offer(membership: &Membership, situation: &Situation, arriving: Arriving) -> Offer {
    let mut reasons = lasting(membership, arriving);
    reasons.extend(momentary(membership, situation, arriving));
    Offer::of(reasons)
}

/// Whether this member is offered calls of the queue at all, whatever the moment: assigned, enabled,
/// Active and with a device. Members of a queue in the PBX are exactly those (C-17).
pub fn is_member(membership: &Membership) -> bool {
    lasting(membership, Arriving::QueueCall).is_empty()
}

/// Whether direct calls reach this user at all: Active and with a device.
pub fn is_reachable(membership: &Membership) -> bool {
    lasting(membership, Arriving::DirectCall).is_empty()
}

/// What stands in the way until somebody changes the configuration.
fn lasting(membership: &Membership, arriving: Arriving) -> Vec<Reason> {
    let queue = arriving == Arriving::QueueCall;
    [
        (membership.status == Status::Suspended, Reason::Suspended),
        (membership.status == Status::Pending, Reason::Pending),
        (queue && !membership.assigned, Reason::NotAssigned),
        (queue && !membership.enabled, Reason::NotEnabled),
        (!membership.has_endpoint, Reason::NoEndpoint),
    ]
    .into_iter()
    .filter_map(|(holds, reason)| holds.then_some(reason))
    .collect()
}

/// What stands in the way at this moment.
fn momentary(
    membership: &Membership,
    situation: &Situation,
    arriving: Arriving,
) -> impl Iterator<Item = Reason> {
    let queue = arriving == Arriving::QueueCall;
    // The only place of C-05: a queue call never waits, a direct one waits with the toggle.
    let waits = !queue && membership.call_waiting;
    let after = situation.post_processing.and_then(|since| {
        membership
            .post_processing
            .left(membership.kind, since)
            .map(Reason::PostProcessing)
    });
    [
        (!situation.registered, Reason::Offline),
        (
            queue && situation.state == State::WorkingOffline,
            Reason::WorkingOffline,
        ),
        (queue && situation.state == State::OnBreak, Reason::OnBreak),
        (!waits && situation.queue_calls > 0, Reason::OnQueueCall),
        (!waits && situation.direct_calls > 0, Reason::OnDirectCall),
    ]
    .into_iter()
    .filter_map(|(holds, reason)| holds.then_some(reason))
    .chain(after.filter(|_| queue))
}
