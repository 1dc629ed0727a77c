//! Made-up moments to ask about: who would be offered a call then, and who may ask (C-15).

use super::{Arriving, Membership, Offer, Situation, offer};
use crate::contact_centre::user::State;
use crate::{Action, Actor, Caller, EmployeeId, QueueId, Reach, Refusal, Status};
use serde::{Deserialize, Serialize};

/// A moment that somebody made up for every member alike.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// At the desk, with nothing to do.
    #[default]
    Idle,
    OnQueueCall,
    OnDirectCall,
    /// A queue call has just ended.
    PostProcessing,
    OnBreak,
    WorkingOffline,
    /// No device is registered.
    Offline,
    /// As if the employee were suspended.
    Suspended,
}

impl Moment {
    /// Every moment, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Idle,
        Self::OnQueueCall,
        Self::OnDirectCall,
        Self::PostProcessing,
        Self::OnBreak,
        Self::WorkingOffline,
        Self::Offline,
        Self::Suspended,
    ];

    /// The word of this moment in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::OnQueueCall => "on_queue_call",
            Self::OnDirectCall => "on_direct_call",
            Self::PostProcessing => "post_processing",
            Self::OnBreak => "on_break",
            Self::WorkingOffline => "working_offline",
            Self::Offline => "offline",
            Self::Suspended => "suspended",
        }
    }

    /// The moment of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// What goes on at this moment.
    pub const fn situation(self) -> Situation {
        let idle = Situation::IDLE;
        match self {
            Self::Idle | Self::Suspended => idle,
            Self::OnQueueCall => Situation {
                queue_calls: 1,
                ..idle
            },
            Self::OnDirectCall => Situation {
                direct_calls: 1,
                ..idle
            },
            Self::PostProcessing => Situation {
                post_processing: Some(0),
                ..idle
            },
            Self::OnBreak => Situation {
                state: State::OnBreak,
                ..idle
            },
            Self::WorkingOffline => Situation {
                state: State::WorkingOffline,
                ..idle
            },
            Self::Offline => Situation {
                registered: false,
                ..idle
            },
        }
    }

    /// What [`offer`] says of a member at this moment.
    pub fn offer(self, membership: &Membership, arriving: Arriving) -> Offer {
        let situation = self.situation();
        match self {
            Self::Suspended => {
                let status = Status::Suspended;
                let suspended = Membership {
                    status,
                    ..membership.clone()
                };
                offer(&suspended, &situation, arriving)
            }
            _ => offer(membership, &situation, arriving),
        }
    }
}

impl Arriving {
    /// The word of this call in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::QueueCall => "queue_call",
            Self::DirectCall => "direct_call",
        }
    }

    /// The call of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Of which queues somebody may ask, before any is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asking {
    /// Every queue, about every member.
    Everything,
    /// Those assigned to them and enabled, about every member; and about themselves.
    Scoped(EmployeeId),
    /// About themselves only.
    Oneself(EmployeeId),
}

/// About whom of a queue somebody may ask.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
    Everyone,
    Oneself(EmployeeId),
}

impl Asking {
    /// What the table of section 8 gives to whoever asks.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`].
    pub fn of(actor: &Actor) -> Result<Self, Refusal> {
        if actor.reaches_all(Action::AskOffer) {
            return Ok(Self::Everything);
        }
        let id = actor.id().ok_or(Refusal::Forbidden)?;
        let reaches = |reach| {
            let holds = |caller: Caller| Action::AskOffer.reach(caller) == reach;
            actor.callers().any(holds)
        };
        match (reaches(Reach::Monitored), reaches(Reach::Own)) {
            (true, _) => Ok(Self::Scoped(id)),
            (false, true) => Ok(Self::Oneself(id)),
            (false, false) => Err(Refusal::Forbidden),
        }
    }

    /// About whom of `queue` they may ask: of the queues that they supervise, assigned and enabled,
    /// about everyone; of those to which they are assigned themselves, about themselves.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]: a queue that is neither is not known to them.
    pub fn about(
        self,
        queue: QueueId,
        supervised: &[QueueId],
        assigned: &[QueueId],
    ) -> Result<Asked, Refusal> {
        match self {
            Self::Everything => Ok(Asked::Everyone),
            Self::Scoped(_) if supervised.contains(&queue) => Ok(Asked::Everyone),
            Self::Scoped(id) | Self::Oneself(id) if assigned.contains(&queue) => {
                Ok(Asked::Oneself(id))
            }
            Self::Scoped(_) | Self::Oneself(_) => Err(Refusal::NotFound),
        }
    }
}
